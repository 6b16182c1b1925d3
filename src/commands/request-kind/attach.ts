import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { readRequest } from '../../db/approval-state.js';
import { ATTACHMENT_RULE, mustSuitRule } from '../../domain/approval/attachment.js';
import { mediaTypeOf } from '../../domain/approval/media-type.js';
import type { AttachmentRule } from '../../domain/approval/policy.js';
import { openStageKeys } from '../../domain/approval/seats.js';
import { DomainError } from '../../domain/errors.js';
import { editableFields, writableFields } from '../../domain/request-kind/access.js';
import { isWithin } from '../../domain/request-kind/pointer.js';
import { fieldsOfType } from '../../domain/request-kind/schema.js';
import { appendEvents } from '../events.js';
import { uploadFault } from '../upload/upload-fault.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockForm, mustBeEditable, type HeldForm } from './form-store.js';

export interface FormFile {
  formId: string;
  name: string;
  bytes: Buffer;
}

/**
 * Puts a file to a document, for a field to name: by its owner while it may be edited, by the holder of an open task while
 * their stage may write such a field. Type, size and number are what the kind's policy says of attachments (AE-REQ-1).
 * @throws DomainError NOT_FOUND · LOCKED_BY_APPROVAL · FORM_STATE · FIELD_NOT_WRITABLE · BODY_TOO_LARGE · ATTACHMENT_TYPE ·
 *   ATTACHMENT_LIMIT · FILE_UNSAFE
 */
export async function attachToForm(
  db: DataSource,
  meta: CommandMeta,
  { formId, name, bytes }: FormFile,
): Promise<Answer<{ id: string }>> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const mediaType = mediaTypeOf(name, bytes);
  const fault = await uploadFault(mediaType, bytes);
  return runCommand(db, { ...meta, body: { name, sha256 } }, async (tx) => {
    const held = await lockForm(tx, formId);
    await mustBeWriter(tx, held, meta.actor.id);
    const size = bytes.length;
    mustSuitRule(await ruleOf(tx, held), { name, mediaType, size }, await countOf(tx, formId));
    if (fault) throw fault;
    const id = uuidv7();
    await tx.query(
      `INSERT INTO form_attachment (id, form_id, name, media_type, size, sha256, bytes, by_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, formId, name, mediaType, size, sha256, bytes, meta.actor.id, held.head.now],
    );
    const payload = { id, name, mediaType, size, sha256 };
    await appendEvents(tx, held.head, [{ type: 'form.attached', actor: meta.actor.id, payload }]);
    return { id };
  });
}

async function mustBeWriter(tx: EntityManager, held: HeldForm, personId: string): Promise<void> {
  const { content } = held.kind;
  const stages = await openStages(tx, held.id, personId);
  const isOwner = held.ownerId === personId;
  // who has no part in the document is told nothing of it, not even of what kind it is
  if (!isOwner && stages.length === 0) throw new DomainError('NOT_FOUND', { formId: held.id });
  const files = fieldsOfType(content.schema, ['attachment']);
  if (files.length === 0) throw new DomainError('FIELD_NOT_WRITABLE', { requestKind: held.kind.key });
  const written = stages.flatMap((key) => [...writableFields(content, key), ...editableFields(content, key)]);
  if (files.some((file) => written.some((field) => isWithin(file, field)))) return;
  if (isOwner) return mustBeEditable(held);
  throw new DomainError('FIELD_NOT_WRITABLE', { stageKeys: stages });
}

/** Stages of the document's running request in which a person has something to answer now. */
async function openStages(tx: EntityManager, formId: string, personId: string): Promise<string[]> {
  const [row] = await tx.query<{ id: string }[]>(
    `SELECT id FROM approval_request WHERE kind = 'GENERAL' AND subject_id = $1 AND state = 'PENDING'`,
    [formId],
  );
  const stored = row && (await readRequest(tx, row.id));
  return stored ? openStageKeys(stored.state, personId) : [];
}

async function ruleOf(tx: EntityManager, { kind }: HeldForm): Promise<AttachmentRule> {
  const [policy] = await tx.query<{ rule: AttachmentRule | null }[]>(
    `SELECT content->'attachments' AS rule FROM policy_version WHERE kind = $1 AND valid @> now()`,
    [kind.content.policyKind],
  );
  return policy?.rule ?? ATTACHMENT_RULE;
}

async function countOf(tx: EntityManager, formId: string): Promise<number> {
  const [row] = await tx.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM form_attachment WHERE form_id = $1`,
    [formId],
  );
  return row!.n;
}
