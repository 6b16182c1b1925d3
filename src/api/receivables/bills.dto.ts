import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsString, IsUUID, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { BILL_ACTS, BILL_STATES, type BillAct, type BillState } from '../../domain/receivable/bill.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { Money } from '../http/wire.dto.js';
import { IsDay } from './day.js';
import { ItemsBody, PayerRef } from './payments.dto.js';

const ACCEPTED = ['BANK', 'COMMERCIAL'] as const;

export class BillsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: BILL_STATES })
  @MayBeLeftOut()
  @IsIn(BILL_STATES)
  state?: BillState;
}

export class BillBody extends ItemsBody {
  @ApiProperty({ type: String, format: 'uuid', description: 'who gave it' })
  @IsUUID()
  customerId!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'left out: the default company' })
  @MayBeLeftOut()
  @IsUUID()
  companyId?: string;

  @ApiProperty({ type: String, maxLength: 60, description: 'a bill is booked once' })
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  billNo!: string;

  @ApiProperty({ enum: ACCEPTED, description: 'who stands behind it: a bank, or a company' })
  @IsIn(ACCEPTED)
  accepted!: (typeof ACCEPTED)[number];

  @ApiProperty({ type: String, maxLength: 200 })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  drawer!: string;

  @ApiProperty({ type: String, maxLength: 200 })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  acceptor!: string;

  @ApiProperty({ type: Money })
  @IsDefined()
  @ValidateNested()
  @Type(() => Money)
  amount!: Money;

  @ApiProperty({ type: String, format: 'date' })
  @IsDay()
  receivedOn!: string;

  @ApiProperty({ type: String, format: 'date' })
  @IsDay()
  maturesOn!: string;
}

export class BillActBody {
  @ApiProperty({ enum: BILL_ACTS })
  @IsIn(BILL_ACTS)
  act!: BillAct;

  @ApiProperty({ type: String, format: 'date' })
  @IsDay()
  on!: string;

  @ApiProperty({
    type: String,
    minLength: 2,
    maxLength: 200,
    description: 'whom it went to, which bank discounted it, why it was dishonoured',
  })
  @IsString()
  @MinLength(2)
  @MaxLength(200)
  note!: string;
}

export class Bill {
  @ApiProperty({ type: String, format: 'uuid', description: 'of the payment it is' })
  id!: string;

  @ApiProperty({ type: String })
  billNo!: string;

  @ApiProperty({ type: PayerRef })
  customer!: PayerRef;

  @ApiProperty({ type: Money })
  amount!: Money;

  @ApiProperty({ enum: ['BANK_BILL', 'COMMERCIAL_BILL'] })
  instrument!: string;

  @ApiProperty({ type: String })
  drawer!: string;

  @ApiProperty({ type: String })
  acceptor!: string;

  @ApiProperty({ type: String, format: 'date' })
  receivedOn!: string;

  @ApiProperty({ type: String, format: 'date' })
  maturesOn!: string;

  @ApiProperty({ enum: BILL_STATES })
  state!: BillState;

  @ApiProperty({ type: String })
  paymentState!: string;

  @ApiProperty({ type: String, nullable: true })
  passedTo!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  changedOn!: string | null;

  @ApiProperty({ enum: BILL_ACTS, isArray: true })
  actions!: string[];
}

export class BillPage extends pageOf(Bill) {}
