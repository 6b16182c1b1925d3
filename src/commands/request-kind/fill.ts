import type { DataSource } from 'typeorm';
import { openStageKeys } from '../../domain/approval/seats.js';
import { DomainError } from '../../domain/errors.js';
import type { Json, JsonObject } from '../../domain/json.js';
import { writableFields } from '../../domain/request-kind/access.js';
import { valuesAt, withValue } from '../../domain/request-kind/pointer.js';
import { lockVisible, type ReadRight } from '../approval/request-lock.js';
import { commandInTurn } from '../approval/turn.js';
import { appendEvents } from '../events.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { mustFollowSchema } from './form.subject.js';
import { lockForm, updateForm } from './form-store.js';
import { mustNameKnown } from './named.js';

export type Filled = { requestId: string; fields: string[] };

/**
 * Whoever has an open task fills in the fields of its stage (row 34). They are none an approval is about, so nobody's
 * answer is touched; every value is on record with the one before.
 * @param values field → value, null takes it out
 * @throws DomainError NOT_FOUND · NOT_HOLDER no open task · FIELD_NOT_WRITABLE with the fields · DOCUMENT_INVALID
 */
export function fillFields(
  db: DataSource,
  meta: CommandMeta,
  { requestId, values, sees }: { requestId: string; values: JsonObject; sees: ReadRight },
): Promise<Answer<Filled>> {
  return commandInTurn(db, meta, requestId, async (tx) => {
    const held = await lockVisible(tx, requestId, meta.actor, sees);
    if (held.kind !== 'GENERAL') throw new DomainError('FIELD_NOT_WRITABLE', { kind: held.kind });
    const stageKeys = openStageKeys(held.before, meta.actor.id);
    if (stageKeys.length === 0) throw new DomainError('NOT_HOLDER', { requestState: held.before.state });
    const { head, kind, document, approverIds } = await lockForm(tx, held.subjectId);
    mustBeWritable(
      stageKeys.flatMap((key) => writableFields(kind.content, key)),
      values,
    );
    const filled = Object.entries(values).reduce(
      (so, [field, value]) => withValue(so, field, value === null ? undefined : value),
      document,
    );
    mustFollowSchema(kind, filled);
    await mustNameKnown(tx, kind, {
      document: filled,
      before: document,
      formId: held.subjectId,
      personId: meta.actor.id,
    });
    await updateForm(tx, { id: held.subjectId, document: filled, approverIds }, kind);
    const changes = Object.keys(values).map((field) => ({
      field,
      before: valueAt(document, field),
      after: valueAt(filled, field),
    }));
    const payload = { requestId, stageKeys, changes };
    await appendEvents(tx, head, [{ type: 'form.filled', actor: meta.actor.id, payload }]);
    return { requestId, fields: Object.keys(values) };
  });
}

function mustBeWritable(writable: readonly string[], values: JsonObject): void {
  const barred = Object.keys(values).filter((field) => !writable.includes(field));
  if (barred.length === 0) return;
  throw new DomainError(
    'FIELD_NOT_WRITABLE',
    {},
    barred.map((field) => ({
      pointer: `/values${field}`,
      code: 'READ',
      rule: 'is not filled in at this stage',
    })),
  );
}

function valueAt(document: JsonObject, field: string): Json {
  return valuesAt(document, field)[0] ?? null;
}
