import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { canonicalJson, type JsonObject } from '../../domain/json.js';
import { keptFromInitiator } from '../../domain/request-kind/access.js';
import type { RequestKind, RequestKindContent } from '../../domain/request-kind/kind.js';
import { valuesAt } from '../../domain/request-kind/pointer.js';
import { sizeProblem } from '../../policy/request-kind/validate.js';
import { subjectChanged } from '../approval/amend.js';
import { unitOf } from '../approval/general.js';
import { mustBeReversible } from '../approval/revocation.subject.js';
import { appendEvents } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { dropApprovedForm, keepApprovedForm, lockApprovalOf } from './approved-form.js';
import { mustBeAlone } from './form.subject.js';
import { insertForm, lockOwnForm, mustBeEditable, updateForm } from './form-store.js';
import { mustNameKnown } from './named.js';
import { kindInForce } from './store.js';

export interface FormInput {
  document: JsonObject;
  /** whom the initiator chose, for stages that let them choose (AE-PLAN-5) */
  approverIds: readonly string[];
}

export type FormChanged = { formId: string; rowVersion: number };

/**
 * A draft of a kind; it may be incomplete.
 * @throws DomainError NOT_FOUND · KIND_RETIRED · FIELD_NOT_WRITABLE · DOCUMENT_INVALID too large · NO_UNIT
 */
export function createForm(
  db: DataSource,
  meta: CommandMeta,
  { kind: key, ...input }: FormInput & { kind: string },
): Promise<Answer<FormChanged>> {
  return runCommand(db, meta, async (tx) => {
    const formId = await draftForm(tx, meta, await kindInForce(tx, key), input);
    return { formId, rowVersion: 1 };
  });
}

/** The draft's rows, in the running transaction. */
export async function draftForm(
  tx: EntityManager,
  { actor }: Pick<CommandMeta, 'actor'>,
  kind: RequestKind,
  { document, approverIds }: FormInput,
): Promise<string> {
  mustBeOwnFields(kind.content, {}, document);
  await mustNameKnown(tx, kind, { document, before: {}, formId: null, personId: actor.id });
  const id = uuidv7();
  const unitId = await unitOf(tx, actor.id);
  const head = await insertForm(tx, { id, ownerId: actor.id, unitId, document, approverIds }, kind);
  const payload = { kind: kind.key, version: kind.version, document };
  await appendEvents(tx, head, [{ type: 'form.created', actor: actor.id, payload }]);
  return id;
}

/**
 * New content for a draft, or for what came back or has ended; under the kind's version of now, unless it is retired. What
 * is approved keeps its version, and stays approved as long as the approval covers the change; otherwise nothing may follow
 * from it until a new round has approved it, or it is changed back (AE-ENV-3).
 * @throws DomainError NOT_FOUND · STALE_VERSION · LOCKED_BY_APPROVAL · FORM_STATE · OPEN_REQUEST_EXISTS ·
 *   EFFECT_IRREVERSIBLE · as createForm
 */
export function editForm(
  db: DataSource,
  meta: CommandMeta,
  { formId, rowVersion, document, approverIds }: FormInput & { formId: string; rowVersion: number },
): Promise<Answer<FormChanged>> {
  return runCommand(db, meta, async (tx) => {
    const approval = await lockApprovalOf(tx, formId);
    const held = await lockOwnForm(tx, formId, meta.actor.id);
    mustBeEditable(held);
    // approved between the look and the lock: whoever comes again sees what it is now
    if (held.rowVersion !== rowVersion || (held.state === 'APPROVED' && !approval))
      throw new DomainError('STALE_VERSION', { currentVersion: held.rowVersion });
    if (approval) await mustBeReversible(tx, 'GENERAL', formId);
    const kind = approval ? held.kind : await kindInForce(tx, held.kind.key).catch(stillBound(held.kind));
    mustBeOwnFields(kind.content, held.document, document);
    await mustNameKnown(tx, kind, { document, before: held.document, formId, personId: meta.actor.id });
    if (held.state === 'RETURNED') await mustBeAlone(tx, { id: formId, document }, kind);
    if (approval) await keepApprovedForm(tx, formId);
    await updateForm(tx, { id: formId, document, approverIds }, kind);
    const payload = { kind: kind.key, version: kind.version, document };
    const type = approval ? 'form.amended' : 'form.edited';
    await appendEvents(tx, held.head, [{ type, actor: meta.actor.id, payload }]);
    if (approval && !(await subjectChanged(tx, meta, approval))) await dropApprovedForm(tx, formId);
    return { formId, rowVersion: rowVersion + 1 };
  });
}

/** A draft that was never submitted goes away. @throws DomainError NOT_FOUND · FORM_STATE */
export function deleteForm(
  db: DataSource,
  meta: CommandMeta,
  formId: string,
): Promise<Answer<{ formId: string }>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockOwnForm(tx, formId, meta.actor.id);
    const asked = await tx.query<unknown[]>(
      `SELECT 1 FROM approval_request WHERE kind = 'GENERAL' AND subject_id = $1`,
      [formId],
    );
    if (held.state !== 'DRAFT' || asked.length > 0)
      throw new DomainError('FORM_STATE', { state: held.state });
    await appendEvents(tx, held.head, [{ type: 'form.deleted', actor: meta.actor.id, payload: {} }]);
    await tx.query(`DELETE FROM general_request WHERE id = $1`, [formId]);
    return { formId };
  });
}

/** What came back goes on under the version it has, when its kind is retired. */
function stillBound(kind: RequestKind): (error: unknown) => RequestKind {
  return (error) => {
    if (error instanceof DomainError && error.code === 'KIND_RETIRED') return kind;
    throw error;
  };
}

/** What others fill in is not the initiator's to set. @throws DomainError FIELD_NOT_WRITABLE · DOCUMENT_INVALID */
function mustBeOwnFields(content: RequestKindContent, before: JsonObject, document: JsonObject): void {
  const size = sizeProblem(document);
  if (size) throw new DomainError('DOCUMENT_INVALID', {}, [{ ...size, pointer: '/document' }]);
  const changed = keptFromInitiator(content).filter(
    (field) => canonicalJson(valuesAt(before, field)) !== canonicalJson(valuesAt(document, field)),
  );
  if (changed.length > 0)
    throw new DomainError(
      'FIELD_NOT_WRITABLE',
      {},
      changed.map((field) => ({
        pointer: `/document${field}`,
        code: 'READ',
        rule: 'is filled in by others',
      })),
    );
}
