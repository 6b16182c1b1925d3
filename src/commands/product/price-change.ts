import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { systemActor } from '../../domain/actor.js';
import type { Reassessment } from '../../domain/approval/reassessment.js';
import { DomainError } from '../../domain/errors.js';
import { priceChangeMessage } from '../../workflows/messages.js';
import { onEachRequest, type EachRequest, type Walked } from '../approval/each-request.js';
import { reassessRequests } from '../approval/reassess.js';
import type { Step } from '../approval/time.js';
import { appendEvents, beginAggregate } from '../events.js';
import { blockInForce } from '../customer/standing.js';
import { groupOf } from '../customer/group.js';
import { tellProcess } from '../outbox.js';
import { runCommand } from '../transaction.js';

/** What moves, from when on, and which quotations it may concern: those with all that is named here. */
export interface PriceChange {
  kind: ChangeKind;
  /** the row that says what holds from then on */
  refId: string;
  text: string;
  currency?: string | null;
  productIds?: readonly string[] | null;
  /** with GROUP and CREDIT, also customers of the same group: they share a limit */
  customerId?: string | null;
  /** ISO instant */
  at: string;
  by: string;
}

/** Sends a process after the quotations in approval, in the transaction that moves the prices. */
export async function tellOfChange(
  tx: EntityManager,
  change: PriceChange,
  correlationId: string | null,
): Promise<void> {
  const { kind, refId, text, currency = null, productIds = null, customerId = null, at, by } = change;
  const id = uuidv7();
  const added = await tx.query<unknown[]>(
    `INSERT INTO price_change (id, kind, ref_id, text, currency, product_ids, customer_id, at, changed_by)
     SELECT $1, $2::varchar, $3::uuid, $4, $5, $6, $7, $8::timestamptz, $9
     WHERE NOT EXISTS (SELECT 1 FROM price_change WHERE ref_id = $3::uuid AND kind = $2::varchar AND at = $8::timestamptz AND acted_at IS NULL AND $6::uuid[] IS NULL)
     RETURNING 1`,
    [id, kind, refId, text, currency, productIds, customerId, at, by],
  );
  if (added.length === 0) return;
  const head = await beginAggregate(tx, 'price-change', id);
  const { seq } = await appendEvents(tx, head, [
    { type: 'prices.changed', actor: by, payload: { kind, refId, text, at } },
  ]);
  await tellProcess(tx, priceChangeMessage(id, seq), correlationId);
}

type ChangeKind = Exclude<Reassessment['kind'], 'SNAPSHOT'> | 'BLOCK';

interface Row {
  kind: ChangeKind;
  ref_id: string;
  text: string;
  currency: string | null;
  product_ids: string[] | null;
  customer_id: string | null;
}

/**
 * Looks at every quotation in approval that the change may concern, then notes that it did. Repeated, it goes on where it
 * was and asks nobody twice.
 * @throws DomainError NOT_FOUND
 */
export async function applyPriceChange(
  db: DataSource,
  step: Step,
  changeId: string,
  beat: (requestId: string) => void = () => undefined,
): Promise<Walked> {
  const [row] = await db.query<Row[]>(
    `SELECT kind, ref_id, text, currency, product_ids, customer_id FROM price_change WHERE id = $1`,
    [changeId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { changeId });
  const walked = await look(db, step, row, beat);
  const { key, correlationId } = step;
  const meta = {
    actor: systemActor('pricing'),
    key,
    scope: `price-change/${changeId}`,
    body: null,
    correlationId,
  };
  await runCommand(db, meta, async (tx) => {
    await tx.query(
      `UPDATE price_change SET settled_at = CASE WHEN acted_at IS NULL THEN NULL ELSE clock_timestamp() END,
         acted_at = coalesce(acted_at, clock_timestamp()) WHERE id = $1`,
      [changeId],
    );
    return null;
  });
  return walked;
}

const GROUP_OF = groupOf('$4');
const isOfGroup = ({ kind }: Row): boolean => kind === 'GROUP' || kind === 'CREDIT';

async function look(
  db: DataSource,
  step: Step,
  row: Row,
  beat: (requestId: string) => void,
): Promise<Walked> {
  if (row.kind !== 'BLOCK') {
    const cause = { kind: row.kind, id: row.ref_id, text: row.text };
    return reassessRequests(db, step, requestsConcerned(db, row), cause, beat);
  }
  const stop = await blockInForce(db, row.customer_id);
  if (stop?.blockId !== row.ref_id) return { changed: 0, refused: [] };
  const each: EachRequest = {
    find: requestsAbout(db, row.customer_id!),
    command: { type: 'STOP', stop },
    personIds: [],
    actor: systemActor('customer-block'),
  };
  return onEachRequest(db, step, each, beat);
}

/** Quotations in approval and contracts in review of one customer. */
function requestsAbout(db: DataSource, customerId: string): EachRequest['find'] {
  return async (after, limit) => {
    const rows = await db.query<{ id: string }[]>(
      `SELECT r.id FROM approval_request r
       LEFT JOIN quote q ON r.kind = 'QUOTE' AND q.id = r.subject_id
       LEFT JOIN contract k ON r.kind = 'CONTRACT' AND k.id = r.subject_id
       WHERE r.state = 'PENDING' AND r.kind IN ('QUOTE', 'CONTRACT') AND ($1::uuid IS NULL OR r.id > $1)
         AND coalesce(q.customer_id, k.customer_id) = $3
       ORDER BY r.id LIMIT $2`,
      [after, limit, customerId],
    );
    return rows.map(({ id }) => id);
  };
}

function requestsConcerned(db: DataSource, change: Row): EachRequest['find'] {
  return async (after, limit) => {
    const rows = await db.query<{ id: string }[]>(
      `SELECT r.id FROM approval_request r JOIN quote q ON q.id = r.subject_id
       WHERE r.kind = 'QUOTE' AND r.state = 'PENDING' AND ($1::uuid IS NULL OR r.id > $1)
         AND ($3::text IS NULL OR q.currency = $3)
         AND ($4::uuid IS NULL OR q.customer_id = $4 OR ($6 AND q.customer_id IN (${GROUP_OF})))
         AND ($5::uuid[] IS NULL OR EXISTS (SELECT 1 FROM quote_line l WHERE l.quote_id = q.id AND l.product_id = ANY($5)))
       ORDER BY r.id LIMIT $2`,
      [after, limit, change.currency, change.customer_id, change.product_ids, isOfGroup(change)],
    );
    return rows.map(({ id }) => id);
  };
}
