import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import {
  checkDone,
  checkPlanned,
  contactClock,
  type ActivityKind,
  type ActivityState,
} from '../../domain/opportunity/activity.js';
import { isActiveStage } from '../../domain/opportunity/pipeline.js';
import { continueAggregate, type AggregateHead } from '../events.js';
import { lockDeal, mustBePerson, record, type LockedDeal } from '../opportunity/store.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { hasNext, planNext, type About, type NextActivity } from './plan.js';

export interface NewActivity {
  opportunityId: string | null;
  customerId: string | null;
  contactId: string | null;
  kind: ActivityKind;
  subject: string;
  note: string | null;
  /** ISO date of a planned one */
  plannedOn: string | null;
  /** ISO instant of a done one; exactly one of the two */
  doneAt: string | null;
  twoWay: boolean;
  /** planned along with a done one */
  next: NextActivity | null;
}

type Of = Pick<NewActivity, 'opportunityId' | 'customerId' | 'contactId'>;

interface Subject {
  deal: LockedDeal | null;
  head: AggregateHead;
  about: About;
}

/**
 * Plans something, or logs what was done. Only a done two-way activity is contact: it alone moves the deal's contact clock
 * and takes back that the deal is stuck.
 * @throws DomainError VALIDATION · NOT_FOUND the deal
 */
export function logActivity(
  db: DataSource,
  meta: CommandMeta,
  activity: NewActivity,
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const { opportunityId: dealId, customerId: accountId, contactId: personId } = activity;
    const subject = await subjectOf(tx, meta, {
      opportunityId: dealId,
      customerId: accountId,
      contactId: personId,
    });
    const { kind, plannedOn, doneAt, twoWay, note } = activity;
    let id: string;
    if (doneAt === null) {
      id = await planNext(
        tx,
        { kind, plannedOn: plannedOn!, subject: activity.subject },
        subject.about,
        '/plannedOn',
      );
      if (note !== null) await tx.query(`UPDATE activity SET note = $2 WHERE id = $1`, [id, note]);
    } else {
      checkDone({ kind, at: doneAt, twoWay }, subject.head.now);
      id = uuidv7();
      const { opportunityId, customerId, contactId, ownerId, unitId } = subject.about;
      await tx.query(
        `INSERT INTO activity (id, kind, state, opportunity_id, customer_id, contact_id, subject, note, planned_on, done_at, two_way, owner_id, unit_id)
         VALUES ($1, $2, 'DONE', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          id,
          kind,
          opportunityId,
          customerId,
          contactId,
          activity.subject,
          note,
          plannedOn,
          doneAt,
          twoWay,
          ownerId,
          unitId,
        ],
      );
      await heardFrom(tx, subject.deal, { kind, at: doneAt, twoWay });
    }
    if (activity.next) await planNext(tx, activity.next, subject.about);
    const type = doneAt === null ? 'activity.planned' : 'activity.logged';
    await record(tx, subject.head, meta.actor, type, { activityId: id, kind, plannedOn, doneAt, twoWay });
    return { id };
  });
}

/**
 * A planned activity was done, as it says. A deal that is sold always has a next one: the last cannot be done without.
 * @throws DomainError NOT_FOUND · STALE_VERSION · ACTIVITY.STATE · VALIDATION
 */
export function completeActivity(
  db: DataSource,
  meta: CommandMeta,
  done: {
    id: string;
    expectedVersion: number;
    doneAt: string;
    twoWay: boolean;
    note: string | null;
    next: NextActivity | null;
  },
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const { id, doneAt, twoWay, note, next } = done;
    const planned = await lockPlanned(tx, meta, id, done.expectedVersion);
    checkDone({ kind: planned.kind, at: doneAt, twoWay }, planned.head.now);
    await tx.query(
      `UPDATE activity SET state = 'DONE', done_at = $2, two_way = $3, note = coalesce($4, note),
         row_version = row_version + 1, updated_at = now() WHERE id = $1`,
      [id, doneAt, twoWay, note],
    );
    await heardFrom(tx, planned.deal, { kind: planned.kind, at: doneAt, twoWay });
    if (next) await planNext(tx, next, planned.about);
    await mustHaveNext(tx, planned.deal);
    await record(tx, planned.head, meta.actor, 'activity.done', { activityId: id, doneAt, twoWay });
    return { id };
  });
}

/**
 * Moves a planned activity to another day, or calls it off; a deal that is sold keeps one.
 * @param change.plannedOn ISO date; null calls it off
 * @throws DomainError NOT_FOUND · STALE_VERSION · ACTIVITY.STATE · VALIDATION
 */
export function replanActivity(
  db: DataSource,
  meta: CommandMeta,
  change: { id: string; expectedVersion: number; plannedOn: string | null; next: NextActivity | null },
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const { id, plannedOn } = change;
    const planned = await lockPlanned(tx, meta, id, change.expectedVersion);
    if (plannedOn !== null) checkPlanned(plannedOn, planned.about.today, '/plannedOn');
    await tx.query(
      `UPDATE activity SET state = CASE WHEN $2::date IS NULL THEN 'CANCELLED' ELSE 'PLANNED' END,
         planned_on = coalesce($2, planned_on), row_version = row_version + 1, updated_at = now() WHERE id = $1`,
      [id, plannedOn],
    );
    if (change.next) await planNext(tx, change.next, planned.about);
    await mustHaveNext(tx, planned.deal);
    const type = plannedOn === null ? 'activity.cancelled' : 'activity.moved';
    await record(tx, planned.head, meta.actor, type, { activityId: id, plannedOn });
    return { id };
  });
}

/** What somebody wants to log or plan about, which must fit together. */
async function subjectOf(tx: EntityManager, meta: CommandMeta, of: Of): Promise<Subject> {
  const subject = await lockSubject(tx, meta, of);
  const { deal, about } = subject;
  if (deal?.customerId && about.customerId !== deal.customerId)
    throw mismatch('/customerId', 'the deal’s customer');
  if (of.contactId !== null) {
    const known = await tx.query<unknown[]>(`SELECT 1 FROM contact WHERE id = $1 AND customer_id = $2`, [
      of.contactId,
      about.customerId,
    ]);
    if (known.length === 0) throw mismatch('/contactId', 'a contact of the customer');
  }
  return subject;
}

async function lockSubject(tx: EntityManager, meta: CommandMeta, of: Of): Promise<Subject> {
  const person = mustBePerson(meta);
  const deal = of.opportunityId === null ? null : await lockDeal(tx, of.opportunityId);
  const customerId = of.customerId ?? deal?.customerId ?? null;
  const head = deal?.head ?? (await continueAggregate(tx, 'customer', customerId!));
  const [own] = await tx.query<{ today: string; unitId: string | null }[]>(
    `SELECT (now() AT TIME ZONE e.zone)::date::text AS today,
       (SELECT a.unit_id FROM assignment a WHERE a.employee_id = e.id AND a.is_primary AND a.valid @> now()) AS "unitId"
     FROM employee e WHERE e.id = $1`,
    [person],
  );
  return { deal, head, about: { ...of, customerId, ownerId: person, ...own! } };
}

/** What was planned stands as it was stored, whatever has changed about the deal or the contact since. */
async function lockPlanned(
  tx: EntityManager,
  meta: CommandMeta,
  id: string,
  expectedVersion: number,
): Promise<Subject & { kind: ActivityKind }> {
  const [row] = await tx.query<Of[]>(
    `SELECT opportunity_id AS "opportunityId", customer_id AS "customerId", contact_id AS "contactId" FROM activity WHERE id = $1`,
    [id],
  );
  if (!row) throw new DomainError('NOT_FOUND', { activityId: id });
  const subject = await lockSubject(tx, meta, row);
  const [now] = await tx.query<{ state: ActivityState; kind: ActivityKind; version: number }[]>(
    `SELECT state, kind, row_version AS version FROM activity WHERE id = $1 FOR UPDATE`,
    [id],
  );
  if (now!.version !== expectedVersion)
    throw new DomainError('STALE_VERSION', { currentVersion: now!.version });
  if (now!.state !== 'PLANNED') throw new DomainError('ACTIVITY.STATE', { state: now!.state });
  return { ...subject, kind: now!.kind };
}

async function heardFrom(
  tx: EntityManager,
  deal: LockedDeal | null,
  done: { kind: ActivityKind; at: string; twoWay: boolean },
): Promise<void> {
  if (!deal) return;
  const clock = contactClock(deal.contactAt, done);
  if (clock === deal.contactAt) return;
  await tx.query(
    `UPDATE opportunity SET contact_at = $2, stuck_at = NULL, updated_at = now() WHERE id = $1`,
    [deal.id, clock],
  );
}

async function mustHaveNext(tx: EntityManager, deal: LockedDeal | null): Promise<void> {
  if (deal && isActiveStage(deal.stage) && !(await hasNext(tx, deal.id)))
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/next', code: 'REQUIRED', rule: 'a deal that is sold has a next activity' },
    ]);
}

function mismatch(pointer: string, rule: string): DomainError {
  return new DomainError('VALIDATION', {}, [{ pointer, code: 'NOT_FOUND', rule }]);
}
