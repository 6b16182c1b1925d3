import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { hashPassword } from '../auth/password.js';
import { endAllSessions } from '../auth/session.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockHistory, record } from './history.js';

/**
 * The person signs in with this password from now on, whether they had an account or came by an import; all their
 * sessions end. @throws DomainError NOT_FOUND nobody active has the username
 */
export function setPassword(
  db: DataSource,
  meta: CommandMeta,
  { username, password }: { username: string; password: string },
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const [person] = await tx.query<{ id: string }[]>(
      `SELECT id FROM employee WHERE username = $1 AND status <> 'LEFT'`,
      [username],
    );
    if (!person) throw new DomainError('NOT_FOUND', { username });
    await storePassword(tx, person.id, password);
    await endAllSessions(tx, person.id);
    const head = await lockHistory(tx, 'employee', person.id);
    await record(tx, head, meta.actor, 'employee.password-set', { id: person.id });
    return { id: person.id };
  });
}

/**
 * A person of no unit with the role ADMIN everywhere: the way into an installation without the demo company.
 * @throws DomainError ALREADY_EXISTS the username is taken
 */
export function createAdministrator(
  db: DataSource,
  meta: CommandMeta,
  { username, name, password }: { username: string; name: string; password: string },
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const id = uuidv7();
    const head = await lockHistory(tx, 'employee', id);
    const made = await tx.query<unknown[]>(
      `INSERT INTO employee (id, username, name, office_key, zone, identity)
       SELECT $1, $2, $3, o.key, o.zone, $1 FROM office o WHERE o.key = 'CN'
       ON CONFLICT (username) DO NOTHING RETURNING 1`,
      [id, username, name],
    );
    if (made.length === 0) throw new DomainError('ALREADY_EXISTS', { username });
    await tx.query(
      `INSERT INTO role_grant (id, employee_id, role, valid, granted_by) VALUES ($1, $2, 'ADMIN', tstzrange(now(), NULL), $3)`,
      [uuidv7(), id, meta.actor.id],
    );
    await storePassword(tx, id, password);
    await record(tx, head, meta.actor, 'employee.created', { id, username, name, role: 'ADMIN' });
    return { id };
  });
}

async function storePassword(tx: EntityManager, id: string, password: string): Promise<void> {
  await tx.query(
    `INSERT INTO account (employee_id, password_hash) VALUES ($1, $2)
     ON CONFLICT (employee_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = now(), disabled_at = NULL`,
    [id, await hashPassword(password)],
  );
}
