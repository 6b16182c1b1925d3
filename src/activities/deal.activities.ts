import type { NextStep, ProcessView } from '../domain/process/view.js';
import type { StepKey } from './process.activities.js';

export interface DealActivities {
  /** What is so with a quotation, its approval and its contract, and what time does next; null when there is none. */
  readDeal(quoteId: string): Promise<ProcessView | null>;
  /** Tells whoever has to act that a due time comes near, once per step. */
  remind(step: StepKey, about: NextStep): Promise<void>;
  /** The end of a quotation's validity: nobody may accept it any more. */
  expireQuote(step: StepKey, quoteId: string): Promise<void>;
  /** The contract of an accepted quotation, from the clause library and the quotation's terms. */
  draftContract(step: StepKey, quoteId: string): Promise<void>;
  /** A sealed contract that the customer never signed. */
  lapseContract(step: StepKey, contractId: string): Promise<void>;
}
