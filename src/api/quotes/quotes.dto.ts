import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { CustomerRef } from '../customers/customers.dto.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { Money, PersonRef } from '../http/wire.dto.js';
import { HolderChip } from '../requests/approval.dto.js';
import { AskedAgain } from '../requests/envelope.dto.js';
import { ApprovalPlan } from '../requests/plan.dto.js';
import { InstalmentView, QuoteFx, QuoteLineView } from './quote-line.dto.js';

export const QUOTE_STATES = [
  'DRAFT',
  'IN_APPROVAL',
  'RETURNED',
  'APPROVED',
  'SENT',
  'ACCEPTED',
  'DECLINED',
  'EXPIRED',
  'REJECTED',
  'WITHDRAWN',
  'SUPERSEDED',
] as const;
const FLAGS = ['GREEN', 'AMBER', 'RED'] as const;
const OWNERS = ['me', 'all'] as const;

export class QuoteListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: QUOTE_STATES })
  @MayBeLeftOut()
  @IsIn(QUOTE_STATES)
  state?: (typeof QUOTE_STATES)[number];

  @ApiPropertyOptional({ enum: OWNERS })
  @MayBeLeftOut()
  @IsIn(OWNERS)
  owner?: (typeof OWNERS)[number];

  @ApiPropertyOptional({ type: String, maxLength: 80, description: 'in the number or the customer’s name' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(80)
  search?: string;
}

export class QuoteSummary {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, example: 'Q-2026-000123' })
  number!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ enum: QUOTE_STATES })
  state!: (typeof QUOTE_STATES)[number];

  @ApiProperty({ type: CustomerRef })
  customer!: CustomerRef;

  @ApiProperty({ type: PersonRef })
  owner!: PersonRef;

  @ApiProperty({ type: Money })
  total!: Money;

  @ApiProperty({ type: String })
  discountPct!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  validUntil!: string | null;

  @ApiProperty({ type: HolderChip, nullable: true })
  holder!: HolderChip | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  requestId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  contractId!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt!: string;
}

export class QuotePage extends pageOf(QuoteSummary) {}
class OpportunityRef {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  number!: string;
}

export class QuoteView extends QuoteSummary {
  @ApiProperty({ type: 'integer', description: 'sent back in If-Match' })
  rowVersion!: number;

  @ApiProperty({ type: OpportunityRef, nullable: true })
  opportunity!: OpportunityRef | null;

  @ApiProperty({ type: String })
  currency!: string;

  @ApiProperty({ type: [QuoteLineView] })
  lines!: QuoteLineView[];

  @ApiProperty({ type: String })
  dealDiscountPct!: string;

  @ApiProperty({ type: String })
  freight!: string;

  @ApiProperty({ type: String })
  commissionPct!: string;

  @ApiProperty({ type: QuoteFx, nullable: true, description: 'null: in base currency' })
  fx!: QuoteFx | null;

  @ApiProperty({ type: String })
  listTotal!: string;

  @ApiProperty({ type: String })
  netTotal!: string;

  @ApiProperty({ type: 'integer' })
  termDays!: number;

  @ApiProperty({ type: [InstalmentView] })
  instalments!: InstalmentView[];

  @ApiProperty({ type: 'integer', nullable: true })
  deliveryDays!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  warrantyMonths!: number | null;

  @ApiProperty({ type: [String] })
  nonStandardClauses!: string[];

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({ type: String, description: 'SHA-256 of the approval-relevant content' })
  materialHash!: string;

  @ApiProperty({ enum: FLAGS })
  marginFlag!: (typeof FLAGS)[number];

  @ApiPropertyOptional({ type: String, description: 'with cost:read' })
  marginPct?: string;

  @ApiPropertyOptional({ type: String, description: 'with cost:read' })
  costTotal?: string;

  @ApiPropertyOptional({ type: String, description: 'with cost:read' })
  financingCost?: string;

  @ApiPropertyOptional({ type: String, description: 'with cost:read' })
  rebateTotal?: string;

  @ApiProperty({ type: String })
  customerZone!: string;

  @ApiProperty({ type: [AskedAgain], nullable: true, description: 'who approves a change anew; null: none' })
  stale!: AskedAgain[] | null;

  @ApiProperty({ type: [String] })
  actions!: string[];
}

export class PlanPreview extends ApprovalPlan {
  @ApiProperty({ enum: FLAGS })
  marginFlag!: (typeof FLAGS)[number];

  @ApiProperty({ type: Money })
  total!: Money;

  @ApiProperty({ type: String })
  discountPct!: string;

  @ApiPropertyOptional({ type: [QuoteLineView], description: 'as priced now, for a draft that is not saved' })
  lines?: QuoteLineView[];
}

export class SubmitQuoteBody {
  @ApiPropertyOptional({ type: String, maxLength: 2000, description: 'from the preview' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  planHash?: string;

  @ApiPropertyOptional({ type: Boolean })
  @MayBeLeftOut()
  @IsBoolean()
  acceptPlanChange?: boolean;

  @ApiPropertyOptional({ type: String, maxLength: 4000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(4000)
  comment?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 50, description: 'who is sent a copy' })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ccPersonIds?: string[];
}

export class QuoteSubmitted {
  @ApiProperty({ type: QuoteView })
  quote!: QuoteView;

  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: Boolean, description: 'not straight back to whoever returned it' })
  resumeDowngraded!: boolean;
}

export class AcceptQuoteBody {
  @ApiProperty({ type: String, minLength: 1, maxLength: 200, description: 'who at the customer said yes' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  acceptedBy!: string;

  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  note?: string;
}

export class DeclineQuoteBody {
  @ApiProperty({ type: String, minLength: 1, maxLength: 2000 })
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason!: string;
}

export class AcceptRateBody {
  @ApiProperty({ type: String, example: '7.2', description: 'the rate of now, as it was seen' })
  @Matches(/^\d{1,9}(\.\d{1,8})?$/)
  rate!: string;
}
