import type { Who } from '../domain/approval/candidates.js';
import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import { staffStage, type Staffing } from '../domain/approval/resolve.js';
import { separatedInPlan } from '../domain/approval/separation-plan.js';
import type { Separation } from '../domain/approval/separation-rules.js';
import type { Resolver, StageSpec } from '../domain/approval/stage-spec.js';
import { DomainError } from '../domain/errors.js';
import { ROLES, type DirectorySnapshot } from '../domain/org/directory.js';
import type { TableProblem } from './problem.js';
import type { RowAnswer } from './table.js';

/** AE-SOD-1: constraints that name what is not there, contradict each other or a stage, or that nobody could ever keep. */
export function separationProblems({
  separation = [],
  stages,
  ladders,
}: ApprovalPolicyContent): TableProblem[] {
  const known = new Map(stages.map((stage) => [stage.key, stage]));
  return separation.flatMap((constraint, index) => {
    const at = `separation/${index}`;
    const named = 'stages' in constraint ? (constraint.stages ?? []) : [];
    const unknown = named.filter((key) => !known.has(key));
    if (unknown.length > 0)
      return [{ at, code: 'SOD_UNKNOWN_STAGE', message: `no stage ${unknown.join(', ')} in the catalogue` }];
    const about = named.flatMap((key) => known.get(key) ?? []);
    return [
      ...childProblems(at, about),
      ...kindProblems(at, constraint, about, stages),
      ...(constraint.kind === 'DISTINCT' ? automaticProblems(at, about, ladders) : []),
    ];
  });
}

function kindProblems(
  at: string,
  constraint: Separation,
  about: readonly StageSpec[],
  stages: readonly StageSpec[],
): TableProblem[] {
  switch (constraint.kind) {
    case 'DISTINCT':
      return constraint.stages[0] === constraint.stages[1]
        ? [{ at, code: 'SOD_SAME', message: 'a stage is not distinct from itself' }]
        : samePersonProblems(at, about);
    case 'NOT_BOTH': {
      const unknown = constraint.roles.filter((role) => !ROLES.includes(role));
      if (unknown.length > 0)
        return [{ at, code: 'SOD_UNKNOWN_ROLE', message: `there is no role ${unknown.join(', ')}` }];
      return constraint.roles[0] === constraint.roles[1]
        ? [{ at, code: 'SOD_SAME', message: 'twice the same role' }]
        : [];
    }
    case 'MIN_PERSONS':
      return tooFewProblems(at, constraint.count, stages);
    case 'NOT_INITIATOR':
      return stages
        .filter(({ key, self }) => typeof self === 'object' && constraint.stages?.includes(key) !== false)
        .map(({ key }): TableProblem => ({
          at,
          code: 'SOD_SELF_ALLOWED',
          severity: 'WARNING',
          message: `stage ${key} allows self-approval, which this takes back`,
        }));
    case 'NOT_BENEFICIARY':
    case 'NOT_REPORT_OF_INITIATOR':
      return [];
  }
}

/** The people of a stage that is a request of its own are that request's. */
function childProblems(at: string, about: readonly StageSpec[]): TableProblem[] {
  return about
    .filter(({ resolver }) => resolver.kind === 'CHILD')
    .map(({ key }) => ({
      at,
      code: 'SOD_CHILD_STAGE',
      message: `stage ${key} is a request of its own: its policy separates its duties`,
    }));
}

/** Two stages with one and the same possible person, by name. */
function samePersonProblems(at: string, about: readonly StageSpec[]): TableProblem[] {
  const everybody = about.map(({ resolver }) => everyName(resolver));
  if (everybody.some((names) => names === null)) return [];
  const persons = new Set(everybody.flatMap((names) => names ?? []));
  return persons.size > 1
    ? []
    : [
        {
          at,
          code: 'SOD_UNSATISFIABLE',
          message: 'both stages can only ask the same person',
          zh: '两个节点只可能由同一个人审批',
        },
      ];
}

function tooFewProblems(at: string, count: number, stages: readonly StageSpec[]): TableProblem[] {
  const everybody = stages.map(({ resolver }) => everyName(resolver));
  if (everybody.some((names) => names === null)) return [];
  const most = new Set(everybody.flatMap((names) => names ?? [])).size;
  return most >= count
    ? []
    : [
        {
          at,
          code: 'SOD_UNSATISFIABLE',
          message: `${count} persons are wanted, the stages name ${most}`,
          zh: `需要 ${count} 人，各节点一共只有 ${most} 人`,
        },
      ];
}

/** Everybody a resolver could find, where it names them; null: that depends on who works here. */
function everyName(resolver: Resolver): readonly string[] | null {
  switch (resolver.kind) {
    case 'PERSON':
      return resolver.personIds;
    case 'GROUPS': {
      const parts = Object.values(resolver.groups).map(everyName);
      return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
    }
    default:
      return null;
  }
}

/** AE-SLA-2: time's yes is nobody's, so nothing would be distinct from it. */
function automaticProblems(
  at: string,
  about: readonly StageSpec[],
  ladders: ApprovalPolicyContent['ladders'],
): TableProblem[] {
  return about
    .filter(({ ladder }) =>
      ladders.some(({ key, rungs }) => key === ladder && rungs.some(({ kind }) => kind === 'AUTO_APPROVE')),
    )
    .map(({ key, ladder }) => ({
      at,
      code: 'SOD_AUTO_APPROVE',
      message: `ladder ${ladder} of stage ${key} approves by itself`,
    }));
}

/**
 * Today's people leave somebody for the stage, and the constraints take them away: one submission's own view. A stage that is
 * not among those given is not judged.
 */
export function isSeparatedAway(
  { separation = [], stages }: ApprovalPolicyContent,
  stage: StageSpec,
  answers: readonly RowAnswer[],
  initiator: Who,
  directory: DirectorySnapshot,
): boolean {
  const isKnown = stages.some(({ key }) => key === stage.key) && stage.resolver.kind !== 'INITIATOR_CHOICE';
  if (separation.length === 0 || !isKnown) return false;
  const who = { ...initiator, separation };
  const asked = answers.filter(({ stageKeys }) => stageKeys.includes(stage.key));
  return asked.some(({ stageKeys }) => {
    const before = stages
      .filter((other) => stageKeys.includes(other.key) && comesFirst(other, stage))
      .map((spec) => ({ spec, seats: staffed(spec, who, directory)?.seats ?? [] }));
    const separated = separatedInPlan(stage, before, who, directory);
    return staffed(stage, { ...who, separated }, directory)?.outcome === 'BLOCK';
  });
}

/** In the order in which a plan is built. */
function comesFirst(a: StageSpec, b: StageSpec): boolean {
  if (a.block !== b.block) return a.block < b.block;
  return a.branch === b.branch ? a.rank < b.rank : a.branch < b.branch;
}

function staffed(stage: StageSpec, who: Who, directory: DirectorySnapshot): Staffing | null {
  try {
    return staffStage(stage, who, directory);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
