import { Exact } from '../money.js';
import { creditCovers, type CreditStanding } from './check.js';

export const EXPOSURE_KINDS = [
  'RESERVATION',
  'ORDER',
  'UNBILLED',
  'RECEIVABLE',
  'BILL_COMMERCIAL',
  'BILL_BANK',
  'RECOURSE',
  'ADVANCE',
  'CREDIT_NOTE',
  'INSURED',
] as const;
/** RESERVATION: offered or signed, not in force; ORDER: in force, not delivered; UNBILLED: delivered, not invoiced. ADVANCE, CREDIT_NOTE and INSURED are negative. */
export type ExposureKind = (typeof EXPOSURE_KINDS)[number];

/** What a deal counts for; in its own currency and in base currency. */
export interface Worth {
  amount: string;
  base: string;
}

/** What is asked for an offer, and what of it is binding already: an approved version counts whether it fits or not. */
export interface OfferStanding<W extends Worth = Worth> {
  wanted: W | null;
  binding: W | null;
  /** in base currency: reserved for it now */
  held: string;
}

/**
 * check-and-reserve (processes.md 3.3): what is reserved for an offer from now on. It may shrink, and what is binding stays;
 * more than is held is reserved in whole where the credit, without the offer's own part, covers it, else not at all.
 */
export function reservedFor<W extends Worth>(
  { wanted, binding, held }: OfferStanding<W>,
  credit: CreditStanding,
): W | null {
  if (!wanted || wanted === binding) return binding;
  const isHeld = !new Exact(held).isZero() && new Exact(wanted.base).lte(held);
  return isHeld || creditCovers(credit, wanted.base) ? wanted : binding;
}
