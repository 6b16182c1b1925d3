import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { changeRequest } from '../approval/takeback.js';
import { hashPassword } from '../auth/password.js';
import { endAllSessions } from '../auth/session.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { transactionTime } from '../events.js';
import { loadDirectory } from './directory.js';
import { assertActivePerson, lockHistory, mustBeSomebodyElse, record, refusedByTables } from './history.js';
import { announce } from './staff-change.js';

export interface NewPerson {
  username: string;
  name: string;
  title: string | null;
  unitId: string;
  position: 'HEAD' | 'DEPUTY' | 'MEMBER';
  locale: 'zh-CN' | 'en';
  /** null = signs in through the issuer only */
  password: string | null;
}

/** @throws DomainError ALREADY_EXISTS the username is taken · NOT_FOUND no such unit · ORG.OVERLAP the unit has a head */
export function createPerson(
  db: DataSource,
  meta: CommandMeta,
  person: NewPerson,
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const id = uuidv7();
    const head = await lockHistory(tx, 'employee', id);
    const made = await tx.query<unknown[]>(
      `INSERT INTO employee (id, username, name, title, office_key, zone, locale, identity)
       SELECT $1, $2, $3, $4, o.key, o.zone, $5, $1 FROM office o WHERE o.key = 'CN'
       ON CONFLICT (username) DO NOTHING RETURNING 1`,
      [id, person.username, person.name, person.title, person.locale],
    );
    if (made.length === 0) throw new DomainError('ALREADY_EXISTS', { username: person.username });
    await assign(tx, id, person);
    if (person.password !== null)
      await tx.query(`INSERT INTO account (employee_id, password_hash) VALUES ($1, $2)`, [
        id,
        await hashPassword(person.password),
      ]);
    const { password: _, ...known } = person;
    await record(tx, head, meta.actor, 'employee.created', { ...known, id });
    if (person.position !== 'MEMBER') {
      const change = { employeeId: id, kind: 'LINE_CHANGED' as const, role: null, effectiveAt: head.now };
      await announce(tx, change, { seq: head.seq + 1, correlationId: meta.correlationId });
    }
    return { id };
  });
}

/**
 * The person has left: rights, posts and sessions end now; a process hands the seats they hold to others (AE-LEAVE-1).
 * @param successorId who takes over what is theirs in person; null = whoever they reported to
 * @throws DomainError NOT_FOUND · SOD_VIOLATION oneself · VALIDATION the successor is nobody active, or themselves
 */
export function deactivatePerson(
  db: DataSource,
  meta: CommandMeta,
  id: string,
  successorId: string | null = null,
): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    await mustBeSomebodyElse(tx, meta.actor, id);
    if (successorId !== null) await assertSuccessor(tx, id, successorId);
    const managerId = await managerOfPerson(tx, id);
    // while the reporting line still says who answers for them
    for (const requestId of await returnedTo(tx, id))
      await changeRequest(
        tx,
        meta,
        { requestId, sees: () => Promise.resolve(true) },
        { type: 'REPLACE_INITIATOR' },
      );
    const head = await lockHistory(tx, 'employee', id);
    const [, left] = await tx.query<[unknown[], number]>(
      `UPDATE employee SET status = 'LEFT', left_at = now() WHERE id = $1 AND status <> 'LEFT'`,
      [id],
    );
    if (left === 0) throw new DomainError('NOT_FOUND');
    for (const table of ['role_grant', 'assignment'])
      await tx.query(
        `UPDATE ${table} SET valid = tstzrange(lower(valid), now()) WHERE employee_id = $1 AND valid @> now() AND lower(valid) < now()`,
        [id],
      );
    await endAllSessions(tx, id);
    await record(tx, head, meta.actor, 'employee.left', { id, successorId });
    await announce(
      tx,
      { employeeId: id, kind: 'LEFT', role: null, effectiveAt: head.now, successorId, managerId },
      { seq: head.seq + 1, correlationId: meta.correlationId },
    );
    return null;
  });
}

async function assertSuccessor(tx: EntityManager, id: string, successorId: string): Promise<void> {
  await assertActivePerson(tx, successorId, '/successorId');
  if (successorId === id)
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/successorId', code: 'SELF', rule: 'somebody else' },
    ]);
}

async function managerOfPerson(tx: EntityManager, id: string): Promise<string | null> {
  const { people } = await loadDirectory(tx, { personIds: [id], at: await transactionTime(tx) });
  return people[id]?.managerId ?? null;
}

async function returnedTo(tx: EntityManager, id: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `SELECT id FROM approval_request WHERE initiator_id = $1 AND state = 'RETURNED' ORDER BY id`,
    [id],
  );
  return rows.map((row) => row.id);
}

/**
 * An issuer's subject signs in as this person from now on.
 * @throws DomainError SOD_VIOLATION oneself · ALREADY_EXISTS linked already · NOT_FOUND
 */
export function linkOidcIdentity(
  db: DataSource,
  meta: CommandMeta,
  id: string,
  identity: { issuer: string; subject: string },
): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    await mustBeSomebodyElse(tx, meta.actor, id);
    const head = await lockHistory(tx, 'employee', id);
    const [known] = await tx.query<unknown[]>(`SELECT 1 FROM employee WHERE id = $1 AND status <> 'LEFT'`, [
      id,
    ]);
    if (!known) throw new DomainError('NOT_FOUND');
    const made = await tx.query<unknown[]>(
      `INSERT INTO oidc_identity (issuer, subject, employee_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1`,
      [identity.issuer, identity.subject, id],
    );
    if (made.length === 0) throw new DomainError('ALREADY_EXISTS');
    await record(tx, head, meta.actor, 'employee.identity-linked', {
      id,
      ...identity,
    });
    return null;
  });
}

async function assign(tx: EntityManager, id: string, { unitId, position }: NewPerson): Promise<void> {
  const known = await tx.query<unknown[]>(`SELECT 1 FROM org_unit WHERE id = $1 AND active`, [unitId]);
  if (known.length === 0) throw new DomainError('NOT_FOUND', { unitId });
  await refusedByTables(
    tx.query(
      `INSERT INTO assignment (id, employee_id, unit_id, position, valid) VALUES ($1, $2, $3, $4, tstzrange(now(), NULL))`,
      [uuidv7(), id, unitId, position],
    ),
  );
}
