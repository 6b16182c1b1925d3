import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  afterBroken,
  judgePromise,
  promiseHold,
  promiseLevel,
  promiseProblems,
  type PromiseState,
} from '../../domain/collection/promise.js';
import { DomainError } from '../../domain/errors.js';
import { formatAmount, parseAmount } from '../../domain/money.js';
import { claimOf } from '../../domain/receivable/debt.js';
import type { Step } from '../approval/time.js';
import { loadCalendar } from '../calendar.js';
import { setItem } from '../receivable/item-store.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockCase, lockCaseOfItem, noteCase, type CaseChanged, type HeldCase } from './case-store.js';
import { byTime } from './time.js';

export type Promised = { promiseId: string; caseId: string; holdUntil: string };

export interface NewPromise {
  itemId: string;
  amount: string;
  /** `YYYY-MM-DD` */
  dueOn: string;
  note: string | null;
}

/**
 * The customer says when they pay. The one before it on the item is superseded; the ladder waits for it.
 * @throws DomainError NOT_FOUND · STATE_CONFLICT · VALIDATION beyond what is open, in the past, too far ahead
 */
export function logPromise(db: DataSource, meta: CommandMeta, given: NewPromise): Promise<Answer<Promised>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockCaseOfItem(tx, meta, given.itemId);
    const { of, item, head } = held;
    parseAmount(given.amount, item.currency, '/amount');
    const outstanding = claimOf(item).toFixed();
    const rules = of.policy.promise;
    const wrong = promiseProblems(given, { outstanding, currency: item.currency }, of.today, rules);
    if (wrong.length > 0) throw new DomainError('VALIDATION', {}, wrong);
    const holdUntil = promiseHold(given.dueOn, await loadCalendar(tx), rules);
    await tx.query(
      `UPDATE promise SET state = 'SUPERSEDED', ended_at = $2 WHERE item_id = $1 AND state = 'ACTIVE'`,
      [item.id, head.now],
    );
    const promiseId = uuidv7();
    await tx.query(
      `INSERT INTO promise (id, case_id, item_id, amount, currency, due_on, hold_until, note, logged_by, logged_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        promiseId,
        of.id,
        item.id,
        given.amount,
        item.currency,
        given.dueOn,
        holdUntil,
        given.note,
        meta.actor.id,
        head.now,
      ],
    );
    const amount = formatAmount(given.amount, item.currency);
    await noteCase(tx, held, meta, 'promise.made', {
      promiseId,
      itemId: item.id,
      amount,
      dueOn: given.dueOn,
      holdUntil,
    });
    return { promiseId, caseId: of.id, holdUntil };
  });
}

/** The customer takes it back, or it was a mistake: the ladder goes on. @throws DomainError NOT_FOUND · STATE_CONFLICT */
export function withdrawPromise(
  db: DataSource,
  meta: CommandMeta,
  { promiseId, reason }: { promiseId: string; reason: string },
): Promise<Answer<CaseChanged>> {
  return runCommand(db, meta, async (tx) => {
    const [row] = await tx.query<{ caseId: string; state: PromiseState }[]>(
      `SELECT case_id AS "caseId", state FROM promise WHERE id = $1`,
      [promiseId],
    );
    if (!row) throw new DomainError('NOT_FOUND', { promiseId });
    const held = await lockCase(tx, row.caseId);
    if (!held.of.promises.some(({ id }) => id === promiseId))
      throw new DomainError('STATE_CONFLICT', { state: row.state });
    await endPromise(tx, held, promiseId, 'WITHDRAWN');
    await noteCase(tx, held, meta, 'promise.withdrawn', { promiseId, reason });
    return { caseId: held.of.id, state: held.of.state };
  });
}

/**
 * What has become of the promises of a case: kept as soon as the money is there, broken or partly kept once their hold is
 * over. Too many not kept on an item raise it.
 */
export function judgePromises(db: DataSource, by: Step, caseId: string): Promise<Answer<CaseChanged>> {
  const meta = byTime(by, 'collection.judge-promises', caseId);
  return runCommand(db, meta, async (tx) => {
    const held = await lockCase(tx, caseId);
    const { of } = held;
    for (const promise of of.promises) {
      const state = judgePromise(promise, promise.received, of.today, of.policy.promise);
      if (state === 'ACTIVE') continue;
      await endPromise(tx, held, promise.id, state);
      const escalated = state === 'KEPT' ? false : await raise(tx, held, promise.itemId);
      const after = await lockCase(tx, caseId);
      await noteCase(tx, after, meta, `promise.${state.toLowerCase().replaceAll('_', '-')}`, {
        promiseId: promise.id,
        itemId: promise.itemId,
        escalated,
      });
    }
    return { caseId, state: of.state };
  });
}

async function endPromise(
  tx: EntityManager,
  { head }: HeldCase,
  promiseId: string,
  state: PromiseState,
): Promise<void> {
  await tx.query(`UPDATE promise SET state = $2, ended_at = $3 WHERE id = $1`, [promiseId, state, head.now]);
}

/** @returns whether the promises not kept on the item have reached the limit */
async function raise(tx: EntityManager, { of, items }: HeldCase, itemId: string): Promise<boolean> {
  const rows = await tx.query<{ state: PromiseState }[]>(`SELECT state FROM promise WHERE item_id = $1`, [
    itemId,
  ]);
  const item = items.find(({ id }) => id === itemId);
  if (!item) return false;
  const notKept = promiseLevel(rows.map(({ state }) => state));
  const { level, escalated } = afterBroken(item.level, notKept, of.policy.promise);
  if (level !== item.level) await setItem(tx, item, { state: item.state, level });
  return escalated;
}
