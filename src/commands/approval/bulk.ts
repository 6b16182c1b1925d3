import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { hexDigest } from '../hash.js';
import type { CommandMeta } from '../transaction.js';
import { decideSeat, type Proof, type SeatDecided, type SeatDecisionInput } from './decide.js';
import type { ReadRight } from './request-lock.js';

/** What fits into a key column beside a request's id. */
const LONGEST_KEY = 200;

export type BulkItem = Pick<
  SeatDecisionInput,
  'seatId' | 'action' | 'expectedSeatVersion' | 'subjectHash' | 'comment'
>;

/** What became of one item: `decided` or `refusal`, never both. */
export interface ItemDecided {
  seatId: string;
  decided: SeatDecided | null;
  refusal: DomainError | null;
  replayed: boolean;
}

/**
 * AE-BULK-1: several answers in one call, each a command of its own with an own key, hash check and result. What one
 * refuses does not hold up the others, and nothing that succeeded is taken back. The same call again answers for what
 * is done with the first answers, and tries the rest.
 */
export async function decideMany(
  db: DataSource,
  meta: CommandMeta,
  items: readonly BulkItem[],
  sees?: ReadRight,
  proof?: Proof,
): Promise<ItemDecided[]> {
  const rows = await db.query<{ id: string; request_id: string }[]>(
    `SELECT id, request_id FROM approval_seat WHERE id = ANY($1)`,
    [items.map(({ seatId }) => seatId)],
  );
  const requestOf = new Map(rows.map(({ id, request_id: requestId }) => [id, requestId]));
  const bulkKey = meta.key.length <= LONGEST_KEY ? meta.key : hexDigest(meta.key);
  const results: ItemDecided[] = [];
  for (const item of items) {
    const own = {
      ...meta,
      key: `${bulkKey}:${requestOf.get(item.seatId) ?? item.seatId}`,
      scope: `seat.bulk/${item.seatId}`,
      body: { ...item } satisfies Json,
    };
    results.push(await decideOne(db, own, item, sees, proof));
  }
  return results;
}

async function decideOne(
  db: DataSource,
  meta: CommandMeta,
  item: BulkItem,
  sees?: ReadRight,
  proof?: Proof,
): Promise<ItemDecided> {
  const { seatId } = item;
  try {
    const { value, replayed } = await decideSeat(db, meta, { ...item, bulk: true }, sees, undefined, proof);
    return { seatId, decided: value, refusal: null, replayed };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { seatId, decided: null, refusal: error, replayed: false };
  }
}
