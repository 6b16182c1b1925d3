import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { assertActivePerson, lockHistory, record, refusedByTables } from './history.js';

export interface NewAbsence {
  personId: string;
  /** ISO instant; one that has passed counts as now (AE-ABS-1: an absence begins no earlier) */
  from: string;
  to: string;
  delegateId: string | null;
  note: string | null;
}

/** @throws DomainError VALIDATION ends before it begins or before now, unknown people · ORG.OVERLAP with another absence */
export function enterAbsence(
  db: DataSource,
  meta: CommandMeta,
  absence: NewAbsence,
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    await assertActivePerson(tx, absence.personId, '/personId');
    assertStandIn(absence);
    if (absence.delegateId !== null) await assertActivePerson(tx, absence.delegateId, '/delegateId');
    const head = await lockHistory(tx, 'employee', absence.personId);
    const from = absence.from < head.now ? head.now : absence.from;
    if (absence.to <= from)
      throw new DomainError('VALIDATION', {}, [
        {
          pointer: '/to',
          code: 'RANGE',
          rule: 'ends after it begins and after now',
        },
      ]);
    const id = uuidv7();
    await refusedByTables(
      tx.query(
        `INSERT INTO absence (id, employee_id, delegate_id, during, note, created_by)
         VALUES ($1, $2, $3, tstzrange($4, $5), $6, $7)`,
        [id, absence.personId, absence.delegateId, from, absence.to, absence.note, meta.actor.id],
      ),
    );
    await record(tx, head, meta.actor, 'employee.absence-entered', {
      ...absence,
      id,
      from,
    });
    return { id };
  });
}

/** Ends an absence early or takes back a coming one. @throws DomainError NOT_FOUND over, cancelled or never there */
export function cancelAbsence(db: DataSource, meta: CommandMeta, id: string): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    const [row] = await tx.query<{ employee_id: string }[]>(
      `SELECT employee_id FROM absence WHERE id = $1 AND cancelled_at IS NULL AND upper(during) > now()`,
      [id],
    );
    if (!row) throw new DomainError('NOT_FOUND');
    const head = await lockHistory(tx, 'employee', row.employee_id);
    await tx.query(`UPDATE absence SET cancelled_at = now() WHERE id = $1`, [id]);
    await record(tx, head, meta.actor, 'employee.absence-cancelled', { id });
    return null;
  });
}

function assertStandIn({ personId, delegateId }: NewAbsence): void {
  if (personId === delegateId)
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/delegateId', code: 'SELF', rule: 'somebody else' },
    ]);
}
