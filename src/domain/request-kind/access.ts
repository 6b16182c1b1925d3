import { INITIATOR, OTHERS, type FieldAccess, type RequestKindContent } from './kind.js';
import { isWithin } from './pointer.js';

/** Who looks: the one who starts it, a holder of tasks in these stages, or somebody else. */
export type Reader =
  { as: 'INITIATOR' } | { as: 'HOLDER'; stageKeys: readonly string[] } | { as: 'OTHER' } | { as: 'ALL' };

/**
 * The fields a reader does not get to know of. Whoever holds tasks in several stages sees what any of them shows. Readers
 * without a task see what no stage hides, unless the kind says otherwise for OTHERS.
 */
export function hiddenFields(content: RequestKindContent, reader: Reader): string[] {
  switch (reader.as) {
    case 'ALL':
    case 'INITIATOR':
      return [];
    case 'HOLDER': {
      const perStage = reader.stageKeys.map((key) => fieldsWith(content, key, 'HIDDEN'));
      return [...new Set(perStage.flat())].filter((field) =>
        perStage.every((hidden) => hidden.some((one) => isWithin(field, one))),
      );
    }
    case 'OTHER':
      return content.access[OTHERS]
        ? fieldsWith(content, OTHERS, 'HIDDEN')
        : [...new Set(Object.keys(content.access).flatMap((key) => fieldsWith(content, key, 'HIDDEN')))];
  }
}

/** The fields whoever holds an open task in the stage may fill in at any time: none the approval is about. */
export function writableFields(content: RequestKindContent, stageKey: string): string[] {
  return fieldsWith(content, stageKey, 'WRITE').filter((field) => !isAboutApproval(content, field));
}

/** The fields an approver of the stage may change with their own answer, because the approval is about them (AE-SUB-2). */
export function editableFields(content: RequestKindContent, stageKey: string): string[] {
  return fieldsWith(content, stageKey, 'WRITE').filter((field) => isAboutApproval(content, field));
}

function isAboutApproval({ relevant }: RequestKindContent, field: string): boolean {
  return relevant.some((one) => isWithin(field, one) || isWithin(one, field));
}

/** The fields that are not the initiator's to fill in. */
export function keptFromInitiator(content: RequestKindContent): string[] {
  return fieldsWith(content, INITIATOR, 'READ');
}

function fieldsWith({ access }: RequestKindContent, key: string, wanted: FieldAccess): string[] {
  const fields = Object.hasOwn(access, key) ? (access[key] ?? {}) : {};
  return Object.keys(fields).filter((field) => fields[field] === wanted);
}
