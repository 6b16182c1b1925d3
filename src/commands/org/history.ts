import type { EntityManager } from 'typeorm';
import type { Actor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { appendEvents, beginAggregate, lockAggregate, type AggregateHead } from '../events.js';
import { sqlState } from '../transaction.js';

/** The chain of a person or a unit; people who came with the base data get theirs at their first change. */
export async function lockHistory(
  tx: EntityManager,
  kind: 'employee' | 'org_unit',
  id: string,
): Promise<AggregateHead> {
  await tx.query(
    `INSERT INTO event_head (aggregate_kind, aggregate_id, seq, hash) VALUES ($1, $2, 0, $3) ON CONFLICT DO NOTHING`,
    [kind, id, Buffer.alloc(32)],
  );
  return (await lockAggregate(tx, kind, id)) ?? (await beginAggregate(tx, kind, id));
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

const EXCLUSION = '23P01';
const CHECK = '23514';

/** What the tables refuse, in words of the trade: overlaps in time, a unit above itself. */
export async function refusedByTables<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const constraint = (error as { driverError?: { constraint?: string } }).driverError?.constraint ?? '';
    if (sqlState(error) === EXCLUSION) throw new DomainError('ORG.OVERLAP', { constraint });
    if (sqlState(error) === CHECK && constraint === 'org_edge_no_cycle') throw new DomainError('ORG_CYCLE');
    throw error;
  }
}

/** @throws DomainError VALIDATION at `pointer` when there is no such active person */
export async function assertActivePerson(tx: EntityManager, id: string, pointer: string): Promise<void> {
  const rows = await tx.query<unknown[]>(`SELECT 1 FROM employee WHERE id = $1 AND status = 'ACTIVE'`, [id]);
  if (rows.length === 0)
    throw new DomainError('VALIDATION', {}, [{ pointer, code: 'UNKNOWN_PERSON', rule: 'an active person' }]);
}

/**
 * Nobody changes what they themselves may do or are, through whichever of their accounts (AE-SOD-3).
 * @throws DomainError SOD_VIOLATION one of the accounts is the actor's own, or another one of the same human
 */
export async function mustBeSomebodyElse(
  tx: EntityManager,
  actor: Actor,
  ...personIds: readonly string[]
): Promise<void> {
  if (actor.kind !== 'PERSON') return;
  const own = await tx.query<unknown[]>(
    `SELECT 1 FROM employee own JOIN employee other ON other.identity = own.identity
     WHERE own.id = $1 AND other.id = ANY($2::uuid[]) LIMIT 1`,
    [actor.id, personIds],
  );
  if (own.length > 0) throw new DomainError('SOD_VIOLATION', { constraint: 'notSelf' });
}
