import { ApiProperty } from '@nestjs/swagger';
import { INTEREST_MODES } from '../../domain/receivable/debt.js';
import { pageOf } from '../http/paging.dto.js';
import { Money } from '../http/wire.dto.js';

const ITEM_STATES = ['OPEN', 'LEGAL', 'SETTLED', 'CREDITED', 'WRITTEN_OFF', 'CANCELLED'] as const;

class NamedRef {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;
}

class ContractRef {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  number!: string;
}

export class ReceivableItem {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: NamedRef })
  customer!: NamedRef;

  @ApiProperty({ type: String, format: 'uuid' })
  companyId!: string;

  @ApiProperty({ type: ContractRef, nullable: true })
  contract!: ContractRef | null;

  @ApiProperty({ type: 'integer', nullable: true })
  planSeq!: number | null;

  @ApiProperty({ type: String })
  invoiceNo!: string;

  @ApiProperty({ type: 'integer' })
  instalment!: number;

  @ApiProperty({ type: Money })
  original!: Money;

  @ApiProperty({ type: Money })
  outstanding!: Money;

  @ApiProperty({ type: String, format: 'date' })
  issuedOn!: string;

  @ApiProperty({ type: String, format: 'date' })
  dueOn!: string;

  @ApiProperty({ type: 'integer', description: 'negative before the due date' })
  daysPastDue!: number;

  @ApiProperty({ type: String })
  bucket!: string;

  @ApiProperty({ type: 'integer' })
  level!: number;

  @ApiProperty({ enum: INTEREST_MODES })
  interestMode!: string;

  @ApiProperty({ enum: ITEM_STATES })
  state!: string;

  @ApiProperty({ type: 'integer' })
  rowVersion!: number;
}

class ReceivableEntry {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  kind!: string;

  @ApiProperty({ type: String })
  part!: string;

  @ApiProperty({ type: Money, description: 'signed: above 0 is owed, below it is not any more' })
  amount!: Money;

  @ApiProperty({ type: String, format: 'date' })
  valueDate!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  bookedAt!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  refId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

export class ReceivableItemDetail extends ReceivableItem {
  @ApiProperty({ type: [ReceivableEntry] })
  entries!: ReceivableEntry[];
}

export class ReceivablePage extends pageOf(ReceivableItem) {}

class AgedAmount {
  @ApiProperty({ type: String })
  bucket!: string;

  @ApiProperty({ type: String })
  amount!: string;
}

class Provision {
  @ApiProperty({ type: [AgedAmount] })
  parts!: AgedAmount[];

  @ApiProperty({ type: String })
  total!: string;
}

class CurrencyAging {
  @ApiProperty({ type: String })
  currency!: string;

  @ApiProperty({ type: [AgedAmount], description: 'NOT_DUE first; they sum to outstanding' })
  buckets!: AgedAmount[];

  @ApiProperty({ type: String })
  outstanding!: string;

  @ApiProperty({ type: Provision })
  provision!: Provision;

  @ApiProperty({ type: String, description: 'money on account, not part of the buckets' })
  unapplied!: string;
}

export class AgingView {
  @ApiProperty({ type: String, format: 'date' })
  asOf!: string;

  @ApiProperty({ type: [CurrencyAging] })
  currencies!: CurrencyAging[];
}
