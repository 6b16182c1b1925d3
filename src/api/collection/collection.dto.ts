import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';
import { RECEIVABLE_DISPUTE_REASONS, type ReceivableDisputeReason } from '../../domain/collection/dispute.js';
import { CASE_STATES } from '../../domain/collection/standing.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery } from '../http/paging.dto.js';
import { IsDay } from '../receivables/day.js';

const OUTCOMES = ['ACCEPTED', 'PARTIAL', 'REJECTED', 'WITHDRAWN'] as const;
const AMOUNT = /^\d{1,15}(\.\d{1,4})?$/;
const AMOUNT_RULE = { message: 'amount is a plain decimal, not negative' };

export class CasesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: CASE_STATES, description: 'left out: all that are not closed' })
  @MayBeLeftOut()
  @IsIn(CASE_STATES)
  state?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;
}

export class CaseReasonBody {
  @ApiProperty({ type: String, minLength: 3, maxLength: 500 })
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  reason!: string;
}

export class PauseBody extends CaseReasonBody {
  @ApiProperty({ type: String, format: 'date', description: 'last day without letters' })
  @IsDay()
  until!: string;
}

export class PromiseBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  itemId!: string;

  @ApiProperty({ type: String, description: "in the item's currency" })
  @Matches(AMOUNT, AMOUNT_RULE)
  amount!: string;

  @ApiProperty({ type: String, format: 'date' })
  @IsDay()
  dueOn!: string;

  @ApiPropertyOptional({ type: String, maxLength: 500 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class ReceivableDisputeBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  itemId!: string;

  @ApiProperty({ type: String, description: "the part in dispute, in the item's currency" })
  @Matches(AMOUNT, AMOUNT_RULE)
  amount!: string;

  @ApiProperty({ enum: RECEIVABLE_DISPUTE_REASONS })
  @IsIn(RECEIVABLE_DISPUTE_REASONS)
  reason!: ReceivableDisputeReason;

  @ApiProperty({ type: String, minLength: 3, maxLength: 500 })
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  evidence!: string;
}

export class CloseReceivableDisputeBody {
  @ApiProperty({ enum: OUTCOMES })
  @IsIn(OUTCOMES)
  outcome!: (typeof OUTCOMES)[number];

  @ApiPropertyOptional({ type: String, description: 'of PARTIAL: what the customer is right about' })
  @MayBeLeftOut()
  @Matches(AMOUNT, AMOUNT_RULE)
  accepted?: string;

  @ApiProperty({ type: String, minLength: 3, maxLength: 500 })
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  note!: string;
}
