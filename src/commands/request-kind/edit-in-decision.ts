import type { EntityManager } from 'typeorm';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import type { Json, JsonObject } from '../../domain/json.js';
import { editableFields } from '../../domain/request-kind/access.js';
import type { RequestKind } from '../../domain/request-kind/kind.js';
import { valuesAt, withValue } from '../../domain/request-kind/pointer.js';
import { notWritable } from '../approval/not-writable.js';
import type { SubjectEdited } from '../approval/subject.js';
import { appendEvents } from '../events.js';
import { formSubject, mustBeAlone, mustFollowSchema, type Form } from './form.subject.js';
import { lockForm, updateForm } from './form-store.js';
import { mustNameKnown } from './named.js';

/** What approvers of a stage may change of what the approval is about, and what it holds. */
export function editableInForm(
  { document }: Form,
  { content }: RequestKind,
  { key }: StageSpec,
): { pointer: string; value: Json }[] {
  return editableFields(content, key).map((pointer) => ({ pointer, value: valueAt(document, pointer) }));
}

/** The document with an approver's changes; null takes a field out. @throws DomainError FIELD_NOT_WRITABLE · DOCUMENT_INVALID · OPEN_REQUEST_EXISTS */
export async function editedForm(
  tx: EntityManager,
  form: Form,
  kind: RequestKind,
  { key }: StageSpec,
  edits: JsonObject,
): Promise<SubjectEdited> {
  const writable = editableFields(kind.content, key);
  const barred = Object.keys(edits).filter((field) => !writable.includes(field));
  if (barred.length > 0) throw notWritable(barred);
  const document = Object.entries(edits).reduce(
    (so, [field, value]) => withValue(so, field, value === null ? undefined : value),
    form.document,
  );
  mustFollowSchema(kind, document, '/edits');
  await mustBeAlone(tx, { id: form.id, document }, kind);
  const subject = await formSubject(tx, { ...form, version: form.version + 1, document }, kind);
  return {
    subject,
    async store({ personId, requestId, stageKey }) {
      const { head, approverIds, document: before } = await lockForm(tx, form.id);
      await mustNameKnown(tx, kind, { document, before, formId: form.id, personId, at: '/edits' });
      await updateForm(tx, { id: form.id, document, approverIds }, kind);
      const changes = Object.keys(edits).map((field) => ({
        field,
        before: valueAt(before, field),
        after: valueAt(document, field),
      }));
      const payload = { requestId, stageKeys: [stageKey], changes };
      await appendEvents(tx, head, [{ type: 'form.filled', actor: personId, payload }]);
    },
  };
}

function valueAt(document: JsonObject, field: string): Json {
  return valuesAt(document, field)[0] ?? null;
}
