import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ATTACHMENT_RULE, mustSuitRule } from '../../domain/approval/attachment.js';
import { mediaTypeOf } from '../../domain/approval/media-type.js';
import type { AttachmentRef } from '../../domain/approval/model.js';
import { DomainError } from '../../domain/errors.js';
import { uploadFault } from '../upload/upload-fault.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { judge } from './apply.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { approvalPolicyOf } from './policy-content.js';
import { lockVisible, type ReadRight } from './request-lock.js';
import { commandInTurn } from './turn.js';

export interface UploadedFile {
  requestId: string;
  name: string;
  bytes: Buffer;
  sees?: ReadRight;
}

export type Attached = Pick<AttachmentRef, 'id' | 'sha256'>;

/**
 * Puts a file to a request; its digest becomes part of the request's history (AE-REQ-1). The same key with another file
 * is refused as any other body.
 * @throws DomainError NOT_FOUND · REQUEST_CLOSED · NOT_HOLDER · BODY_TOO_LARGE · ATTACHMENT_TYPE · ATTACHMENT_LIMIT ·
 *   FILE_UNSAFE
 */
export async function attachFile(
  db: DataSource,
  meta: CommandMeta,
  { requestId, name, bytes, sees }: UploadedFile,
): Promise<Answer<Attached>> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const mediaType = mediaTypeOf(name, bytes);
  const fault = await uploadFault(mediaType, bytes);
  return commandInTurn(db, { ...meta, body: { name, sha256 } }, requestId, async (tx) => {
    const held = await lockVisible(tx, requestId, meta.actor, sees);
    const size = bytes.length;
    const attachment = { id: uuidv7(), name, mediaType: mediaType!, size, sha256 };
    const context = await contextFor(tx, held.before, { actor: meta.actor, now: held.head.now });
    // who may not put files to it is refused for that first: how many there are is not for everybody who reads it
    const decided = judge(held.before, { type: 'ATTACH', attachment }, context);
    const { content } = await approvalPolicyOf(tx, held.before.policy.id);
    mustSuitRule(content.attachments ?? ATTACHMENT_RULE, attachment, await countOf(tx, requestId));
    if (fault) throw fault;
    await apply(tx, held, decided, { actor: meta.actor, cause: 'ATTACH', correlationId: meta.correlationId });
    await tx.query(
      `INSERT INTO request_attachment (id, request_id, name, media_type, size, sha256, bytes, by_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [attachment.id, requestId, name, mediaType, size, sha256, bytes, meta.actor.id, held.head.now],
    );
    return { id: attachment.id, sha256 };
  });
}

async function countOf(tx: EntityManager, requestId: string): Promise<number> {
  const [row] = await tx.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM request_attachment WHERE request_id = $1`,
    [requestId],
  );
  return row!.n;
}

/** What an answer rests on: files its actor put to this request. @throws DomainError ATTACHMENT_UNKNOWN */
export async function attachmentsOf(
  tx: EntityManager,
  requestId: string,
  actorId: string,
  ids: readonly string[],
): Promise<AttachmentRef[]> {
  if (ids.length === 0) return [];
  const found = await tx.query<AttachmentRef[]>(
    `SELECT id, name, media_type AS "mediaType", size, sha256 FROM request_attachment
     WHERE request_id = $1 AND by_id::text = $2 AND id = ANY($3::uuid[]) ORDER BY id`,
    [requestId, actorId, ids],
  );
  const unknown = ids.filter((id) => !found.some((file) => file.id === id));
  if (unknown.length > 0) throw new DomainError('ATTACHMENT_UNKNOWN', { attachmentIds: unknown });
  return found;
}
