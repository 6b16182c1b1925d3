import { evaluateExpressionSync } from '@gorules/zen-engine';
import type { Resolver, StageSpec } from '../domain/approval/stage-spec.js';
import { DomainError } from '../domain/errors.js';
import { ROLES } from '../domain/org/directory.js';
import type { Facts } from './facts.js';

/** So many people or roles one expression may name. */
export const MAX_FOUND = 50;

/**
 * The stages with what their resolvers take from the facts of the case, so that approvers are found without them from here
 * on: whom a form names, which unit's head, what an expression says (AE-PLAN-4). Facts are pinned by the round, so is this.
 * @param asked keys of the stages that rows ask for; the others stay as they are
 * @param facts checked against the policy's inputs
 * @throws DomainError POLICY_ERROR an expression failed or gave something else than persons or roles
 */
export function bindStages(
  stages: readonly StageSpec[],
  asked: ReadonlySet<string>,
  facts: Facts,
): StageSpec[] {
  return stages.map((stage) => {
    if (!asked.has(stage.key)) return stage;
    const resolver = bound(stage.resolver, stage.key, facts);
    return resolver === stage.resolver ? stage : { ...stage, resolver };
  });
}

function bound(resolver: Resolver, stageKey: string, facts: Facts): Resolver {
  switch (resolver.kind) {
    case 'FORM_FIELD':
      return { ...resolver, personIds: textsOf(facts[resolver.input]) };
    case 'HEAD':
      return resolver.unit === 'INITIATOR'
        ? resolver
        : { ...resolver, unitId: textsOf(facts[resolver.unit.input])[0] ?? '' };
    case 'EXPRESSION':
      return { ...resolver, found: answerOf(resolver, stageKey, facts) };
    case 'GROUPS':
      return {
        ...resolver,
        groups: Object.fromEntries(
          Object.entries(resolver.groups).map(([name, one]) => [name, bound(one, stageKey, facts)]),
        ),
      };
    case 'ROLE':
    case 'MANAGER':
    case 'CHAIN_TO_LIMIT':
    case 'PERSON':
    case 'INITIATOR_CHOICE':
    case 'CHILD':
      return resolver;
  }
}

/** A person or unit the form leaves open is nobody's, not an error: the stage's empty policy says what then. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string' && item !== '') : [];
}

function answerOf(
  { expression, yields }: Extract<Resolver, { kind: 'EXPRESSION' }>,
  stageKey: string,
  facts: Facts,
): string[] {
  const answer = evaluated(expression, stageKey, facts);
  if (answer === '') return [];
  const found: unknown[] = typeof answer === 'string' ? [answer] : Array.isArray(answer) ? answer : [];
  const isTyped = typeof answer === 'string' || Array.isArray(answer);
  if (isTyped && found.length <= MAX_FOUND && found.every((item) => isFound(item, yields)))
    return [...new Set(found as string[])];
  throw refused(stageKey, `gives one of ${yields} or a list of at most ${MAX_FOUND}`);
}

function isFound(item: unknown, yields: 'PERSONS' | 'ROLES'): boolean {
  if (typeof item !== 'string' || item === '') return false;
  return yields === 'PERSONS' || ROLES.some((role) => role === item);
}

function evaluated(expression: string, stageKey: string, facts: Facts): unknown {
  try {
    return evaluateExpressionSync(expression, facts) as unknown;
  } catch {
    throw refused(stageKey, 'the expression has an answer for these facts');
  }
}

function refused(stageKey: string, rule: string): DomainError {
  return new DomainError('POLICY_ERROR', { reason: 'expression', stageKey }, [
    { pointer: `/stages/${stageKey}/resolver/expression`, code: 'EXPRESSION', rule },
  ]);
}
