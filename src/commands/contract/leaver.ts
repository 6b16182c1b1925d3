import type { DataSource } from 'typeorm';
import { CHANGES_HANDS as CONTRACTS } from '../../domain/contract/contract.js';
import { CHANGES_HANDS as QUOTES } from '../../domain/quote/quote.js';
import { walkRequests } from '../approval/each-request.js';
import type { Step } from '../approval/time.js';
import { handOverQuote } from '../quote/hand-over.js';
import { contractsSeenToSql, handOverContract, handOverDutiesOf } from './hand-over.js';

/**
 * Quotations and contracts of somebody who has left go to their heir, each in a transaction of its own, and then what they
 * were to see to of other people's contracts. What is being decided is left to its process, which does the same afterwards.
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
  await handOverAllDuties(db, step, changeId, beat);
}

async function handOverAllDuties(
  db: DataSource,
  step: Step,
  changeId: string,
  beat: (id: string) => void,
): Promise<void> {
  const [change] = await db.query<{ leaverId: string }[]>(
    `SELECT employee_id AS "leaverId" FROM staff_change WHERE id = $1 AND kind = 'LEFT'`,
    [changeId],
  );
  if (!change) return;
  const { leaverId } = change;
  const find = async (after: string | null, limit: number): Promise<string[]> => {
    const rows = await db.query<{ id: string }[]>(
      `SELECT d.contract_id AS id FROM (${contractsSeenToSql('$1')}) d
       WHERE $2::uuid IS NULL OR d.contract_id > $2 ORDER BY 1 LIMIT $3`,
      [leaverId, after, limit],
    );
    return rows.map(({ id }) => id);
  };
  const one = async (contractId: string): Promise<boolean> => {
    await handOverDutiesOf(db, step, { contractId, leaverId });
    return true;
  };
  await walkRequests(find, one, beat);
}
