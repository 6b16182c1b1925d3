import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { assertActivePerson, lockHistory, mustBeSomebodyElse, record, refusedByTables } from './history.js';
import { announce } from './staff-change.js';

export interface NewGrant {
  personId: string;
  role: string;
  unitId: string | null;
  limit: { amount: string; currency: string } | null;
  /** ISO instants; null from = now, null to = until taken back */
  from: string | null;
  to: string | null;
}

/** @throws DomainError SOD_VIOLATION to oneself · VALIDATION · NOT_FOUND no such unit · ORG.OVERLAP held already */
export function grantRole(
  db: DataSource,
  meta: CommandMeta,
  grant: NewGrant,
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    await mustBeSomebodyElse(tx, meta.actor, grant.personId);
    await assertActivePerson(tx, grant.personId, '/personId');
    if (grant.unitId !== null) {
      const known = await tx.query<unknown[]>(`SELECT 1 FROM org_unit WHERE id = $1 AND active`, [
        grant.unitId,
      ]);
      if (known.length === 0) throw new DomainError('NOT_FOUND', { unitId: grant.unitId });
    }
    const head = await lockHistory(tx, 'employee', grant.personId);
    const from = grant.from === null || grant.from < head.now ? head.now : grant.from;
    if (grant.to !== null && grant.to <= from)
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
        `INSERT INTO role_grant (id, employee_id, role, unit_id, money_limit, currency, valid, granted_by)
         VALUES ($1, $2, $3, $4, $5, $6, tstzrange($7, $8), $9)`,
        [
          id,
          grant.personId,
          grant.role,
          grant.unitId,
          grant.limit?.amount ?? null,
          grant.limit?.currency ?? null,
          from,
          grant.to,
          meta.actor.id,
        ],
      ),
    );
    await record(tx, head, meta.actor, 'employee.role-granted', {
      ...grant,
      id,
      from,
    });
    const of = { employeeId: grant.personId, role: grant.role };
    const by = { seq: head.seq + 1, correlationId: meta.correlationId };
    await announce(tx, { ...of, kind: 'ROLE_GRANTED', effectiveAt: from }, by);
    if (grant.to !== null) await announce(tx, { ...of, kind: 'ROLE_LOST', effectiveAt: grant.to }, by);
    return { id };
  });
}

/** Takes a role back as of now. @throws DomainError NOT_FOUND over or never there */
export function revokeGrant(db: DataSource, meta: CommandMeta, id: string): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    const [row] = await tx.query<{ employee_id: string; role: string }[]>(
      `SELECT employee_id, role FROM role_grant WHERE id = $1 AND (upper_inf(valid) OR upper(valid) > now())`,
      [id],
    );
    if (!row) throw new DomainError('NOT_FOUND');
    const head = await lockHistory(tx, 'employee', row.employee_id);
    await tx.query(`DELETE FROM role_grant WHERE id = $1 AND lower(valid) >= now()`, [id]);
    await tx.query(`UPDATE role_grant SET valid = tstzrange(lower(valid), now()) WHERE id = $1`, [id]);
    await record(tx, head, meta.actor, 'employee.role-revoked', { id });
    await announce(
      tx,
      { employeeId: row.employee_id, role: row.role, kind: 'ROLE_LOST', effectiveAt: head.now },
      { seq: head.seq + 1, correlationId: meta.correlationId },
    );
    return null;
  });
}
