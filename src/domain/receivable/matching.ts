import { Exact, sumAmounts } from '../money.js';
import type { Designation } from './application.js';

/** An open item a payment may be meant for. */
export interface Candidate {
  id: string;
  customerId: string;
  invoiceNo: string;
  outstanding: string;
  dueOn: string;
}

/** What a line of a bank statement tells. */
export interface Remittance {
  amount: string;
  reference: string;
  /** who the account or the name belongs to; null: nobody we know */
  payerId: string | null;
}

/** By what a payment was matched; NONE: nobody knows whose it is. */
export type MatchBasis = 'REFERENCE' | 'AMOUNT' | 'PAYER' | 'NONE';

export interface Suggestion {
  basis: MatchBasis;
  customerId: string | null;
  designation: Designation[];
}

/**
 * What finance is offered for money that came in: the invoices the reference names; else the payer's item, or all of them, with
 * exactly that amount; else the payer and the law; else nobody (suspense). Invoices of several customers without a known payer
 * are nobody's.
 * @param items open items in the currency of the payment
 * @see processes.md 3.4, Payment application (2) and (3)
 */
export function suggestMatch(
  { amount, reference, payerId }: Remittance,
  items: readonly Candidate[],
): Suggestion {
  const named = items.filter(({ invoiceNo }) => names(reference, invoiceNo));
  const own = payerId === null ? named : named.filter(({ customerId }) => customerId === payerId);
  const meant = own.length > 0 ? own : named;
  const [first] = meant;
  if (first && meant.every(({ customerId }) => customerId === first.customerId))
    return { basis: 'REFERENCE', customerId: first.customerId, designation: inOrder(meant) };
  if (payerId === null) return { basis: 'NONE', customerId: null, designation: [] };
  const open = items.filter(({ customerId }) => customerId === payerId);
  const exact = byDue(open).find(({ outstanding }) => new Exact(outstanding).equals(amount));
  if (exact) return { basis: 'AMOUNT', customerId: payerId, designation: inOrder([exact]) };
  const all = sumAmounts(open.map(({ outstanding }) => outstanding)).equals(amount) && open.length > 0;
  return { basis: all ? 'AMOUNT' : 'PAYER', customerId: payerId, designation: all ? inOrder(open) : [] };
}

function inOrder(items: readonly Candidate[]): Designation[] {
  return byDue(items).map(({ id }) => ({ debtId: id }));
}

function byDue(items: readonly Candidate[]): Candidate[] {
  return [...items].sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.id.localeCompare(b.id));
}

/** Does the text name the invoice, as a word of its own? Case, full width, `-`, `/`, `.` and `_` do not count; less than 4 signs are no name. */
function names(text: string, invoiceNo: string): boolean {
  const wanted = plain(invoiceNo);
  if (wanted.replaceAll(' ', '').length < 4) return false;
  return ` ${plain(text)} `.includes(` ${wanted} `);
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[-/._]/g, '')
    .replaceAll(/[^A-Z0-9]+/g, ' ')
    .trim();
}
