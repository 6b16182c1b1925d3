import {
  INITIATOR,
  OTHERS,
  type FieldAccess,
  type RequestKindContent,
} from '../../domain/request-kind/kind.js';
import { isRecord, isWithin, stepsOf } from '../../domain/request-kind/pointer.js';
import { schemaAt } from '../../domain/request-kind/schema.js';
import type { TableProblem } from '../problem.js';

/**
 * Who may see and fill in what. What lists, mails and titles show cannot be hidden. What an approval is about is written by
 * whoever approves it with their answer alone (AE-SUB-2).
 * @param stageKeys the stages of the policy in force; null: there is none yet
 */
export function accessProblems(
  content: RequestKindContent,
  stageKeys: readonly string[] | null,
): TableProblem[] {
  return Object.entries(content.access).flatMap(([stage, fields]) => [
    ...stageProblems(stage, stageKeys),
    ...Object.entries(fields).flatMap(([field, access]) => ruleProblems(content, stage, field, access)),
  ]);
}

function stageProblems(stage: string, stageKeys: readonly string[] | null): TableProblem[] {
  if (stage === INITIATOR || stage === OTHERS || stageKeys === null || stageKeys.includes(stage)) return [];
  return [{ at: `access/${stage}`, code: 'UNKNOWN_STAGE', message: `the policy has no stage ${stage}` }];
}

function ruleProblems(
  content: RequestKindContent,
  stage: string,
  field: string,
  access: FieldAccess,
): TableProblem[] {
  const at = `access/${stage}${field}`;
  if (!schemaAt(content.schema, field))
    return [{ at, code: 'UNKNOWN_FIELD', message: `the schema has no field ${field}` }];
  if (access === 'HIDDEN') return hidingProblems(content, stage, field, at);
  if (access === 'WRITE') return writingProblems(content, stage, field, at);
  return stage === INITIATOR && isRequired(content, field)
    ? [{ at, code: 'REQUIRED_KEPT', message: 'what must be filled in cannot be kept from the initiator' }]
    : [];
}

function hidingProblems(
  content: RequestKindContent,
  stage: string,
  field: string,
  at: string,
): TableProblem[] {
  if (stage === INITIATOR)
    return [{ at, code: 'INITIATOR_SEES', message: 'whoever starts a request sees all of it' }];
  const overlaps = (one: string) => isWithin(one, field) || isWithin(field, one);
  const shownInLists = [
    ...(content.exposure === null ? [] : [content.exposure]),
    ...[...content.title.matchAll(/\{(\w+)\}/g)].map(([, name]) => `/${name}`),
  ];
  if (shownInLists.some(overlaps))
    return [
      {
        at,
        code: 'SHOWN_IN_LISTS',
        message: 'the title and the amount are shown in lists and cannot be hidden',
      },
    ];
  const decides = [
    ...content.facts.flatMap((source) =>
      'from' in source ? source.from : 'count' in source ? source.count : [],
    ),
    ...content.envelope.map((dimension) => dimension.field),
    ...(content.beneficiaries ?? []),
  ];
  return decides.some(overlaps)
    ? [{ at, code: 'FACT_HIDDEN', message: 'reasons tell what decides who approves, so it cannot be hidden' }]
    : [];
}

function writingProblems(
  content: RequestKindContent,
  stage: string,
  field: string,
  at: string,
): TableProblem[] {
  if (stage === INITIATOR) return [];
  if (stage === OTHERS)
    return [{ at, code: 'WRITE_WITHOUT_TASK', message: 'only holders of a task fill in fields' }];
  const bars = (content.beneficiaries ?? []).some((one) => isWithin(one, field) || isWithin(field, one));
  return [
    ...(bars
      ? [{ at, code: 'BENEFICIARY_WRITTEN', message: 'whom it is for is said by whoever starts it' }]
      : []),
    ...(stepsOf(field)?.includes('*')
      ? [{ at, code: 'WRITE_IN_LIST', message: 'a field inside a list cannot be filled in alone' }]
      : []),
  ];
}

function isRequired({ schema }: RequestKindContent, field: string): boolean {
  const steps = stepsOf(field) ?? [];
  const above = steps.slice(0, -1);
  const parent = above.length === 0 ? schema : schemaAt(schema, `/${above.join('/')}`);
  const required = isRecord(parent) ? parent['required'] : undefined;
  return Array.isArray(required) && required.includes(steps.at(-1) ?? '');
}
