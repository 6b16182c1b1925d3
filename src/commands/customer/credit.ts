import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { amountProblem, type Money } from '../../domain/money.js';
import { reserveWaiting } from '../credit/reserve.js';
import { appendEvents } from '../events.js';
import { tellOfChange } from '../product/price-change.js';
import { mustBeVersion } from '../row-version.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockCustomer } from './lock.js';

export interface Credit {
  /** null: none granted, not unlimited */
  limit: Money | null;
  /** of whoever heads a group: what all of it may owe together; null: nothing is said of the whole */
  groupLimit: Money | null;
  creditClass: string | null;
}

export type CustomerChanged = { customerId: string };

/**
 * What the customer may owe, and the class their terms follow from: what is in approval for them or their group is looked at
 * again.
 * @throws DomainError NOT_FOUND · STALE_VERSION · VALIDATION
 */
export function setCredit(
  db: DataSource,
  meta: CommandMeta,
  credit: Credit & { customerId: string; expectedVersion: number; reason: string },
): Promise<Answer<CustomerChanged>> {
  const { customerId, limit, groupLimit, creditClass, reason } = credit;
  const problems = [
    limit && amountProblem(limit.amount, limit.currency, '/limit/amount'),
    groupLimit && amountProblem(groupLimit.amount, groupLimit.currency, '/groupLimit/amount'),
  ].filter((problem) => problem !== null);
  return runCommand(db, meta, async (tx) => {
    const { head, rowVersion } = await lockCustomer(tx, customerId);
    mustBeVersion({ rowVersion }, credit.expectedVersion);
    if (problems.length > 0) throw new DomainError('VALIDATION', {}, problems);
    const [before] = await tx.query<JsonObject[]>(
      `SELECT credit_class AS "creditClass", trim_scale(credit_limit)::text AS limit, credit_currency AS currency,
         trim_scale(group_limit)::text AS "groupLimit", group_currency AS "groupCurrency" FROM customer WHERE id = $1`,
      [customerId],
    );
    await tx.query(
      `UPDATE customer SET credit_limit = $2, credit_currency = $3, credit_class = $4, group_limit = $5, group_currency = $6,
         row_version = row_version + 1, updated_at = now()
       WHERE id = $1`,
      [
        customerId,
        limit?.amount ?? null,
        limit?.currency ?? null,
        creditClass,
        groupLimit?.amount ?? null,
        groupLimit?.currency ?? null,
      ],
    );
    await appendEvents(tx, head, [
      {
        type: 'customer.credit-changed',
        actor: meta.actor.id,
        payload: {
          before: before ?? null,
          after: { creditClass, limit: limit && { ...limit }, groupLimit: groupLimit && { ...groupLimit } },
          reason,
        },
      },
    ]);
    await reserveWaiting(tx, customerId);
    await tellOfCredit(
      tx,
      { customerId, refId: customerId, at: head.now, by: meta.actor.id },
      meta.correlationId,
    );
    return { customerId };
  });
}

/** What a customer may still owe is another amount now: quotations of the customer and the group are looked at again. */
export function tellOfCredit(
  tx: EntityManager,
  change: { customerId: string; refId: string; at: string; by: string },
  correlationId: string | null,
): Promise<void> {
  return tellOfChange(tx, { kind: 'CREDIT', text: 'credit', ...change }, correlationId);
}
