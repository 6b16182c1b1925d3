import type { DataSource } from 'typeorm';
import { splitsOf, wasWon, type StoredSplit } from '../../db/deal-splits.js';
import { creditedAmounts, ownersSplit, splitOn, type SplitShare } from '../../domain/opportunity/split.js';
import type { Viewer } from '../org/scope.js';
import { findOpportunity, type OpportunityRow, type Person } from './opportunities.js';

interface Credited {
  percent: string;
  /** of the deal's amount; null while it has none */
  amount: { amount: string; currency: string } | null;
}

export interface SplitRow {
  /** null: nobody has split it, the owner has it all */
  no: number | null;
  validFrom: string | null;
  revenue: (Credited & { person: Person })[];
  overlay: (Credited & { person: Person })[];
  channel: (Credited & { partner: string }) | null;
  reason: string | null;
  givenBy: Person | null;
  givenAt: string | null;
}

export interface DealSplits {
  rowVersion: number;
  /** ISO date in the owner's zone */
  today: string;
  current: SplitRow;
  /** every split that holds, held or will hold, the last given first */
  history: SplitRow[];
  /** what waits for an approval, and where it is decided */
  pending: { requestId: string; requestState: string; split: SplitRow } | null;
  mayWrite: boolean;
  /** the deal was won: a change is proposed, and decided by managers */
  needsApproval: boolean;
}

/** Who gets the credit of a deal: today, before, and what is proposed. @throws DomainError NOT_FOUND */
export async function dealSplits(db: DataSource, viewer: Viewer, id: string): Promise<DealSplits> {
  const deal = await findOpportunity(db, viewer, id);
  const [given, needsApproval, [zone]] = await Promise.all([
    splitsOf(db, id),
    wasWon(db, id),
    db.query<{ today: string }[]>(
      `SELECT (now() AT TIME ZONE zone)::date::text AS today FROM employee WHERE id = $1`,
      [deal.owner.id],
    ),
  ]);
  const today = zone!.today;
  const set = given.filter(({ state }) => state === 'SET');
  const proposed = given.find(({ state }) => state === 'PROPOSED');
  const [people, request] = await Promise.all([
    peopleIn(db, given),
    proposed ? requestOf(db, proposed.id) : null,
  ]);
  people.set(deal.owner.id, deal.owner);
  const row = (split: StoredSplit): SplitRow => rowOf(split, deal, people);
  const now = splitOn(set, today);
  return {
    rowVersion: deal.rowVersion,
    today,
    current: now ? row(now) : ownersRow(deal, people),
    history: set.map(row).reverse(),
    pending: proposed && request ? { ...request, split: row(proposed) } : null,
    mayWrite: deal.mayWrite && deal.stage !== 'LOST',
    needsApproval,
  };
}

function ownersRow(deal: OpportunityRow, people: ReadonlyMap<string, Person>): SplitRow {
  const alone = { ...ownersSplit(deal.owner.id), no: 1, validFrom: '', reason: null, givenBy: null };
  return {
    ...rowOf({ ...alone, id: '', state: 'SET', givenAt: '' }, deal, people),
    no: null,
    validFrom: null,
    givenAt: null,
  };
}

function rowOf(
  split: StoredSplit,
  { amount }: OpportunityRow,
  people: ReadonlyMap<string, Person>,
): SplitRow {
  const parts = amount && creditedAmounts(split, amount);
  const money = (part: string | null | undefined): Credited['amount'] =>
    amount && part ? { amount: part, currency: amount.currency } : null;
  const shares = (list: 'revenue' | 'overlay'): (Credited & { person: Person })[] =>
    split[list].map(({ personId, percent }: SplitShare, index) => ({
      person: people.get(personId)!,
      percent,
      amount: money(parts?.[list][index]),
    }));
  const { no, validFrom, channel, reason, givenBy, givenAt } = split;
  return {
    no,
    validFrom,
    revenue: shares('revenue'),
    overlay: shares('overlay'),
    channel: channel && { ...channel, amount: money(parts?.channel) },
    reason,
    givenBy: givenBy === null ? null : (people.get(givenBy) ?? null),
    givenAt,
  };
}

async function peopleIn(db: DataSource, splits: readonly StoredSplit[]): Promise<Map<string, Person>> {
  const ids = splits.flatMap(({ revenue, overlay, givenBy }) => [
    ...[...revenue, ...overlay].map(({ personId }) => personId),
    ...(givenBy === null ? [] : [givenBy]),
  ]);
  const rows = await db.query<Person[]>(`SELECT id, name, title FROM employee WHERE id = ANY ($1::uuid[])`, [
    ids,
  ]);
  return new Map(rows.map((person) => [person.id, person]));
}

async function requestOf(
  db: DataSource,
  splitId: string,
): Promise<{ requestId: string; requestState: string } | null> {
  const [row] = await db.query<{ requestId: string; requestState: string }[]>(
    `SELECT id AS "requestId", state AS "requestState" FROM approval_request
     WHERE kind = 'SPLIT' AND subject_id = $1 ORDER BY submitted_at DESC LIMIT 1`,
    [splitId],
  );
  return row ?? null;
}
