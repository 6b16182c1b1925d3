import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import {
  DISPUTE_OUTCOMES,
  DISPUTE_REASONS,
  type DisputeOutcome,
  type DisputeReason,
} from '../../domain/contract/dispute.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { Money, PersonRef } from '../http/wire.dto.js';

const ORDER_STATES = ['PLACED', 'CONFIRMED', 'DELIVERED', 'CANCELLED'] as const;
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const DATE_RULE = { message: '$property is a date YYYY-MM-DD' };

export class OrderedQuantity {
  @ApiProperty({ type: 'integer', description: 'number of the contract’s line' })
  @IsInt()
  @Min(1)
  no!: number;

  @ApiProperty({ type: String, example: '3' })
  @IsString()
  @MaxLength(20)
  qty!: string;
}

export class OrderBody {
  @ApiProperty({ type: [OrderedQuantity] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => OrderedQuantity)
  lines!: OrderedQuantity[];

  @ApiProperty({ type: String, format: 'date' })
  @Matches(DATE, DATE_RULE)
  deliverBy!: string;

  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  note?: string;
}

export class NoteBody {
  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  note?: string;
}

export class DeliveredBody extends NoteBody {
  @ApiProperty({ type: String, format: 'date' })
  @Matches(DATE, DATE_RULE)
  deliveredOn!: string;
}

export class DisputeBody {
  @ApiProperty({ enum: DISPUTE_REASONS })
  @IsIn(DISPUTE_REASONS)
  reason!: DisputeReason;

  @ApiProperty({ type: String, minLength: 3, maxLength: 2000 })
  @IsString()
  @MinLength(3)
  @MaxLength(2000)
  text!: string;

  @ApiProperty({
    type: String,
    example: '30000.00',
    description: 'at stake, in the currency of the contract',
  })
  @IsString()
  @MaxLength(24)
  amount!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'who settles it; left out: the owner' })
  @MayBeLeftOut()
  @IsUUID()
  ownerId?: string;

  @ApiProperty({ type: Boolean, description: 'nothing is performed until it is settled' })
  @IsBoolean()
  suspends!: boolean;
}

export class CloseDisputeBody {
  @ApiProperty({ enum: DISPUTE_OUTCOMES })
  @IsIn(DISPUTE_OUTCOMES)
  outcome!: DisputeOutcome;

  @ApiProperty({ type: String, minLength: 3, maxLength: 2000 })
  @IsString()
  @MinLength(3)
  @MaxLength(2000)
  text!: string;
}

class OrderLine extends OrderedQuantity {
  @ApiProperty({ type: String })
  name!: string;
}

class RemainingLine extends OrderLine {
  @ApiProperty({ type: String, description: 'what may still be ordered' })
  remaining!: string;
}

class OrderView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  no!: number;

  @ApiProperty({ enum: ORDER_STATES })
  state!: (typeof ORDER_STATES)[number];

  @ApiProperty({ type: [OrderLine] })
  lines!: OrderLine[];

  @ApiProperty({ type: String, format: 'date' })
  deliverBy!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  confirmBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  confirmedAt!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  deliveredOn!: string | null;

  @ApiProperty({ type: Boolean })
  late!: boolean;

  @ApiProperty({ type: PersonRef })
  owner!: PersonRef;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({ type: [String] })
  actions!: string[];
}

class DisputeView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  reason!: string;

  @ApiProperty({ type: String })
  text!: string;

  @ApiProperty({ type: Money })
  amount!: Money;

  @ApiProperty({ type: PersonRef })
  owner!: PersonRef;

  @ApiProperty({ type: Boolean })
  suspends!: boolean;

  @ApiProperty({ type: String })
  state!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  openedAt!: string;

  @ApiProperty({ type: String, nullable: true })
  outcome!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: string | null;

  @ApiProperty({ type: [String] })
  actions!: string[];
}

class NoticeView {
  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: ['DELIVERY', 'ACCEPTANCE', 'ORDER_CONFIRM', 'ORDER_DELIVERY', 'END'] })
  what!: 'DELIVERY' | 'ACCEPTANCE' | 'ORDER_CONFIRM' | 'ORDER_DELIVERY' | 'END';

  @ApiProperty({ type: String, format: 'date' })
  date!: string;

  @ApiProperty({ type: 'integer', description: 'calendar days from the date: negative before it' })
  days!: number;

  @ApiProperty({ type: [PersonRef] })
  told!: PersonRef[];
}

export class PerformanceView {
  @ApiProperty({ type: [RemainingLine] })
  lines!: RemainingLine[];

  @ApiProperty({ type: [OrderView] })
  orders!: OrderView[];

  @ApiProperty({ type: [DisputeView] })
  disputes!: DisputeView[];

  @ApiProperty({ type: [NoticeView] })
  notices!: NoticeView[];

  @ApiProperty({ type: [String] })
  actions!: string[];
}
