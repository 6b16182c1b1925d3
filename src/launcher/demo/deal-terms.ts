import { Exact } from '../../domain/money.js';

/** What a demo quotation of a won deal says. */
export interface DealTerms {
  qty: string;
  /** price of one unit: the close value, at most the list price */
  unitNet: string;
  /** the close value was above list: no discount instead of a negative one */
  isClamped: boolean;
  termDays: number;
  nonStandardClauses: string[];
}

const TERM_DAYS = [30, 30, 30, 0, 45, 30, 60, 30, 30, 90];
/** units of the deals sold in larger numbers, every eighth, so that amounts reach all levels of the routing table */
const LARGE_QTY = ['25', '60', '120', '250'];

/**
 * Terms of the n-th deal: the price is the real one (discount = 1 − close value / list price); quantity, payment term
 * and clauses vary by position only, so that every run asks the same people.
 */
export function dealTerms(index: number, closeValue: string, listPrice: string): DealTerms {
  const isClamped = new Exact(closeValue).gt(listPrice);
  const isLarge = index % 8 === 7;
  return {
    qty: isLarge ? LARGE_QTY[Math.floor(index / 8) % LARGE_QTY.length]! : '1',
    unitNet: isClamped ? listPrice : closeValue,
    isClamped,
    termDays: TERM_DAYS[index % TERM_DAYS.length]!,
    nonStandardClauses:
      index % 13 === 5 ? ['LIABILITY'] : index % 29 === 11 ? ['PENALTY', 'EXCLUSIVITY'] : [],
  };
}
