import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { personId } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { assertActivePerson, lockHistory, record, refusedByTables } from './history.js';

export interface NewDelegation {
  toId: string;
  role: string;
  /** which grant of the role, by its unit; null = every grant of it */
  unitId: string | null;
  from: string;
  to: string;
  reason: string;
}

/** rights over rights do not travel */
const NOT_DELEGABLE = new Set(['ADMIN', 'AUDITOR']);

/**
 * Passes a role on for a time. It can only be one's own grant, not one that was itself delegated, and it reaches as
 * far as that grant does on the day it is used: it never widens (processes §3.8).
 * @throws DomainError ORG.DELEGATION_FORBIDDEN · VALIDATION · ORG.OVERLAP
 */
export function enterDelegation(
  db: DataSource,
  meta: CommandMeta,
  delegation: NewDelegation,
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const fromId = personId(meta.actor);
    if (fromId === null || fromId === delegation.toId)
      throw new DomainError('ORG.DELEGATION_FORBIDDEN', { reason: 'SELF' });
    await assertActivePerson(tx, delegation.toId, '/toId');
    await assertHolds(tx, fromId, delegation);
    const head = await lockHistory(tx, 'employee', fromId);
    const from = delegation.from < head.now ? head.now : delegation.from;
    if (delegation.to <= from)
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
        `INSERT INTO delegation (id, from_id, to_id, role, unit_id, valid, reason, created_by)
         VALUES ($1, $2, $3, $4, $5, tstzrange($6, $7), $8, $9)`,
        [
          id,
          fromId,
          delegation.toId,
          delegation.role,
          delegation.unitId,
          from,
          delegation.to,
          delegation.reason,
          meta.actor.id,
        ],
      ),
    );
    await record(tx, head, meta.actor, 'employee.role-delegated', {
      ...delegation,
      id,
      from,
    });
    return { id };
  });
}

/** By the delegator. @throws DomainError NOT_FOUND also when it is somebody else's */
export function revokeDelegation(db: DataSource, meta: CommandMeta, id: string): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    const fromId = personId(meta.actor);
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM delegation WHERE id = $1 AND from_id = $2 AND revoked_at IS NULL`,
      [id, fromId],
    );
    if (fromId === null || rows.length === 0) throw new DomainError('NOT_FOUND');
    const head = await lockHistory(tx, 'employee', fromId);
    await tx.query(`UPDATE delegation SET revoked_at = now() WHERE id = $1`, [id]);
    await record(tx, head, meta.actor, 'employee.delegation-revoked', { id });
    return null;
  });
}

async function assertHolds(
  tx: EntityManager,
  fromId: string,
  { role, unitId }: NewDelegation,
): Promise<void> {
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM role_grant WHERE employee_id = $1 AND role = $2 AND ($3::uuid IS NULL OR unit_id = $3) AND valid @> now()`,
    [fromId, role, unitId],
  );
  if (rows.length === 0 || NOT_DELEGABLE.has(role))
    throw new DomainError('ORG.DELEGATION_FORBIDDEN', { role });
}
