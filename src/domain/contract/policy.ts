import type { Role } from '../org/directory.js';

/** One module of the clause library. `{…}` places are filled from the deal when the text is rendered. */
export interface ClauseTemplate {
  key: string;
  title: string;
  text: string;
}

export interface MilestoneTemplate {
  kind: 'DELIVERY' | 'ACCEPTANCE';
  /** calendar days after effectiveness, when the quotation names no delivery time; after delivery for ACCEPTANCE */
  days: number;
  ownerRole: Role;
}

/** Parameters of contracts (policy kind `contract`), processes.md 3.2. All days are calendar days. */
export interface ContractPolicy {
  clauses: readonly ClauseTemplate[];
  milestones: readonly MilestoneTemplate[];
  /** after sealing: the customer is reminded to sign */
  signatureReminderDays: readonly number[];
  /** after sealing: without the customer's signature the contract lapses */
  signatureLapseDays: number;
  /** working days the seal keeper has */
  sealWorkDays: number;
}
