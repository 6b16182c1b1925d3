import { FREE_TEXT_COPIES, type FreeTextCopy } from '../../db/free-text-copies.js';
import type { Reader } from '../../db/prepared.js';
import { namesOf, type PersonRef } from '../request/person-ref.js';

export interface TextsOfRequest {
  id: string;
  number: string;
  title: string;
  texts: number;
  lastAt: string;
}

/** What an erasure would take, what it leaves, and what it does not reach; never the texts themselves. */
export interface FreeTexts {
  person: PersonRef;
  texts: number;
  /** for reading, of the same texts */
  copies: Record<FreeTextCopy['table'], number>;
  /** erased before: only their digests are left */
  erased: number;
  /** those with most texts; those written elsewhere are in none */
  requests: TextsOfRequest[];
  /** what stays although the same person wrote it */
  outOfReach: {
    /** messages that have left with such a text in them */
    messages: number;
    /** files they put to requests */
    files: number;
    /** requests they submitted: content is the business record */
    subjects: number;
  };
}

const MOST_REQUESTS = 50;
const HERE = `($2::uuid IS NULL OR (p.aggregate_kind = 'request' AND p.aggregate_id = $2))`;

/** Null when there is nobody of that id. */
export async function freeTexts(
  db: Reader,
  { personId, requestId }: { personId: string; requestId: string | null },
): Promise<FreeTexts | null> {
  const person = (await namesOf(db, [personId]))(personId);
  if (!person) return null;
  const which = [personId, requestId];
  const copies = FREE_TEXT_COPIES.map(
    ({ table, where }) => `'${table}', (SELECT count(*)::int FROM ${table} WHERE ${where})`,
  );
  const [counts] = await db.query<Omit<FreeTexts, 'person' | 'requests'>[]>(
    `SELECT count(*) FILTER (WHERE p.erased_at IS NULL)::int AS texts, count(p.erased_at)::int AS erased,
       json_build_object(${copies.join(', ')}) AS copies,
       json_build_object(
         'messages', (SELECT count(*)::int FROM delivery d JOIN notification n ON n.id = d.notification_id
           WHERE d.state = 'SENT' AND n.params->>'by' = $1::uuid::text AND n.params ? 'comment'
             AND ($2::uuid IS NULL OR n.request_id = $2)),
         'files', (SELECT count(*)::int FROM request_attachment a WHERE a.by_id = $1 AND ($2::uuid IS NULL OR a.request_id = $2))
           + (SELECT count(*)::int FROM form_attachment f WHERE f.by_id = $1 AND ($2::uuid IS NULL
             OR f.form_id = (SELECT q.subject_id FROM approval_request q WHERE q.id = $2 AND q.kind = 'GENERAL'))),
         'subjects', (SELECT count(*)::int FROM approval_request r WHERE r.initiator_id = $1 AND ($2::uuid IS NULL OR r.id = $2))
       ) AS "outOfReach"
     FROM personal_text p WHERE p.author_id = $1 AND ${HERE}`,
    which,
  );
  const requests = await db.query<TextsOfRequest[]>(
    `SELECT r.id, r.number, r.title, t.texts, to_char(t.last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "lastAt"
     FROM (
       SELECT p.aggregate_id, count(*)::int AS texts, max(p.at) AS last_at FROM personal_text p
       WHERE p.author_id = $1 AND p.erased_at IS NULL AND p.aggregate_kind = 'request' AND ${HERE}
       GROUP BY p.aggregate_id ORDER BY texts DESC, p.aggregate_id LIMIT ${MOST_REQUESTS}) t
     JOIN approval_request r ON r.id = t.aggregate_id
     ORDER BY t.texts DESC, r.number`,
    which,
  );
  return { person, ...counts!, requests };
}
