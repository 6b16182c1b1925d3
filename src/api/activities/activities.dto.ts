import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsString, IsUUID, Matches, MaxLength, ValidateNested } from 'class-validator';
import { ACTIVITY_KINDS, type ActivityKind } from '../../domain/opportunity/activity.js';
import { CustomerRef } from '../customers/customers.dto.js';
import { IsInstant } from '../http/instant.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { PersonRef } from '../http/wire.dto.js';
import { DATE } from '../opportunities/filter.dto.js';
import { NextBody } from '../opportunities/opportunities.dto.js';

const STATES = ['PLANNED', 'DONE', 'CANCELLED'] as const;
const OWNERS = ['me', 'all'] as const;

export class ActivityQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  opportunityId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  contactId?: string;

  @ApiPropertyOptional({ enum: STATES })
  @MayBeLeftOut()
  @IsIn(STATES)
  state?: (typeof STATES)[number];

  @ApiPropertyOptional({ enum: OWNERS, default: 'all' })
  @MayBeLeftOut()
  @IsIn(OWNERS)
  owner?: (typeof OWNERS)[number];
}

export class ActivityBody {
  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'a deal, or a customer' })
  @MayBeLeftOut()
  @IsUUID()
  opportunityId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'a contact of the customer' })
  @MayBeLeftOut()
  @IsUUID()
  contactId?: string;

  @ApiProperty({ enum: ACTIVITY_KINDS })
  @IsIn(ACTIVITY_KINDS)
  kind!: ActivityKind;

  @ApiProperty({ type: String, maxLength: 200 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  subject!: string;

  @ApiPropertyOptional({ type: String, maxLength: 4000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(4000)
  note?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date',
    description: 'plans it; exactly one of plannedOn and doneAt',
  })
  @MayBeLeftOut()
  @Matches(DATE)
  plannedOn?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'logs it; not after now' })
  @MayBeLeftOut()
  @IsInstant()
  doneAt?: string;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'the customer took part: only that is contact',
  })
  @MayBeLeftOut()
  @IsBoolean()
  twoWay?: boolean;

  @ApiPropertyOptional({ type: NextBody, description: 'planned along' })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => NextBody)
  next?: NextBody;
}

export class DoneBody {
  @ApiProperty({ type: String, format: 'date-time', description: 'not after now' })
  @IsInstant()
  doneAt!: string;

  @ApiProperty({ type: Boolean })
  @IsBoolean()
  twoWay!: boolean;

  @ApiPropertyOptional({ type: String, maxLength: 4000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(4000)
  note?: string;

  @ApiPropertyOptional({
    type: NextBody,
    description: 'mandatory when nothing else is planned with an open deal',
  })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => NextBody)
  next?: NextBody;
}

export class ReplanBody {
  @ApiPropertyOptional({ type: String, format: 'date', description: 'the new day; left out: called off' })
  @MayBeLeftOut()
  @Matches(DATE)
  plannedOn?: string;

  @ApiPropertyOptional({ type: NextBody })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => NextBody)
  next?: NextBody;
}

class DealRef {
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty({ type: String }) number!: string;
}

export class ActivityView {
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ACTIVITY_KINDS }) kind!: string;
  @ApiProperty({ enum: STATES }) state!: string;
  @ApiProperty({ type: String }) subject!: string;
  @ApiProperty({ type: String, nullable: true }) note!: string | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) plannedOn!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) doneAt!: string | null;
  @ApiProperty({ type: Boolean }) twoWay!: boolean;
  @ApiProperty({ type: PersonRef }) owner!: PersonRef;
  @ApiProperty({ type: DealRef, nullable: true }) opportunity!: DealRef | null;
  @ApiProperty({ type: CustomerRef, nullable: true }) customer!: CustomerRef | null;
  @ApiProperty({ type: CustomerRef, nullable: true }) contact!: CustomerRef | null;
  @ApiProperty({ type: 'integer' }) rowVersion!: number;
}

export class ActivityPage extends pageOf(ActivityView) {}
