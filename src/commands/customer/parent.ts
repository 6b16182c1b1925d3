import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { lockCreditOfTree } from '../credit/exposure.js';
import { reserveWaiting } from '../credit/reserve.js';
import { appendEvents } from '../events.js';
import { tellOfChange } from '../product/price-change.js';
import { mustBeVersion } from '../row-version.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import type { CustomerChanged } from './credit.js';
import { treeOf } from './group.js';
import { lockCustomer } from './lock.js';

/**
 * Whom the customer belongs to, whose limit they draw on: what waits in approval for room in either group is reserved where it
 * fits now, and quotations of both in approval are looked at again.
 * @throws DomainError NOT_FOUND · STALE_VERSION · VALIDATION nobody is their own parent, nor that of whoever stands above them
 */
export function setParent(
  db: DataSource,
  meta: CommandMeta,
  {
    customerId,
    expectedVersion,
    parentId,
    reason,
  }: { customerId: string; expectedVersion: number; parentId: string | null; reason: string },
): Promise<Answer<CustomerChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, rowVersion } = await lockCustomer(tx, customerId);
    mustBeVersion({ rowVersion }, expectedVersion);
    // one change of a tree at a time, so that two cannot make a circle together
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('customer-tree'))`);
    const [row] = await tx.query<{ parentId: string | null }[]>(
      `SELECT parent_id AS "parentId" FROM customer WHERE id = $1`,
      [customerId],
    );
    const before = row?.parentId ?? null;
    if (before === parentId) return { customerId };
    if (parentId !== null) {
      const [parent] = await tx.query<{ isBelow: boolean }[]>(
        `SELECT $2::uuid IN (${treeOf('$1')}) AS "isBelow" FROM customer WHERE id = $2`,
        [customerId, parentId],
      );
      if (!parent) refuse('NOT_FOUND', 'a customer that exists');
      if (parent?.isBelow) refuse('CYCLE', 'not the customer itself, nor one below it');
    }
    await lockCreditOfTree(tx, customerId);
    await tx.query(
      `UPDATE customer SET parent_id = $2, row_version = row_version + 1, updated_at = now() WHERE id = $1`,
      [customerId, parentId],
    );
    await appendEvents(tx, head, [
      { type: 'customer.parent-changed', actor: meta.actor.id, payload: { before, after: parentId, reason } },
    ]);
    await reserveWaiting(tx, customerId);
    if (before !== null) await reserveWaiting(tx, before);
    const change = { kind: 'GROUP' as const, text: 'group', at: head.now, by: meta.actor.id };
    await tellOfChange(tx, { ...change, refId: customerId, customerId }, meta.correlationId);
    if (before !== null)
      await tellOfChange(tx, { ...change, refId: before, customerId: before }, meta.correlationId);
    return { customerId };
  });
}

function refuse(code: string, rule: string): never {
  throw new DomainError('VALIDATION', {}, [{ pointer: '/parentId', code, rule }]);
}
