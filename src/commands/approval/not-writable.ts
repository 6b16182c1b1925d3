import { DomainError } from '../../domain/errors.js';

/** The refusal of an edit of fields that are not the stage's to change (403). */
export function notWritable(fields: readonly string[]): DomainError {
  return new DomainError(
    'FIELD_NOT_WRITABLE',
    {},
    fields.map((field) => ({
      pointer: `/edits${field}`,
      code: 'READ',
      rule: 'is not changed by the approvers of this stage',
    })),
  );
}
