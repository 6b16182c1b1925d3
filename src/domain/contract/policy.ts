import type { Role } from '../org/directory.js';

/** One module of the clause library. `{…}` places are filled from the deal when the text is rendered. */
export interface ClauseTemplate {
  key: string;
  title: string;
  text: string;
}

/** A clause as the library keeps it. Several versions of a key may be there; on a day the highest valid one is offered. */
export interface LibraryClause extends ClauseTemplate {
  /** left out: 1 */
  version?: number;
  /** false: it may be taken, and legal review looks at it as at words of one's own. Left out: true */
  standard?: boolean;
  /** true: only where somebody takes it. Left out: in every new contract */
  onDemand?: boolean;
  /** first and last day, `YYYY-MM-DD`; left out: without a bound */
  validFrom?: string;
  validUntil?: string;
}

export interface MilestoneTemplate {
  kind: 'DELIVERY' | 'ACCEPTANCE';
  /** calendar days after effectiveness, when the quotation names no delivery time; after delivery for ACCEPTANCE */
  days: number;
  ownerRole: Role;
}

/** 会计档案管理办法: contracts are kept ten years after their end. */
export const LEGAL_RETENTION_YEARS = 10;

/** Parameters of contracts (policy kind `contract`), processes.md 3.2. All days are calendar days. */
export interface ContractPolicy {
  clauses: readonly LibraryClause[];
  milestones: readonly MilestoneTemplate[];
  /** after sealing: the customer is reminded to sign */
  signatureReminderDays: readonly number[];
  /** after sealing: without the customer's signature the contract lapses */
  signatureLapseDays: number;
  /** working days the seal keeper has */
  sealWorkDays: number;
  /** from the date of a milestone or an order, negative before it; from 1 on the manager hears of it. Left out: nothing is said */
  milestoneReminderDays?: readonly number[];
  /** whoever delivers confirms an order within so much working time. Left out: without a deadline */
  orderConfirmWorkMinutes?: number;
  /** before the contract ends. Left out: nothing is said */
  endReminderDays?: readonly number[];
  /** after its end a contract goes to the archive by itself. Left out: only by hand */
  archiveAfterDays?: number;
  /** how long the archive keeps it. Left out: as the law wants of account books, `LEGAL_RETENTION_YEARS` */
  retentionYears?: number;
}
