import { ApiProperty } from '@nestjs/swagger';
import { CASE_STATES } from '../../domain/collection/standing.js';
import { pageOf } from '../http/paging.dto.js';
import { Money } from '../http/wire.dto.js';

const uuid = { type: String, format: 'uuid' } as const;
const day = { type: String, format: 'date' } as const;
const moment = { type: String, format: 'date-time' } as const;

class DebtorRef {
  @ApiProperty(uuid) id!: string;
  @ApiProperty({ type: String }) name!: string;
}

export class CollectionCase {
  @ApiProperty(uuid) id!: string;
  @ApiProperty({ type: DebtorRef }) customer!: DebtorRef;
  @ApiProperty(uuid) companyId!: string;
  @ApiProperty({ enum: CASE_STATES }) state!: (typeof CASE_STATES)[number];
  @ApiProperty({ ...day, nullable: true }) pausedUntil!: string | null;
  @ApiProperty({ type: String, nullable: true }) reason!: string | null;
  @ApiProperty({ ...day, nullable: true }) lastLetterOn!: string | null;
  @ApiProperty({ type: 'integer', description: 'highest dunning level among what is open' }) level!: number;
  @ApiProperty({ type: 'integer' }) openItems!: number;
  @ApiProperty(moment) openedAt!: string;
  @ApiProperty({ type: 'integer' }) rowVersion!: number;
}

class NextOfCase {
  @ApiProperty({ type: String }) kind!: string;
  @ApiProperty(moment) at!: string;
}

class CaseItemView {
  @ApiProperty(uuid) id!: string;
  @ApiProperty({ type: String }) invoiceNo!: string;
  @ApiProperty(day) dueOn!: string;
  @ApiProperty({ type: 'integer' }) daysPastDue!: number;
  @ApiProperty({ type: 'integer' }) level!: number;
  @ApiProperty({ type: Money }) outstanding!: Money;
  @ApiProperty({ type: Money }) disputed!: Money;

  @ApiProperty({ type: Money, description: 'what money on account would pay of it; not asked for by letter' })
  covered!: Money;

  @ApiProperty({ ...day, nullable: true }) heldUntil!: string | null;
}

class PromiseView {
  @ApiProperty(uuid) id!: string;
  @ApiProperty(uuid) itemId!: string;
  @ApiProperty({ type: Money }) amount!: Money;
  @ApiProperty(day) dueOn!: string;
  @ApiProperty({ ...day, description: 'money up to this day keeps it' }) holdUntil!: string;
  @ApiProperty({ type: String }) state!: string;
  @ApiProperty({ type: String, nullable: true }) note!: string | null;
  @ApiProperty(moment) loggedAt!: string;
}

class ReceivableDisputeView {
  @ApiProperty(uuid) id!: string;
  @ApiProperty(uuid) itemId!: string;
  @ApiProperty({ type: Money }) amount!: Money;
  @ApiProperty({ type: String }) reason!: string;
  @ApiProperty({ type: String }) evidence!: string;
  @ApiProperty({ type: String }) state!: string;
  @ApiProperty(day) openedOn!: string;
  @ApiProperty(day) resolveBy!: string;
  @ApiProperty({ type: Boolean }) escalated!: boolean;
  @ApiProperty({ type: Money }) accepted!: Money;
  @ApiProperty({ type: String, nullable: true }) outcome!: string | null;
}

class LetterView {
  @ApiProperty(uuid) id!: string;
  @ApiProperty({ type: String }) no!: string;
  @ApiProperty({ type: String }) step!: string;
  @ApiProperty({ type: 'integer' }) level!: number;
  @ApiProperty({ type: String, description: 'MAIL, HAND: somebody carries it, NONE: a decision of people' })
  channel!: string;
  @ApiProperty(moment) at!: string;
  @ApiProperty({ type: String, description: 'SHA-256 of what it asks for' }) contentHash!: string;
  @ApiProperty({ type: String, nullable: true, description: 'how its mail stands' }) delivery!: string | null;
}

export class CollectionCaseDetail extends CollectionCase {
  @ApiProperty({ type: NextOfCase, nullable: true }) next!: NextOfCase | null;
  @ApiProperty({ type: [CaseItemView] }) items!: CaseItemView[];
  @ApiProperty({ type: [PromiseView] }) promises!: PromiseView[];
  @ApiProperty({ type: [ReceivableDisputeView] }) disputes!: ReceivableDisputeView[];
  @ApiProperty({ type: [LetterView] }) letters!: LetterView[];
}

export class CollectionCasePage extends pageOf(CollectionCase) {}
