import type { DataSource } from 'typeorm';

interface MeRow {
  id: string;
  username: string;
  name: string;
  title: string | null;
  locale: 'zh-CN' | 'en';
  unit: {
    id: string;
    name: string;
    kind: 'COMPANY' | 'REGION' | 'TEAM' | 'DEPT' | 'PRODUCT_LINE';
  } | null;
}

/** The person's own card. Null when there is no such person. */
export async function findMe(db: DataSource, personId: string): Promise<MeRow | null> {
  const [row] = await db.query<MeRow[]>(
    `SELECT e.id, e.username, e.name, e.title, e.locale,
       (SELECT json_build_object('id', u.id, 'name', u.name, 'kind', u.kind)
        FROM assignment a JOIN org_unit u ON u.id = a.unit_id
        WHERE a.employee_id = e.id AND a.is_primary AND a.valid @> now()) AS unit
     FROM employee e WHERE e.id = $1`,
    [personId],
  );
  return row ?? null;
}

export interface TokenView {
  id: string;
  name: string;
  createdAt: string;
  expiresAt: string;
}

/** The person's live personal tokens, newest first; never the tokens themselves. */
export async function listTokens(db: DataSource, personId: string): Promise<TokenView[]> {
  const rows = await db.query<{ id: string; name: string; created_at: Date; expires_at: Date }[]>(
    `SELECT id, name, created_at, expires_at FROM session
     WHERE employee_id = $1 AND kind = 'TOKEN' AND revoked_at IS NULL AND expires_at > now()
     ORDER BY created_at DESC, id DESC LIMIT 100`,
    [personId],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }));
}
