import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { unitOf } from '../approval/general.js';
import { generalSubject } from '../approval/general.subject.js';
import type { PlannedSubject } from '../approval/planning.js';
import { previewApproval } from '../approval/preview.js';
import {
  resubmitForApproval,
  submitAmendment,
  submitForApproval,
  type SubmitOptions,
  type Submitted,
} from '../approval/submit.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockApprovalOf } from './approved-form.js';
import { draftForm, type FormInput } from './draft.js';
import { formSubject } from './form.subject.js';
import { lockOwnForm, mustBeEditable } from './form-store.js';
import { mustNamePeople } from './named.js';
import { kindInForce, kindVersion } from './store.js';

const UNSAVED = '00000000-0000-4000-8000-000000000000';

/** A document of a kind, submitted at once: how other systems start one. @throws as createForm and submitForApproval */
export function startRequest(
  db: DataSource,
  meta: CommandMeta,
  { kind: key, document, ...options }: FormInput & SubmitOptions & { kind: string },
): Promise<Answer<Submitted>> {
  return runCommand(db, meta, async (tx) => {
    const formId = await draftForm(tx, meta, await kindInForce(tx, key), {
      document,
      approverIds: options.approverIds,
    });
    return submitForApproval(tx, meta, 'GENERAL', formId, options);
  });
}

/**
 * A draft, or what came back, goes into approval as it is stored; what preview showed is what happens (AE-PLAN-1).
 * What was changed beyond its approval goes into a round that asks only what the change broke (AE-ENV-3).
 * @throws DomainError NOT_FOUND · LOCKED_BY_APPROVAL · FORM_STATE · NOT_STALE · KIND_RETIRED · DOCUMENT_INVALID · as
 *   submitForApproval
 */
export function submitForm(
  db: DataSource,
  meta: CommandMeta,
  { formId, ...options }: SubmitOptions & { formId: string },
): Promise<Answer<Submitted>> {
  return runCommand(db, meta, async (tx) => {
    const approval = await lockApprovalOf(tx, formId);
    const { state, approverIds, kind, document } = await lockOwnForm(tx, formId, meta.actor.id);
    mustBeEditable({ state });
    await mustNamePeople(tx, kind, document);
    if (state === 'APPROVED') {
      if (!approval) throw new DomainError('FORM_STATE', { state });
      return submitAmendment(tx, meta, approval.before.id, { ...options, approverIds });
    }
    if (state !== 'RETURNED') {
      await kindInForce(tx, kind.key);
      return submitForApproval(tx, meta, 'GENERAL', formId, { ...options, approverIds });
    }
    const [open] = await tx.query<{ id: string }[]>(
      `SELECT id FROM approval_request WHERE kind = 'GENERAL' AND subject_id = $1 AND state = 'RETURNED'`,
      [formId],
    );
    return resubmitForApproval(tx, meta, open!.id, { ...options, approverIds });
  });
}

/**
 * Who would have to approve a stored document now; after a return under the policy its request is pinned to (AE-RES-1).
 * @throws DomainError NOT_FOUND also when it is somebody else's · as submitForm
 */
export async function previewForm(tx: EntityManager, actor: Actor, formId: string): Promise<PlannedSubject> {
  const [own] = await tx.query<{ approver_ids: string[]; kind_id: string; document: JsonObject }[]>(
    `SELECT approver_ids, kind_version_id AS kind_id, document FROM general_request WHERE id = $1 AND owner_id::text = $2 AND kind_key IS NOT NULL`,
    [formId, actor.id],
  );
  if (!own) throw new DomainError('NOT_FOUND', { formId });
  await mustNamePeople(tx, await kindVersion(tx, own.kind_id), own.document);
  return previewApproval(tx, actor, await generalSubject.load(tx, formId), own.approver_ids);
}

/** Who would have to approve a document, saved or not, and why; nothing is written. */
export async function previewRequest(
  tx: EntityManager,
  actor: Actor,
  { kind: key, document, approverIds }: FormInput & { kind: string },
): Promise<PlannedSubject> {
  const kind = await kindInForce(tx, key);
  await mustNamePeople(tx, kind, document);
  const unitId = await unitOf(tx, actor.id);
  const form = { id: UNSAVED, number: '', version: 1, ownerId: actor.id, unitId, document };
  return previewApproval(tx, actor, await formSubject(tx, form, kind), approverIds);
}
