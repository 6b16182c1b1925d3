import type { EntityManager } from 'typeorm';
import { personId, type Actor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import type { Money } from '../../domain/money.js';
import { parseAmount } from '../../domain/money.js';
import type { StagedDeal } from '../../domain/opportunity/stage.js';
import { budgetRates } from '../approval/base-currency.js';
import { appendEvents, continueAggregate, type AggregateHead } from '../events.js';
import type { CommandMeta } from '../transaction.js';

/** A deal under its lock. */
export interface LockedDeal extends StagedDeal {
  id: string;
  pipeline: string;
  ownerId: string;
  unitId: string | null;
  expectedClose: string | null;
  contactAt: string;
  rowVersion: number;
  /** ISO date in the owner's zone */
  today: string;
  head: AggregateHead;
}

const UTC = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Deals that came by file have no chain until somebody changes them. @throws DomainError NOT_FOUND */
export async function lockDeal(tx: EntityManager, id: string): Promise<LockedDeal> {
  const known = await tx.query<unknown[]>(`SELECT 1 FROM opportunity WHERE id = $1`, [id]);
  if (known.length === 0) throw new DomainError('NOT_FOUND');
  const head = await continueAggregate(tx, 'opportunity', id);
  const [deal] = await tx.query<Omit<LockedDeal, 'head'>[]>(
    `SELECT o.id, o.pipeline, o.stage, o.open_stage AS "openStage", o.customer_id AS "customerId",
       o.engaged_on::text AS "engagedOn", o.owner_id AS "ownerId", o.unit_id AS "unitId",
       o.expected_close::text AS "expectedClose", ${UTC('o.contact_at')} AS "contactAt",
       o.row_version AS "rowVersion", (now() AT TIME ZONE e.zone)::date::text AS today
     FROM opportunity o JOIN employee e ON e.id = o.owner_id WHERE o.id = $1 FOR UPDATE OF o`,
    [id],
  );
  return { ...deal!, head };
}

export async function record(
  tx: EntityManager,
  head: AggregateHead,
  actor: Actor,
  type: string,
  payload: JsonObject,
): Promise<void> {
  await appendEvents(tx, head, [{ type, actor: actor.id, payload }]);
}

/** Something about a deal changed that is not a column of its own. */
export async function touch(tx: EntityManager, id: string): Promise<void> {
  await tx.query(`UPDATE opportunity SET row_version = row_version + 1, updated_at = now() WHERE id = $1`, [
    id,
  ]);
}

/** Base currency at the budget rate of now, frozen with the amount. @throws DomainError MONEY.INVALID · MONEY.CURRENCY_UNKNOWN */
export async function worthOf(tx: EntityManager, amount: Money | null): Promise<string> {
  if (amount === null) return '0';
  parseAmount(amount.amount, amount.currency, '/amount/amount');
  return (await budgetRates(tx))(amount).amount;
}

/** @throws DomainError FORBIDDEN the system has no deals */
export function mustBePerson({ actor }: CommandMeta): string {
  const person = personId(actor);
  if (person === null) throw new DomainError('FORBIDDEN');
  return person;
}

/** @throws DomainError VALIDATION */
export async function mustExist(
  tx: EntityManager,
  table: 'customer' | 'product' | 'contact' | 'employee',
  id: string,
  pointer: string,
): Promise<void> {
  const rows = await tx.query<unknown[]>(`SELECT 1 FROM ${table} WHERE id = $1`, [id]);
  if (rows.length === 0)
    throw new DomainError('VALIDATION', {}, [{ pointer, code: 'NOT_FOUND', rule: `an existing ${table}` }]);
}
