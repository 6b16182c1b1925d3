import type { DataSource } from 'typeorm';
import { prepared } from '../../db/prepared.js';

/** Whom a credential stands for at this instant, and which state of the organisation decides their rights. */
export interface Bearer {
  personId: string;
  sessionId: string | null;
  /** ISO instant at which they last proved who they are; null: nobody knows */
  authenticatedAt: string | null;
  revision: string;
  /** Postgres' clock, milliseconds since the epoch */
  atMs: number;
}

interface Row {
  person_id: string;
  session_id: string | null;
  authenticated_at: Date | null;
  revision: string;
  at_ms: string;
}

const AT = `r.revision, (extract(epoch FROM now()) * 1000)::bigint AS at_ms`;

/** A live session or personal token of somebody who has not left and whose account is not disabled. */
export async function bearerOfToken(db: DataSource, tokenHash: Buffer): Promise<Bearer | null> {
  const rows = await prepared<Row>(
    db,
    `SELECT s.id AS session_id, s.authenticated_at, e.id AS person_id, ${AT}
     FROM session s
     JOIN employee e ON e.id = s.employee_id AND e.status <> 'LEFT'
     JOIN account a ON a.employee_id = e.id AND a.disabled_at IS NULL
     CROSS JOIN org_revision r
     WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > now()`,
    [tokenHash],
  );
  return bearer(rows[0]);
}

/** The person an issuer's subject is linked to, as the issuer says when they proved it (`auth_time`). An unknown subject is nobody: people are not made by their tokens. */
export async function bearerOfSubject(
  db: DataSource,
  issuer: string,
  subject: string,
  authenticatedAt: string | null,
): Promise<Bearer | null> {
  const rows = await db.query<Row[]>(
    `SELECT NULL AS session_id, $3::timestamptz AS authenticated_at, e.id AS person_id, ${AT}
     FROM oidc_identity i
     JOIN employee e ON e.id = i.employee_id AND e.status <> 'LEFT'
     LEFT JOIN account a ON a.employee_id = e.id
     CROSS JOIN org_revision r
     WHERE i.issuer = $1 AND i.subject = $2 AND a.disabled_at IS NULL`,
    [issuer, subject, authenticatedAt],
  );
  return bearer(rows[0]);
}

function bearer(row: Row | undefined): Bearer | null {
  return row
    ? {
        personId: row.person_id,
        sessionId: row.session_id,
        authenticatedAt: row.authenticated_at?.toISOString() ?? null,
        revision: row.revision,
        atMs: Number(row.at_ms),
      }
    : null;
}
