import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { addDuration } from '../../domain/calendar.js';
import { isInForce, mustPerform } from '../../domain/contract/life.js';
import {
  afterOrderAct,
  mustFit,
  mustServe,
  type OrderAct,
  type OrderState,
  type Quantity,
} from '../../domain/contract/orders.js';
import type { ContractPolicy } from '../../domain/contract/policy.js';
import { heirSql } from '../../db/heir.js';
import { heldAtEndSql } from '../../db/held-at-end.js';
import { DomainError } from '../../domain/errors.js';
import { loadCalendar } from '../calendar.js';
import { activePolicy } from '../policy/policy.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lifeStep, lockContract, noteLife } from './store.js';

export type OrderChanged = { contractId: string; orderId: string; state: OrderState };

/**
 * A call-off under a contract in force, within what is left of its lines; whoever delivers confirms it in working time.
 * @throws DomainError NOT_FOUND · CONTRACT_STATE · CONTRACT_SUSPENDED · VALIDATION
 */
export function placeOrder(
  db: DataSource,
  meta: CommandMeta,
  order: { contractId: string; lines: readonly Quantity[]; deliverBy: string; note: string | null },
): Promise<Answer<OrderChanged>> {
  const { contractId, lines, deliverBy, note } = order;
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    mustPerform(held.row.state, 'ORDER');
    mustFit(lines, held.row.terms.lines, await orderedQuantities(tx, contractId));
    const { content: policy } = await activePolicy<ContractPolicy>(tx, 'contract', held.head.now);
    const within = policy.orderConfirmWorkMinutes;
    const confirmBy =
      within === undefined
        ? null
        : addDuration(await loadCalendar(tx), held.head.now, { unit: 'workMinutes', n: within }).at;
    const orderId = uuidv7();
    const [{ no }] = (await tx.query(
      `INSERT INTO contract_order (id, contract_id, no, state, deliver_by, confirm_by, owner_id, by_id, note)
       VALUES ($1, $2, (SELECT count(*) + 1 FROM contract_order WHERE contract_id = $2), 'PLACED', $3, $4,
         coalesce((SELECT m.owner_id FROM milestone m JOIN employee e ON e.id = m.owner_id AND e.status <> 'LEFT'
           WHERE m.contract_id = $2 AND m.kind = 'DELIVERY'), ${heirSql('$5')}, $5), $6, $7)
       RETURNING no`,
      [orderId, contractId, deliverBy, confirmBy, held.row.ownerId, meta.actor.id, note],
    )) as [{ no: number }];
    await tx.query(
      `INSERT INTO contract_order_line (order_id, line_no, qty)
       SELECT $1, l.no, l.qty FROM jsonb_to_recordset($2::jsonb) AS l(no int, qty numeric)`,
      [orderId, JSON.stringify(lines)],
    );
    await noteLife(tx, held, meta, {
      type: 'order.placed',
      payload: { orderId, no, lines: lines.map((line) => ({ ...line })), deliverBy, confirmBy, note },
    });
    return { contractId, orderId, state: 'PLACED' };
  });
}

/**
 * Confirmed by whoever delivers, delivered, or cancelled; the first delivery begins performance. What was confirmed is
 * delivered after the term as well.
 * @throws DomainError NOT_FOUND · ORDER_STATE · CONTRACT_STATE · CONTRACT_SUSPENDED
 */
export function actOnOrder(
  db: DataSource,
  meta: CommandMeta,
  given: { contractId: string; orderId: string; act: OrderAct; on: string | null; note: string | null },
): Promise<Answer<OrderChanged>> {
  const { contractId, orderId, act, on, note } = given;
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    const [order] = await tx.query<{ state: OrderState; no: number; heldAtEnd: boolean }[]>(
      `SELECT state, no, ${heldAtEndSql('$2')} AS "heldAtEnd" FROM contract_order WHERE id = $1 AND contract_id = $2`,
      [orderId, contractId],
    );
    if (!order) throw new DomainError('NOT_FOUND', { orderId });
    mustServe({ state: held.row.state, heldAtEnd: order.heldAtEnd }, act);
    const state = afterOrderAct(order.state, act);
    await tx.query(
      `UPDATE contract_order SET state = $2::varchar,
         confirmed_at = CASE WHEN $2::varchar = 'CONFIRMED' THEN $3::timestamptz ELSE confirmed_at END,
         delivered_on = CASE WHEN $2::varchar = 'DELIVERED' THEN $4::date ELSE delivered_on END WHERE id = $1`,
      [orderId, state, held.head.now, on],
    );
    const news = { type: `order.${state.toLowerCase()}`, payload: { orderId, no: order.no, on, note } };
    if (act === 'DELIVER' && isInForce(held.row.state))
      await lifeStep(tx, held, meta, { act: 'START', ...news });
    else await noteLife(tx, held, meta, news);
    return { contractId, orderId, state };
  });
}

/** What orders that were not cancelled have taken, by line. Under the contract's lock. */
export function orderedQuantities(tx: EntityManager, contractId: string): Promise<Quantity[]> {
  return tx.query<Quantity[]>(
    `SELECT l.line_no AS no, trim_scale(sum(l.qty))::text AS qty FROM contract_order_line l
     JOIN contract_order o ON o.id = l.order_id
     WHERE o.contract_id = $1 AND o.state <> 'CANCELLED' GROUP BY l.line_no`,
    [contractId],
  );
}
