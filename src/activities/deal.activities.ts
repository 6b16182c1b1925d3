import type { DataSource } from 'typeorm';
import { expireQuote, remindOfExpiry } from '../commands/quote/offer.js';
import type { ProcessView } from '../domain/process/view.js';
import { dealProcess } from '../queries/process/deal-process.js';
import type { StepKey } from './process.activities.js';
import { refusals } from './refusals.js';

export interface OfferActivities {
  /** What is so with a quotation, its approval and its contract, and what time does next; null when there is none. */
  readDeal(quoteId: string): Promise<ProcessView | null>;
  /** Tells the owner that the quotation expires in so many days, once for each of them. */
  remindOfExpiry(step: StepKey, quoteId: string, days: number): Promise<void>;
  /** The end of a quotation's validity: nobody may accept it any more. */
  expireQuote(step: StepKey, quoteId: string): Promise<void>;
}

export interface ContractStepActivities {
  /** The contract of an accepted quotation, from the clause library and the quotation's terms. */
  draftContract(step: StepKey, quoteId: string): Promise<void>;
  /** Tells the seal keepers that an approved contract is overdue for the seal. */
  remindOfSeal(step: StepKey, contractId: string): Promise<void>;
  /** Tells the owner that the customer has not signed so many days after sealing. */
  remindOfSignature(step: StepKey, contractId: string, days: number): Promise<void>;
  /** A sealed contract that the customer never signed. */
  lapseContract(step: StepKey, contractId: string): Promise<void>;
}

export type DealActivities = OfferActivities & ContractStepActivities;

export function createOfferActivities({ dataSource }: { dataSource: DataSource }): OfferActivities {
  return refusals<OfferActivities>({
    readDeal: (quoteId) => dealProcess(dataSource, quoteId),
    async remindOfExpiry(step, quoteId, days) {
      await remindOfExpiry(dataSource, step, quoteId, days);
    },
    async expireQuote(step, quoteId) {
      await expireQuote(dataSource, step, quoteId);
    },
  });
}
