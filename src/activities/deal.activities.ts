import type { DataSource } from 'typeorm';
import { loadCalendar } from '../commands/calendar.js';
import { draftFromQuote } from '../commands/contract/draft.js';
import { lapseContract, remindOfSeal, remindOfSignature } from '../commands/contract/time.js';
import { expireInApproval } from '../commands/quote/expire-in-approval.js';
import { expireQuote, remindOfExpiry } from '../commands/quote/offer.js';
import type { ProcessView } from '../domain/process/view.js';
import { dealProcess } from '../queries/process/deal-process.js';
import type { StepKey } from './process.activities.js';
import { refusals } from './refusals.js';

export interface DealActivities {
  /** What is so with a quotation, its approval and its contract, and what time does next; null when there is none. */
  readDeal(quoteId: string): Promise<ProcessView | null>;
  /** Notes for the owner that the quotation expires in so many days, once for each of them. */
  remindOfExpiry(step: StepKey, quoteId: string, days: number): Promise<void>;
  /** The end of a quotation's validity: nobody may accept it any more. */
  expireQuote(step: StepKey, quoteId: string): Promise<void>;
  /** The same while people still decide on it: they are not asked any more. */
  expireInApproval(step: StepKey, quoteId: string): Promise<void>;
  /** The contract of an accepted quotation, from the clause library and the quotation's terms. */
  draftContract(step: StepKey, quoteId: string): Promise<void>;
  /** Notes for the seal keepers that an approved contract is overdue for the seal. */
  remindOfSeal(step: StepKey, contractId: string): Promise<void>;
  /** Notes for the owner that the customer has not signed so many days after sealing. */
  remindOfSignature(step: StepKey, contractId: string, days: number): Promise<void>;
  /** A sealed contract that the customer never signed. */
  lapseContract(step: StepKey, contractId: string): Promise<void>;
}

export function createDealActivities({ dataSource: db }: { dataSource: DataSource }): DealActivities {
  return refusals<DealActivities>({
    async readDeal(quoteId) {
      return dealProcess(db, quoteId, await loadCalendar(db.manager));
    },
    async remindOfExpiry(step, quoteId, days) {
      await remindOfExpiry(db, step, quoteId, days);
    },
    async expireQuote(step, quoteId) {
      await expireQuote(db, step, quoteId);
    },
    expireInApproval(step, quoteId) {
      return expireInApproval(db, step, quoteId);
    },
    async draftContract(step, quoteId) {
      await draftFromQuote(db, step, quoteId);
    },
    async remindOfSeal(step, contractId) {
      await remindOfSeal(db, step, contractId);
    },
    async remindOfSignature(step, contractId, days) {
      await remindOfSignature(db, step, contractId, days);
    },
    async lapseContract(step, contractId) {
      await lapseContract(db, step, contractId);
    },
  });
}
