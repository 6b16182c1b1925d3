import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { Money, PersonRef } from '../http/wire.dto.js';
import { Words } from '../request-kinds/request-kinds.dto.js';
import { REQUEST_KINDS } from '../requests/approval.dto.js';

const TABS = ['todo', 'delegated', 'done', 'mine', 'cc'] as const;
const DUES = ['overdue', 'today', 'week'] as const;
const INBOX_KIND = new RegExp(`^(${REQUEST_KINDS.join('|')}|request\\.[a-z][a-z0-9-]{1,39})$`);
const AMOUNT = /^\d{1,15}(\.\d{1,4})?$/;

export class InboxQuery extends PageQuery {
  @ApiPropertyOptional({ enum: TABS, default: 'todo' })
  @MayBeLeftOut()
  @IsIn(TABS)
  tab?: (typeof TABS)[number];

  @ApiPropertyOptional({
    type: String,
    pattern: INBOX_KIND.source,
    example: 'request.expense',
    description: `${REQUEST_KINDS.join(', ')}, or one request kind`,
  })
  @MayBeLeftOut()
  @Matches(INBOX_KIND)
  kind?: string;

  @ApiPropertyOptional({ type: String, description: 'base currency' })
  @MayBeLeftOut()
  @Matches(AMOUNT)
  minAmount?: string;

  @ApiPropertyOptional({ type: String, description: 'base currency' })
  @MayBeLeftOut()
  @Matches(AMOUNT)
  maxAmount?: string;

  @ApiPropertyOptional({ enum: DUES })
  @MayBeLeftOut()
  @IsIn(DUES)
  due?: (typeof DUES)[number];

  @ApiPropertyOptional({ type: String, maxLength: 80 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(80)
  search?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  requestId?: string;
}

class LastComment {
  @ApiProperty({ type: PersonRef })
  by!: PersonRef;

  @ApiProperty({ type: String })
  text!: string;
}

class CopyMark {
  @ApiProperty({ enum: ['SUBMIT', 'STAGE_PASSED', 'FINAL'] })
  trigger!: 'SUBMIT' | 'STAGE_PASSED' | 'FINAL';

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readAt!: string | null;
}

class PoolItem {
  @ApiProperty({ type: PersonRef, nullable: true, description: 'who has taken it' })
  claimedBy!: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until!: string | null;
}

const BULK_ACTIONS = ['APPROVE', 'REJECT'] as const;
const OBSTACLES = ['NO_BULK', 'HIGH_RISK', 'ADVICE', 'ATTACHMENT', 'SIGNATURE', 'CLAIMED'] as const;

class BulkRight {
  @ApiProperty({ enum: BULK_ACTIONS })
  action!: (typeof BULK_ACTIONS)[number];

  @ApiProperty({ enum: OBSTACLES, nullable: true, description: 'why it has to be answered by itself' })
  obstacle!: (typeof OBSTACLES)[number] | null;

  @ApiProperty({ type: Boolean })
  commentRequired!: boolean;
}

export class InboxItem {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  seatId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  seatVersion!: number | null;

  @ApiProperty({ type: String })
  subjectHash!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ enum: REQUEST_KINDS })
  kind!: (typeof REQUEST_KINDS)[number];

  @ApiProperty({ type: Words, nullable: true, description: 'what its request kind is called' })
  kindTitles!: Words | null;

  @ApiProperty({ type: String, format: 'uuid' })
  subjectId!: string;

  @ApiProperty({ type: String })
  state!: string;

  @ApiProperty({ type: Money, nullable: true })
  amount!: Money | null;

  @ApiProperty({ type: PersonRef })
  initiator!: PersonRef;

  @ApiProperty({ type: String })
  stage!: string;

  @ApiProperty({ type: String, nullable: true })
  why!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  openedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  dueAt!: string | null;

  @ApiProperty({ type: Boolean })
  overdue!: boolean;

  @ApiProperty({ type: 'integer' })
  reminded!: number;

  @ApiProperty({ type: 'integer' })
  round!: number;

  @ApiProperty({ type: [String] })
  flags!: string[];

  @ApiProperty({ type: LastComment, nullable: true })
  lastComment!: LastComment | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  onBehalfOf!: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true, description: 'who holds it, when that is somebody else' })
  heldBy!: PersonRef | null;

  @ApiProperty({ type: PoolItem, nullable: true, description: 'one item for all of a pool' })
  pool!: PoolItem | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  decidedAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  decision!: string | null;

  @ApiProperty({ type: [BulkRight], description: 'which answers may be given together with others' })
  bulk!: BulkRight[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'until when the approval may be taken back; null: not, or not any more',
  })
  retractUntil!: string | null;

  @ApiProperty({ type: CopyMark, nullable: true, description: 'a copy the person was sent of it' })
  copy!: CopyMark | null;
}

export class CopiesReadBody {
  @ApiProperty({ type: [String], minItems: 1, maxItems: 200 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true })
  requestIds!: string[];
}

export class InboxPage extends pageOf(InboxItem) {}

export class InboxCount {
  @ApiProperty({ type: 'integer' })
  todo!: number;

  @ApiProperty({ type: 'integer' })
  overdue!: number;
}
