import type { Reader } from '../../db/prepared.js';

export interface PersonRef {
  id: string;
  name: string;
  title: string | null;
}

/** Names behind ids, in one statement. The system's own acts and unknown ids have none. */
export type NameOf = (id: string | null | undefined) => PersonRef | null;

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export async function namesOf(db: Reader, ids: Iterable<string | null | undefined>): Promise<NameOf> {
  const wanted = [...new Set(ids)].filter((id): id is string => typeof id === 'string' && UUID.test(id));
  const rows = await db.query<PersonRef[]>(
    `SELECT id, name, title FROM employee WHERE id = ANY($1::uuid[])`,
    [wanted],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return (id) => (id ? (known.get(id) ?? null) : null);
}
