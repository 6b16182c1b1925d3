import type { DataSource } from 'typeorm';
import { CHANGES_HANDS as CONTRACTS } from '../../domain/contract/contract.js';
import { CHANGES_HANDS as QUOTES } from '../../domain/quote/quote.js';
import { walkRequests } from '../approval/each-request.js';
import type { Step } from '../approval/time.js';
import { handOverQuote } from '../quote/hand-over.js';
import { handOverContract } from './hand-over.js';

/**
 * Quotations and contracts of somebody who has left go to their heir, each in a transaction of its own. What is being
 * decided is left to its process, which does the same afterwards.
 * @param beat called after each
 */
export async function handOverAllOf(
  db: DataSource,
  step: Step,
  changeId: string,
  beat: (id: string) => void = () => undefined,
): Promise<void> {
  const of =
    (table: 'quote' | 'contract', states: readonly string[]) =>
    async (after: string | null, limit: number) => {
      const rows = await db.query<{ id: string }[]>(
        `SELECT d.id FROM ${table} d JOIN staff_change s ON s.employee_id = d.owner_id AND s.kind = 'LEFT'
       WHERE s.id = $1 AND d.state = ANY ($2) AND ($3::uuid IS NULL OR d.id > $3) ORDER BY d.id LIMIT $4`,
        [changeId, states, after, limit],
      );
      return rows.map(({ id }) => id);
    };
  const done = (hand: typeof handOverQuote | typeof handOverContract) => async (id: string) => {
    await hand(db, step, id);
    return true;
  };
  await walkRequests(of('quote', QUOTES), done(handOverQuote), beat);
  await walkRequests(of('contract', CONTRACTS), done(handOverContract), beat);
}
