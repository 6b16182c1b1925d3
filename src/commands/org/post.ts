import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { assertActivePerson, lockHistory, mustBeSomebodyElse, record, refusedByTables } from './history.js';
import { announce } from './staff-change.js';

export interface NewPost {
  unitId: string;
  position: 'HEAD' | 'DEPUTY' | 'MEMBER';
}

/**
 * From now on the person's post is this one. Whoever was head or deputy there is a member of the unit from then on, so
 * that it is never without one in between; whoever was so besides a post of their own elsewhere keeps that.
 * @throws DomainError SOD_VIOLATION one's own post · VALIDATION nobody active · NOT_FOUND no such unit · ORG.OVERLAP a second post of theirs there
 */
export function changePost(
  db: DataSource,
  meta: CommandMeta,
  personId: string,
  post: NewPost,
): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    await mustBeSomebodyElse(tx, meta.actor, personId);
    await assertActivePerson(tx, personId, '/id');
    const known = await tx.query<unknown[]>(`SELECT 1 FROM org_unit WHERE id = $1 AND active FOR UPDATE`, [
      post.unitId,
    ]);
    if (known.length === 0) throw new DomainError('NOT_FOUND', { unitId: post.unitId });
    const head = await lockHistory(tx, 'employee', personId);
    const [before] = await tx.query<{ personId: string; isPrimary: boolean }[]>(
      `SELECT employee_id AS "personId", is_primary AS "isPrimary" FROM assignment
       WHERE unit_id = $1 AND position = $2 AND $2 <> 'MEMBER' AND employee_id <> $3 AND valid @> now()`,
      [post.unitId, post.position, personId],
    );
    if (before) await begin(tx, { ...post, ...before, position: 'MEMBER' });
    await begin(tx, { ...post, personId, isPrimary: true });
    const replaced = before?.personId ?? null;
    await record(tx, head, meta.actor, 'employee.post-changed', { id: personId, ...post, replaced });
    const change = { employeeId: personId, kind: 'LINE_CHANGED' as const, role: null, effectiveAt: head.now };
    await announce(tx, change, { seq: head.seq + 1, correlationId: meta.correlationId });
    return null;
  });
}

/** In place of any post they have in the unit, and of their own one when this is to be it. */
async function begin(
  tx: EntityManager,
  { personId, unitId, position, isPrimary }: NewPost & { personId: string; isPrimary: boolean },
): Promise<void> {
  const theirs = `employee_id = $1 AND (unit_id = $2 OR (is_primary AND $3))`;
  const params = [personId, unitId, isPrimary];
  // one that began in this very transaction never was
  await tx.query(`DELETE FROM assignment WHERE ${theirs} AND lower(valid) >= now()`, params);
  await tx.query(
    `UPDATE assignment SET valid = tstzrange(lower(valid), now()) WHERE ${theirs} AND valid @> now()`,
    params,
  );
  await refusedByTables(
    tx.query(
      `INSERT INTO assignment (id, employee_id, unit_id, position, is_primary, valid)
       VALUES ($1, $2, $3, $4, $5, tstzrange(now(), NULL))`,
      [uuidv7(), personId, unitId, position, isPrimary],
    ),
  );
}
