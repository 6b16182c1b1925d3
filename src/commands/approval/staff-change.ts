import type { DataSource } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { Role } from '../../domain/org/directory.js';
import { lockHistory, record } from '../org/history.js';
import { runCommand } from '../transaction.js';
import { onEachRequest, requestsHeldBy, type EachRequest, type Walked } from './each-request.js';
import type { Step } from './time.js';

interface Row {
  employee_id: string | null;
  unit_id: string | null;
  kind: 'LEFT' | 'ROLE_GRANTED' | 'ROLE_LOST' | 'LINE_CHANGED' | 'SAME_HUMAN';
  role: Role;
}

const ACTOR = systemActor('staff');

/**
 * Looks at every open request that a change of the organisation touches, each in a command of its own, then notes that it
 * did. Early, late or repeated it finds nothing to do (AE-LEAVE-3).
 * @throws DomainError NOT_FOUND
 */
export async function applyStaffChange(
  db: DataSource,
  step: Step,
  changeId: string,
  beat: (requestId: string) => void = () => undefined,
): Promise<Walked> {
  const [change] = await db.query<Row[]>(
    `SELECT employee_id, unit_id, kind, role FROM staff_change WHERE id = $1 AND effective_at <= now()`,
    [changeId],
  );
  if (!change) throw new DomainError('NOT_FOUND', { changeId });
  const walked: Walked = { changed: 0, refused: [] };
  for (const each of walksOf(db, change)) {
    const { changed, refused } = await onEachRequest(db, step, each, beat);
    walked.changed += changed;
    walked.refused.push(...refused);
  }
  await noted(db, step, changeId, change, walked);
  return walked;
}

/** First what the change means for whom it is about, then what it means for whoever the organisation asks. */
function walksOf(db: DataSource, change: Row): EachRequest[] {
  const { employee_id: personId, kind, role } = change;
  const of = { personIds: personId === null ? [] : [personId], actor: ACTOR };
  const orgChanged = { ...of, find: touchedBy(db, change), command: { type: 'ORG_CHANGED' as const } };
  if (personId === null) return [orgChanged];
  switch (kind) {
    case 'LEFT':
      return [
        { ...of, find: requestsHeldBy(db, personId), command: { type: 'PERSON_LEFT', personId } },
        orgChanged,
      ];
    case 'ROLE_LOST':
      return [
        { ...of, find: strictSeatsOf(db, personId), command: { type: 'ROLE_LOST', personId, role } },
        orgChanged,
      ];
    case 'ROLE_GRANTED':
      return [
        { ...of, find: openPoolsOf(db, role), command: { type: 'JOIN_POOLS', personId, role } },
        orgChanged,
      ];
    case 'LINE_CHANGED':
    case 'SAME_HUMAN':
      return [orgChanged];
  }
}

/**
 * Pending requests that a change of the organisation can mean something for: a running stage follows the reporting line;
 * reports of the initiator are kept out; or an account of the human it is about has a seat in it, open or answered.
 */
function touchedBy(db: DataSource, { employee_id: personId }: Row): EachRequest['find'] {
  return async (after, limit) => {
    const rows = await db.query<{ id: string }[]>(
      `WITH account AS (
         SELECT a.id FROM employee p JOIN employee a ON a.identity = p.identity WHERE p.id = $1
       ), touched AS (
         SELECT t.request_id AS id FROM approval_stage t
         WHERE t.state = 'ACTIVE' AND (t.spec->>'strictReporting')::boolean
         UNION
         SELECT r.id FROM approval_request r
         WHERE r.state = 'PENDING' AND r.separation @> '[{"kind": "NOT_REPORT_OF_INITIATOR"}]'
         UNION
         SELECT s.request_id FROM approval_seat s JOIN account a ON a.id IN (s.holder_id, s.owner_id)
       )
       SELECT r.id FROM approval_request r
       WHERE r.state = 'PENDING' AND r.id IN (SELECT id FROM touched) AND ($2::uuid IS NULL OR r.id > $2)
       ORDER BY r.id LIMIT $3`,
      [personId, after, limit],
    );
    return rows.map(({ id }) => id);
  };
}

/** Pending requests with a live seat the policy gave the person, in a stage that insists on its role. */
function strictSeatsOf(db: DataSource, personId: string): EachRequest['find'] {
  return async (after, limit) => {
    const rows = await db.query<{ id: string }[]>(
      `SELECT DISTINCT s.request_id AS id FROM approval_seat s
       JOIN approval_stage t ON t.id = s.stage_id AND (t.spec->>'strictRole')::boolean
       JOIN approval_request r ON r.id = s.request_id AND r.round = s.round AND r.state = 'PENDING'
       WHERE s.owner_id = $1 AND s.state IN ('WAITING', 'OPEN', 'PARKED') AND ($2::uuid IS NULL OR s.request_id > $2)
       ORDER BY s.request_id LIMIT $3`,
      [personId, after, limit],
    );
    return rows.map(({ id }) => id);
  };
}

/** Pending requests with a pool of the role that runs (AE-LEAVE-4). */
function openPoolsOf(db: DataSource, role: Role): EachRequest['find'] {
  return async (after, limit) => {
    const rows = await db.query<{ id: string }[]>(
      `SELECT DISTINCT t.request_id AS id FROM approval_stage t
       JOIN approval_request r ON r.id = t.request_id AND r.round = t.round AND r.state = 'PENDING'
       WHERE t.state = 'ACTIVE' AND (t.spec->>'pool')::boolean AND t.spec->'resolver'->>'role' = $1
         AND ($2::uuid IS NULL OR t.request_id > $2)
       ORDER BY t.request_id LIMIT $3`,
      [role, after, limit],
    );
    return rows.map(({ id }) => id);
  };
}

/** The second look settles it: by then every command that had read the organisation as it was has ended. */
async function noted(
  db: DataSource,
  step: Step,
  changeId: string,
  { employee_id: personId, unit_id: unitId, kind }: Row,
  { changed, refused }: Walked,
): Promise<void> {
  const { key, correlationId } = step;
  const meta = { actor: ACTOR, key, scope: `staff-change/${changeId}`, body: null, correlationId };
  await runCommand(db, meta, async (tx) => {
    const [aggregate, id] =
      personId === null ? ['org_unit' as const, unitId!] : ['employee' as const, personId];
    const head = await lockHistory(tx, aggregate, id);
    await tx.query(
      `UPDATE staff_change SET settled_at = CASE WHEN acted_at IS NULL THEN NULL ELSE clock_timestamp() END,
         acted_at = coalesce(acted_at, clock_timestamp()) WHERE id = $1`,
      [changeId],
    );
    if (changed > 0 || refused.length > 0)
      await record(tx, head, ACTOR, personId === null ? 'unit.seats-moved' : 'employee.seats-moved', {
        changeId,
        kind,
        requests: changed,
        refused: refused.slice(0, 100),
      });
    return null;
  });
}
