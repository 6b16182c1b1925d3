import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsString, IsUUID, Matches, MaxLength, ValidateNested } from 'class-validator';
import { MOST_SHARES } from '../../domain/opportunity/split.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { Money, PersonRef } from '../http/wire.dto.js';
import { DATE } from './filter.dto.js';

const PERCENT = { type: String, example: '33.34', description: '0.0001–100, at most four decimals' } as const;
const instantOrNull = { type: String, format: 'date-time', nullable: true } as const;

export class SplitShareBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  personId!: string;

  @ApiProperty(PERCENT)
  @IsString()
  @MaxLength(12)
  percent!: string;
}

export class ChannelShareBody {
  @ApiProperty({ type: String, maxLength: 200 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  partner!: string;

  @ApiProperty(PERCENT)
  @IsString()
  @MaxLength(12)
  percent!: string;
}

export class SplitsBody {
  @ApiProperty({ type: String, format: 'date', description: 'from which day on; today or later' })
  @Matches(DATE)
  validFrom!: string;

  @ApiProperty({ type: [SplitShareBody], description: 'sums to exactly 100 %' })
  @IsArray()
  @ArrayMaxSize(MOST_SHARES)
  @ValidateNested({ each: true })
  @Type(() => SplitShareBody)
  revenue!: SplitShareBody[];

  @ApiPropertyOptional({ type: [SplitShareBody], description: 'specialists besides: any sum, in no total' })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MOST_SHARES)
  @ValidateNested({ each: true })
  @Type(() => SplitShareBody)
  overlay?: SplitShareBody[];

  @ApiPropertyOptional({
    type: ChannelShareBody,
    description: 'a channel partner, kept apart from the people',
  })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => ChannelShareBody)
  channel?: ChannelShareBody;

  @ApiPropertyOptional({ type: String, maxLength: 500, description: 'mandatory once the deal was won' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(500)
  reason?: string;
}

class CreditedPersonView {
  @ApiProperty({ type: PersonRef }) person!: PersonRef;
  @ApiProperty(PERCENT) percent!: string;
  @ApiProperty({ type: Money, nullable: true, description: 'null while the deal has no amount' })
  amount!: Money | null;
}

class CreditedPartnerView {
  @ApiProperty({ type: String }) partner!: string;
  @ApiProperty(PERCENT) percent!: string;
  @ApiProperty({ type: Money, nullable: true }) amount!: Money | null;
}

class SplitView {
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'null: nobody has split it, the owner has it all',
  })
  no!: number | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) validFrom!: string | null;
  @ApiProperty({ type: [CreditedPersonView], description: 'amounts sum to the deal’s to the cent' })
  revenue!: CreditedPersonView[];
  @ApiProperty({ type: [CreditedPersonView] }) overlay!: CreditedPersonView[];
  @ApiProperty({ type: CreditedPartnerView, nullable: true }) channel!: CreditedPartnerView | null;
  @ApiProperty({ type: String, nullable: true }) reason!: string | null;
  @ApiProperty({ type: PersonRef, nullable: true }) givenBy!: PersonRef | null;
  @ApiProperty(instantOrNull) givenAt!: string | null;
}

class PendingSplitView {
  @ApiProperty({ type: String, format: 'uuid' }) requestId!: string;
  @ApiProperty({ type: String }) requestState!: string;
  @ApiProperty({ type: SplitView }) split!: SplitView;
}

export class DealSplitsView {
  @ApiProperty({ type: Number, description: 'of the deal, for If-Match' }) rowVersion!: number;
  @ApiProperty({ type: String, format: 'date' }) today!: string;
  @ApiProperty({ type: SplitView }) current!: SplitView;
  @ApiProperty({ type: [SplitView], description: 'the last given first' }) history!: SplitView[];
  @ApiProperty({ type: PendingSplitView, nullable: true }) pending!: PendingSplitView | null;
  @ApiProperty({ type: Boolean }) mayWrite!: boolean;
  @ApiProperty({ type: Boolean, description: 'the deal was won: a change is decided by managers' })
  needsApproval!: boolean;
}
