import type { Reader } from '../../db/prepared.js';
import { DomainError } from '../../domain/errors.js';
import type { Viewer } from '../org/scope.js';
import { readFormFile } from '../request-kind/named.js';
import { accessTo } from './access.js';
import { readRequestView } from './request-view.js';

/**
 * One file of a request as its viewer may read it: put to it, or named by a field of its form that they see. A copy is the
 * request without its files (AE-CC-1).
 * @throws DomainError NOT_FOUND also when the viewer may not read it
 */
export async function readRequestFile(
  db: Reader,
  viewer: Viewer,
  requestId: string,
  attachmentId: string,
): Promise<{ name: string; mediaType: string; bytes: Buffer }> {
  if ((await accessTo(db, viewer, requestId)) !== 'FULL') throw new DomainError('NOT_FOUND');
  const { form } = await readRequestView(db, viewer, requestId);
  if (form?.named.files.some(({ id }) => id === attachmentId))
    return readFormFile(db, form.formId, attachmentId);
  const [row] = await db.query<{ name: string; mediaType: string; bytes: Buffer }[]>(
    `SELECT name, media_type AS "mediaType", bytes FROM request_attachment WHERE request_id = $1 AND id = $2`,
    [requestId, attachmentId],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
}
