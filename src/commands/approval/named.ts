import { choiceProblems } from '../../domain/approval/choice.js';
import type { Plan } from '../../domain/approval/plan.js';
import type { ApprovalPolicyContent } from '../../domain/approval/policy.js';
import type { Resolver, StageSpec } from '../../domain/approval/stage-spec.js';
import { DomainError } from '../../domain/errors.js';
import type { DirectorySnapshot } from '../../domain/org/directory.js';

/** Persons a policy, or a form, names by id: the directory must know them. */
export function namedIn(resolver: Resolver): readonly string[] {
  return each(resolver, (one) => {
    if (one.kind === 'PERSON') return one.personIds;
    if (one.kind === 'FORM_FIELD') return one.personIds ?? [];
    return one.kind === 'EXPRESSION' && one.yields === 'PERSONS' ? (one.found ?? []) : [];
  });
}

/** Units whose heads are asked: the directory must know them. */
export function unitsIn(resolver: Resolver): readonly string[] {
  return each(resolver, (one) => (one.kind === 'HEAD' && one.unitId !== undefined ? [one.unitId] : []));
}

function each(resolver: Resolver, what: (one: Resolver) => readonly string[]): readonly string[] {
  return resolver.kind === 'GROUPS' ? Object.values(resolver.groups).flatMap(what) : what(resolver);
}

/**
 * Whom and what the facts of a case name is there at all; whether they may approve is for the plan to say.
 * @param stages bound to the facts of the case
 * @throws DomainError PERSON_UNKNOWN · UNIT_UNKNOWN with the fact · POLICY_ERROR an expression names nobody there is
 */
export function mustBeKnown(stages: readonly StageSpec[], { people, units }: DirectorySnapshot): void {
  for (const { key, resolver } of stages)
    for (const one of resolver.kind === 'GROUPS' ? Object.values(resolver.groups) : [resolver]) {
      const stranger = namedIn(one).find((id) => !people[id]);
      if (one.kind === 'FORM_FIELD' && stranger !== undefined)
        throw unknown('PERSON_UNKNOWN', key, one.input, 'a person of the company');
      if (one.kind === 'EXPRESSION' && stranger !== undefined)
        throw new DomainError('POLICY_ERROR', {
          reason: 'an expression names nobody there is',
          stageKey: key,
        });
      if (one.kind === 'HEAD' && one.unit !== 'INITIATOR' && one.unitId !== '' && !units[one.unitId ?? ''])
        throw unknown('UNIT_UNKNOWN', key, one.unit.input, 'a unit of the company');
    }
}

/** Whether a snapshot of then does not know whom a resolver may ask; one taken before there were heads knows none. */
export function isUnknown(resolver: Resolver, { people, units, heads }: DirectorySnapshot): boolean {
  const asksHead = (one: Resolver) => one.kind === 'HEAD' && !heads;
  return (
    namedIn(resolver).some((id) => !people[id]) ||
    unitsIn(resolver).some((id) => id !== '' && !units[id]) ||
    (resolver.kind === 'GROUPS' ? Object.values(resolver.groups).some(asksHead) : asksHead(resolver))
  );
}

function unknown(
  code: 'PERSON_UNKNOWN' | 'UNIT_UNKNOWN',
  stageKey: string,
  input: string,
  what: string,
): DomainError {
  return new DomainError(code, { stageKey, input }, [
    { pointer: `/facts/${input}`, code, rule: `names ${what}` },
  ]);
}

/** @throws DomainError APPROVER_NOT_ALLOWED with each place in the list */
export function mustBeAllowed(plan: Plan, approverIds: readonly string[]): void {
  const problems = choiceProblems(plan, approverIds);
  if (problems.length === 0) return;
  throw new DomainError(
    'APPROVER_NOT_ALLOWED',
    { personIds: problems.map(({ personId }) => personId) },
    problems.map(({ pointer }) => ({
      pointer,
      code: 'APPROVER_NOT_ALLOWED',
      rule: 'is within the range the stage lets the initiator choose from',
    })),
  );
}

/** Persons a policy sends copies to by id (AE-CC-1). */
export function copiedByName({ cc = [] }: Pick<ApprovalPolicyContent, 'cc'>): string[] {
  return cc.flatMap(({ to }) => namedIn(to));
}
