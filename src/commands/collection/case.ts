import type { DataSource, EntityManager } from 'typeorm';
import { standingOf, type CaseState } from '../../domain/collection/standing.js';
import { DomainError } from '../../domain/errors.js';
import type { Step } from '../approval/time.js';
import { setItem } from '../receivable/item-store.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockCase, noteCase, type CaseChanged } from './case-store.js';
import { byTime } from './time.js';

const RUNNING: readonly CaseState[] = ['OPEN', 'ESCALATED'];

/** No letters until a day, that day included; interest and limitation run. @throws DomainError NOT_FOUND · STATE_CONFLICT · VALIDATION */
export function pauseCase(
  db: DataSource,
  meta: CommandMeta,
  { caseId, until, reason }: { caseId: string; until: string; reason: string },
): Promise<Answer<CaseChanged>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockCase(tx, caseId);
    mustBe(held.of.state, [...RUNNING, 'ON_HOLD']);
    if (until < held.of.today) {
      const rule = `not before ${held.of.today}`;
      throw new DomainError('VALIDATION', {}, [{ pointer: '/until', code: 'PAST', rule }]);
    }
    await setCase(tx, caseId, { state: 'ON_HOLD', until, said: { reason, by: meta.actor.id } });
    await noteCase(tx, held, meta, 'collection.paused', { until, reason });
    return { caseId, state: 'ON_HOLD' };
  });
}

/** @throws DomainError NOT_FOUND · STATE_CONFLICT */
export function resumeCase(
  db: DataSource,
  meta: CommandMeta,
  { caseId, reason }: { caseId: string; reason: string },
): Promise<Answer<CaseChanged>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockCase(tx, caseId);
    mustBe(held.of.state, ['ON_HOLD']);
    await setCase(tx, caseId, { state: 'OPEN' });
    await noteCase(tx, held, meta, 'collection.resumed', { reason });
    return { caseId, state: 'OPEN' };
  });
}

/** What is overdue is legal's from now on: no letters any more. @throws DomainError NOT_FOUND · STATE_CONFLICT */
export function handOverToLegal(
  db: DataSource,
  meta: CommandMeta,
  { caseId, reason }: { caseId: string; reason: string },
): Promise<Answer<CaseChanged>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockCase(tx, caseId);
    mustBe(held.of.state, [...RUNNING, 'ON_HOLD']);
    const overdue = held.items.filter(({ dueOn, state }) => state === 'OPEN' && dueOn < held.of.today);
    if (overdue.length === 0) throw new DomainError('STATE_CONFLICT', { state: 'NOTHING_OVERDUE' });
    for (const item of overdue) await setItem(tx, item, { state: 'LEGAL', level: item.level });
    await setCase(tx, caseId, { state: 'LEGAL', said: { reason, by: meta.actor.id } });
    await noteCase(tx, held, meta, 'collection.handed-to-legal', {
      reason,
      itemIds: overdue.map(({ id }) => id),
    });
    return { caseId, state: 'LEGAL' };
  });
}

/** A case becomes what it is by its items: its pause is over, nothing is with the lawyers any more, nothing is open. */
export function settleCase(db: DataSource, by: Step, caseId: string): Promise<Answer<CaseChanged>> {
  const meta = byTime(by, 'collection.settle', caseId);
  return runCommand(db, meta, async (tx) => {
    const held = await lockCase(tx, caseId);
    const { state } = held.of;
    const standing = standingOf(held.of);
    if (standing === state) return { caseId, state };
    await setCase(tx, caseId, { state: standing });
    if (standing === 'CLOSED') await noteCase(tx, held, meta, 'collection.closed', {});
    else await noteCase(tx, held, meta, 'collection.settled', { before: state, after: standing });
    return { caseId, state: standing };
  });
}

export async function setCase(
  tx: EntityManager,
  caseId: string,
  { state, until, said }: { state: CaseState; until?: string; said?: { reason: string; by: string } },
): Promise<void> {
  await tx.query(
    `UPDATE collection_case SET state = $2, paused_until = $3, reason = $4, reason_by = $5, row_version = row_version + 1, updated_at = now()
     WHERE id = $1`,
    [caseId, state, until ?? null, said?.reason ?? null, said?.by ?? null],
  );
}

function mustBe(state: CaseState, wanted: readonly CaseState[]): void {
  if (!wanted.includes(state)) throw new DomainError('STATE_CONFLICT', { state });
}
