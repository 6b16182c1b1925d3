import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import type { RequestKind } from '../../domain/request-kind/kind.js';
import { subjectKeyOf, titleOf } from '../../domain/request-kind/reading.js';
import { beginAggregate, lockAggregate, type AggregateHead } from '../events.js';
import { kindVersion } from './store.js';

export type FormState =
  | 'DRAFT'
  | 'IN_APPROVAL'
  | 'APPROVED'
  | 'REJECTED'
  | 'RETURNED'
  | 'WITHDRAWN'
  | 'TERMINATED'
  | 'EXPIRED'
  | 'REVOKED';

/** A document of a kind under its lock. */
export interface HeldForm {
  head: AggregateHead;
  id: string;
  ownerId: string;
  state: FormState;
  rowVersion: number;
  document: JsonObject;
  approverIds: string[];
  kind: RequestKind;
}

/** What may be worked on; what is approved within its approval, or to be approved anew (AE-ENV-3). */
const OPEN_TO_EDIT: readonly FormState[] = [
  'DRAFT',
  'RETURNED',
  'APPROVED',
  'WITHDRAWN',
  'REJECTED',
  'EXPIRED',
  'REVOKED',
];

/** The document under its lock, for its owner. @throws DomainError NOT_FOUND also when it is somebody else's */
export async function lockOwnForm(tx: EntityManager, id: string, personId: string): Promise<HeldForm> {
  const held = await lockForm(tx, id);
  if (held.ownerId !== personId) throw new DomainError('NOT_FOUND', { formId: id });
  return held;
}

/** @throws DomainError NOT_FOUND */
export async function lockForm(tx: EntityManager, id: string): Promise<HeldForm> {
  const head = await lockAggregate(tx, 'form', id);
  const [row] = await tx.query<(Omit<HeldForm, 'head' | 'kind'> & { kindVersionId: string })[]>(
    `SELECT id, owner_id AS "ownerId", state, row_version AS "rowVersion", document, approver_ids AS "approverIds",
       kind_version_id AS "kindVersionId"
     FROM general_request WHERE id = $1 AND kind_version_id IS NOT NULL FOR UPDATE`,
    [id],
  );
  if (!head || !row) throw new DomainError('NOT_FOUND', { formId: id });
  const { kindVersionId, ...form } = row;
  return { ...form, head, kind: await kindVersion(tx, kindVersionId) };
}

/** @throws DomainError LOCKED_BY_APPROVAL people are deciding on it · FORM_STATE it was ended */
export function mustBeEditable({ state }: Pick<HeldForm, 'state'>): void {
  if (OPEN_TO_EDIT.includes(state)) return;
  throw new DomainError(state === 'IN_APPROVAL' ? 'LOCKED_BY_APPROVAL' : 'FORM_STATE', { state });
}

export interface NewForm {
  id: string;
  ownerId: string;
  unitId: string;
  document: JsonObject;
  approverIds: readonly string[];
}

/** A new document of a kind, as a draft; its number begins with the kind's prefix. */
export async function insertForm(
  tx: EntityManager,
  { id, ownerId, unitId, document, approverIds }: NewForm,
  kind: RequestKind,
): Promise<AggregateHead> {
  const head = await beginAggregate(tx, 'form', id);
  await tx.query(
    `INSERT INTO general_request (id, number, title, owner_id, unit_id, facts, content, approver_ids, state,
       kind_version_id, kind_key, document, subject_key)
     VALUES ($1, $2 || '-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('general_request_number')::text, 6, '0'),
       $3, $4, $5, '{}', '{}', $6, 'DRAFT', $7, $8, $9, $10)`,
    [
      id,
      kind.content.numberPrefix,
      titleOf(kind.content, document),
      ownerId,
      unitId,
      approverIds,
      kind.versionId,
      kind.key,
      JSON.stringify(document),
      subjectKeyOf(kind.content, document),
    ],
  );
  return head;
}

/** New content; what has ended begins anew as a draft. */
export async function updateForm(
  tx: EntityManager,
  { id, document, approverIds }: Pick<NewForm, 'id' | 'document' | 'approverIds'>,
  kind: RequestKind,
): Promise<void> {
  await tx.query(
    `UPDATE general_request SET document = $2, approver_ids = $3, kind_version_id = $4, title = $5, subject_key = $6,
       state = CASE WHEN state IN ('IN_APPROVAL', 'RETURNED', 'APPROVED') THEN state ELSE 'DRAFT' END,
       row_version = row_version + 1, updated_at = now() WHERE id = $1`,
    [
      id,
      JSON.stringify(document),
      approverIds,
      kind.versionId,
      titleOf(kind.content, document),
      subjectKeyOf(kind.content, document),
    ],
  );
}
