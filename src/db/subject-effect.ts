import { effectWithoutUndo } from '../domain/request-kind/built-in.js';
import type { Reader } from './prepared.js';

/** What has followed from a subject's approval and cannot be undone, as a word; null: nothing, or it can be (AE-RV-1). */
export async function irreversibleEffect(
  db: Reader,
  kind: string,
  subjectId: string,
): Promise<string | null> {
  const [row] = await db.query<{ effect: string | null }[]>(
    `SELECT effect FROM subject_effect WHERE kind = $1 AND subject_id = $2`,
    [kind, subjectId],
  );
  return effectWithoutUndo(kind, row?.effect ?? null);
}
