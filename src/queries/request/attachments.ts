import type { Reader } from '../../db/prepared.js';
import type { AttachmentRef } from '../../domain/approval/model.js';
import type { PersonRef } from './person-ref.js';

export interface AttachmentView extends AttachmentRef {
  by: PersonRef;
  at: string;
}

/** The files of a request, in the order they came; without what is in them. */
export async function attachmentsOfRequest(db: Reader, requestId: string): Promise<AttachmentView[]> {
  const rows = await db.query<(Omit<AttachmentView, 'at'> & { at: Date })[]>(
    `SELECT a.id, a.name, a.media_type AS "mediaType", a.size, a.sha256, a.at,
       json_build_object('id', e.id, 'name', e.name, 'title', e.title) AS by
     FROM request_attachment a JOIN employee e ON e.id = a.by_id WHERE a.request_id = $1 ORDER BY a.id`,
    [requestId],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
