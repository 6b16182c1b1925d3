import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { assertActivePerson, lockHistory, record, refusedByTables } from './history.js';
import { announce } from './staff-change.js';

export interface NewPost {
  unitId: string;
  position: 'HEAD' | 'DEPUTY' | 'MEMBER';
}

/**
 * From now on the person's post is this one. Whoever was head or deputy there is a member of the unit from then on, so
 * that it is never without one in between.
 * @throws DomainError VALIDATION nobody active · NOT_FOUND no such unit · ORG.OVERLAP a second post of theirs there
 */
export function changePost(
  db: DataSource,
  meta: CommandMeta,
  personId: string,
  post: NewPost,
): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    await assertActivePerson(tx, personId, '/id');
    const known = await tx.query<unknown[]>(`SELECT 1 FROM org_unit WHERE id = $1 AND active FOR UPDATE`, [
      post.unitId,
    ]);
    if (known.length === 0) throw new DomainError('NOT_FOUND', { unitId: post.unitId });
    const head = await lockHistory(tx, 'employee', personId);
    const [before] = await tx.query<{ employee_id: string }[]>(
      `SELECT employee_id FROM assignment
       WHERE unit_id = $1 AND position = $2 AND $2 <> 'MEMBER' AND employee_id <> $3 AND valid @> now()`,
      [post.unitId, post.position, personId],
    );
    const moved: [string, NewPost][] = [
      ...(before ? [[before.employee_id, { ...post, position: 'MEMBER' }] as [string, NewPost]] : []),
      [personId, post],
    ];
    for (const [id, next] of moved) {
      await endPosts(tx, id, next.unitId);
      await refusedByTables(
        tx.query(
          `INSERT INTO assignment (id, employee_id, unit_id, position, valid) VALUES ($1, $2, $3, $4, tstzrange(now(), NULL))`,
          [uuidv7(), id, next.unitId, next.position],
        ),
      );
    }
    const replaced = before?.employee_id ?? null;
    await record(tx, head, meta.actor, 'employee.post-changed', { id: personId, ...post, replaced });
    const change = { employeeId: personId, kind: 'LINE_CHANGED' as const, role: null, effectiveAt: head.now };
    await announce(tx, change, { seq: head.seq + 1, correlationId: meta.correlationId });
    return null;
  });
}

/** The person's own post, and any they have in the unit. One that began in this very transaction never was. */
async function endPosts(
  tx: Parameters<typeof lockHistory>[0],
  personId: string,
  unitId: string,
): Promise<void> {
  const theirs = `employee_id = $1 AND (is_primary OR unit_id = $2)`;
  await tx.query(`DELETE FROM assignment WHERE ${theirs} AND lower(valid) >= now()`, [personId, unitId]);
  await tx.query(
    `UPDATE assignment SET valid = tstzrange(lower(valid), now()) WHERE ${theirs} AND valid @> now()`,
    [personId, unitId],
  );
}
