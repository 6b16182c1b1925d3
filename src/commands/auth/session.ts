import { createHash, randomBytes } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';

export const SESSION_HOURS = 12;
const TOKEN_BYTES = 32;

export interface IssuedSession {
  id: string;
  /** shown once; Postgres keeps only its SHA-256 */
  token: string;
  expiresAt: string;
}

interface NewSession {
  employeeId: string;
  kind: 'SESSION' | 'TOKEN';
  name: string | null;
  hours: number;
  /** whoever gets it has just proved who they are */
  authenticated?: boolean;
}

/** Opaque random token. What it opens is a row, so that logging out or leaving ends it at once. */
export async function issueSession(
  tx: DataSource | EntityManager,
  session: NewSession,
): Promise<IssuedSession> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const id = uuidv7();
  const [row] = await tx.query<{ expires_at: Date }[]>(
    `INSERT INTO session (id, token_hash, employee_id, kind, name, expires_at, authenticated_at)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(hours => $6), CASE WHEN $7 THEN now() END) RETURNING expires_at`,
    [
      id,
      createHash('sha256').update(token).digest(),
      session.employeeId,
      session.kind,
      session.name,
      session.hours,
      session.authenticated ?? false,
    ],
  );
  return { id, token, expiresAt: row!.expires_at.toISOString() };
}

/** Ends one session or token of the person. @throws DomainError NOT_FOUND also when it is somebody else's */
export async function endSession(
  tx: DataSource | EntityManager,
  employeeId: string,
  sessionId: string,
): Promise<void> {
  const [, ended] = await tx.query<[unknown[], number]>(
    `UPDATE session SET revoked_at = now() WHERE id = $1 AND employee_id = $2 AND revoked_at IS NULL`,
    [sessionId, employeeId],
  );
  if (ended === 0) throw new DomainError('NOT_FOUND');
}

/** Ends whatever the person is logged in with: on leaving, on a new password. */
export async function endAllSessions(tx: EntityManager, employeeId: string): Promise<void> {
  await tx.query(`UPDATE session SET revoked_at = now() WHERE employee_id = $1 AND revoked_at IS NULL`, [
    employeeId,
  ]);
}
