import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { INSTRUMENTS, PAYMENT_STATES } from '../../commands/receivable/payment-store.js';
import type { Designation } from '../../domain/receivable/application.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { Money } from '../http/wire.dto.js';
import { IsDay } from './day.js';

export class PaymentsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: PAYMENT_STATES })
  @MayBeLeftOut()
  @IsIn(PAYMENT_STATES)
  state?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'of one bank statement' })
  @MayBeLeftOut()
  @IsUUID()
  statementId?: string;
}

export class DesignationBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  itemId!: string;

  @ApiPropertyOptional({ type: String, description: 'left out: as much of it as the money reaches' })
  @MayBeLeftOut()
  @Matches(/^\d{1,15}(\.\d{1,4})?$/, { message: 'amount is a plain decimal, not negative' })
  amount?: string;
}

export class ItemsBody {
  @ApiPropertyOptional({ type: [DesignationBody], description: 'what the payer names; left out: by law' })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => DesignationBody)
  items?: DesignationBody[];
}

export function designationOf(items: readonly DesignationBody[] | undefined): Designation[] {
  return (items ?? []).map(({ itemId, amount }) =>
    amount === undefined ? { debtId: itemId } : { debtId: itemId, amount },
  );
}

const BY_HAND = ['BANK', 'CASH'] as const;

export class PaymentBody extends ItemsBody {
  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'left out: the default company' })
  @MayBeLeftOut()
  @IsUUID()
  companyId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'left out: nobody knows yet who paid' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;

  @ApiProperty({ type: String, maxLength: 200 })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  payerName!: string;

  @ApiPropertyOptional({ type: String, maxLength: 64 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(64)
  payerAccount?: string;

  @ApiProperty({ type: Money })
  @IsDefined()
  @ValidateNested()
  @Type(() => Money)
  amount!: Money;

  @ApiProperty({ enum: BY_HAND, description: 'bills: POST /bills' })
  @IsIn(BY_HAND)
  instrument!: (typeof BY_HAND)[number];

  @ApiPropertyOptional({ type: String, maxLength: 500 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(500)
  reference?: string;

  @ApiProperty({ type: String, format: 'date' })
  @IsDay()
  valueDate!: string;

  @ApiProperty({
    type: String,
    maxLength: 120,
    description: "the bank's own id: the same money is booked once",
  })
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  sourceId!: string;
}

export class ConfirmBody extends ItemsBody {
  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'who paid, of money in suspense' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;
}

export class BookingReason {
  @ApiProperty({ type: String, minLength: 3, maxLength: 500 })
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  reason!: string;
}

export class ReverseBody extends BookingReason {
  @ApiProperty({ type: String, format: 'date', description: 'the day it bounced' })
  @IsDay()
  on!: string;
}

export class CreditNoteBody extends BookingReason {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  customerId!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'left out: the default company' })
  @MayBeLeftOut()
  @IsUUID()
  companyId?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: 'the invoice it corrects; left out: the oldest',
  })
  @MayBeLeftOut()
  @IsUUID()
  itemId?: string;

  @ApiProperty({ type: Money })
  @IsDefined()
  @ValidateNested()
  @Type(() => Money)
  amount!: Money;

  @ApiProperty({ type: String, format: 'date' })
  @IsDay()
  issuedOn!: string;

  @ApiProperty({ type: String, maxLength: 120 })
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  sourceId!: string;
}

export class CreditNoteView {
  @ApiProperty({ type: String, format: 'uuid' })
  creditNoteId!: string;
}

export class PayerRef {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;
}

export class Payment {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  companyId!: string;

  @ApiProperty({ type: PayerRef, nullable: true })
  customer!: PayerRef | null;

  @ApiProperty({ type: String })
  payerName!: string;

  @ApiProperty({ type: String, nullable: true })
  payerAccount!: string | null;

  @ApiProperty({ type: Money })
  amount!: Money;

  @ApiProperty({ type: Money, description: 'on account' })
  unapplied!: Money;

  @ApiProperty({ enum: INSTRUMENTS })
  instrument!: string;

  @ApiProperty({ type: String })
  reference!: string;

  @ApiProperty({ type: String, format: 'date' })
  valueDate!: string;

  @ApiProperty({ type: String })
  sourceId!: string;

  @ApiProperty({ enum: PAYMENT_STATES })
  state!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  recordedAt!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  reversedOn!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;

  @ApiProperty({ type: 'integer' })
  rowVersion!: number;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  statementId!: string | null;

  @ApiProperty({
    enum: ['REFERENCE', 'AMOUNT', 'PAYER', 'NONE'],
    nullable: true,
    description: 'null: recorded by hand',
  })
  matchedBy!: string | null;
}

class AllocationView {
  @ApiProperty({ type: String, format: 'uuid' })
  itemId!: string;

  @ApiProperty({ type: String })
  invoiceNo!: string;

  @ApiProperty({ type: Money, description: 'below 0: taken back' })
  amount!: Money;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;
}

export class PaymentDetail extends Payment {
  @ApiProperty({ type: [AllocationView] })
  allocations!: AllocationView[];
}

export class PaymentPage extends pageOf(Payment) {}
