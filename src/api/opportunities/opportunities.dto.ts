import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { ACTIVITY_KINDS, type ActivityKind } from '../../domain/opportunity/activity.js';
import {
  BUYING_ROLES,
  BUYING_TYPES,
  type BuyingRole,
  type BuyingType,
} from '../../domain/opportunity/deal.js';
import { OPEN_FORECASTS, type OpenForecast } from '../../domain/opportunity/pipeline.js';
import { MayBeLeftOut, MayBeNull } from '../http/left-out.js';
import { Money } from '../http/wire.dto.js';
import { DATE, PIPELINE, STAGE } from './filter.dto.js';

export class NextBody {
  @ApiProperty({ enum: ACTIVITY_KINDS })
  @IsIn(ACTIVITY_KINDS)
  kind!: ActivityKind;

  @ApiProperty({ type: String, format: 'date' })
  @Matches(DATE)
  plannedOn!: string;

  @ApiProperty({ type: String, maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  subject!: string;
}

export class OpportunityBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  customerId!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  productId?: string;

  @ApiPropertyOptional({ type: String, maxLength: 200 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  title?: string;

  @ApiPropertyOptional({ type: String, default: 'standard' })
  @MayBeLeftOut()
  @Matches(PIPELINE)
  pipeline?: string;

  @ApiPropertyOptional({ type: Money })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => Money)
  amount?: Money;

  @ApiProperty({ type: String, format: 'date', description: 'today or later' })
  @Matches(DATE)
  expectedClose!: string;

  @ApiPropertyOptional({ enum: BUYING_TYPES })
  @MayBeLeftOut()
  @IsIn(BUYING_TYPES)
  buyingType?: BuyingType;

  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  need?: string;

  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  note?: string;

  @ApiProperty({ type: NextBody, description: 'what is done next; a deal that is sold always has one' })
  @IsNotEmpty()
  @ValidateNested()
  @Type(() => NextBody)
  next!: NextBody;
}

export class OwnViewBody {
  @ApiProperty({ type: String, nullable: true, example: '55', description: '0–100; null: as the stage says' })
  @MayBeNull()
  @IsString()
  @MaxLength(10)
  probabilityPct!: string | null;

  @ApiProperty({ enum: [...OPEN_FORECASTS, null], type: String, nullable: true })
  @MayBeNull()
  @IsIn(OPEN_FORECASTS)
  forecast!: OpenForecast | null;

  @ApiProperty({ type: String, nullable: true, maxLength: 500, description: 'mandatory with either' })
  @MayBeNull()
  @IsString()
  @MaxLength(500)
  reason!: string | null;
}

export class OpportunityEditBody {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  title?: string | null;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'only while it has none' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  @IsOptional()
  @IsUUID()
  productId?: string | null;

  @ApiPropertyOptional({ type: Money, nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => Money)
  amount?: Money | null;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'today or later' })
  @MayBeLeftOut()
  @Matches(DATE)
  expectedClose?: string;

  @ApiPropertyOptional({ enum: [...BUYING_TYPES, null], type: String, nullable: true })
  @IsOptional()
  @IsIn(BUYING_TYPES)
  buyingType?: BuyingType | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 2000 })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  need?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 2000 })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  agreedTerms?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 2000 })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  note?: string | null;

  @ApiPropertyOptional({ type: OwnViewBody })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => OwnViewBody)
  own?: OwnViewBody;
}

export class StageBody {
  @ApiProperty({ type: String, description: 'a stage of the pipeline, WON, LOST or ON_HOLD' })
  @Matches(STAGE)
  stage!: string;

  @ApiPropertyOptional({ type: String, maxLength: 500, description: 'mandatory back, on hold and to reopen' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(500)
  reason?: string;

  @ApiPropertyOptional({ type: String, description: 'mandatory for LOST: a reason of the pipeline' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(40)
  lostReason?: string;

  @ApiPropertyOptional({ type: String, maxLength: 200, description: 'mandatory for LOST: who won it' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  competitor?: string;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'mandatory for ON_HOLD: a day to come' })
  @MayBeLeftOut()
  @Matches(DATE)
  resumeOn?: string;

  @ApiPropertyOptional({ type: NextBody, description: 'planned with the move' })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => NextBody)
  next?: NextBody;
}

export class RolesBody {
  @ApiProperty({ enum: BUYING_ROLES, isArray: true, description: 'none: no longer part of the deal' })
  @IsArray()
  @ArrayMaxSize(4)
  @IsIn(BUYING_ROLES, { each: true })
  roles!: BuyingRole[];
}

export class CompetitorBody {
  @ApiProperty({ type: String, maxLength: 200 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  name!: string;

  @ApiPropertyOptional({ type: String, maxLength: 1000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(1000)
  strengths?: string;
}

export class CollaboratorsBody {
  @ApiProperty({ type: [String], format: 'uuid' })
  @IsArray()
  @ArrayMaxSize(20)
  @IsUUID(undefined, { each: true })
  personIds!: string[];
}

export class TickBody {
  @ApiProperty({ type: String })
  @Matches(STAGE)
  stage!: string;

  @ApiProperty({ type: String })
  @Matches(/^[a-z][a-z0-9-]{0,39}$/)
  key!: string;

  @ApiProperty({ type: Boolean })
  @IsBoolean()
  done!: boolean;
}

export class HandOverDealBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  newOwnerId!: string;

  @ApiProperty({ type: String, maxLength: 500 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(500)
  reason!: string;
}
