import type { Reader } from '../../db/prepared.js';
import type { JsonObject } from '../../domain/json.js';
import type { PersonRef } from './person-ref.js';

/** Who was sent a copy (AE-CC-1). */
export interface CopyView {
  person: PersonRef;
  trigger: 'SUBMIT' | 'STAGE_PASSED' | 'FINAL';
  at: string;
  readAt: string | null;
}

export async function copiesOf(db: Reader, requestId: string): Promise<CopyView[]> {
  const rows = await db.query<(Omit<CopyView, 'at' | 'readAt'> & { at: Date; read_at: Date | null })[]>(
    `SELECT json_build_object('id', e.id, 'name', e.name, 'title', e.title) AS person, c.trigger, c.at, c.read_at
     FROM request_copy c JOIN employee e ON e.id = c.person_id WHERE c.request_id = $1 ORDER BY c.ordinal`,
    [requestId],
  );
  return rows.map(({ person, trigger, at, read_at: readAt }) => ({
    person,
    trigger,
    at: at.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  }));
}

/** What a copy shows: the parts the policy names, or everything where it names none. */
export function permittedOf<T extends JsonObject | Record<string, unknown>>(
  content: T,
  fields: readonly string[] | null,
): T {
  if (fields === null) return content;
  return Object.fromEntries(Object.entries(content).filter(([name]) => fields.includes(name))) as T;
}
