import { canPass } from '../domain/approval/plan.js';
import { eligibleChoice, type Who } from '../domain/approval/candidates.js';
import { staffStage } from '../domain/approval/resolve.js';
import { isSelf } from '../domain/approval/self.js';
import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import type { QuorumRule, Resolver, StageSpec } from '../domain/approval/stage-spec.js';
import { DomainError } from '../domain/errors.js';
import type { DirectoryPerson, DirectorySnapshot } from '../domain/org/directory.js';
import { partOf } from '../domain/org/part.js';
import { isSeparatedAway } from './lint-separation.js';
import type { TableProblem } from './problem.js';
import type { RowAnswer } from './table.js';

const UNITS_NAMED = 5;

/**
 * Stages that nobody could sit in today, or not enough to pass them, for whoever might submit: one initiator for each
 * unit and reporting line (AE-EMPTY-1, AE-Q-9). For nobody at all is an error, for some a warning that names their units.
 * @param directory the whole organisation at one instant
 */
export function staffingProblems(
  content: ApprovalPolicyContent,
  answers: readonly RowAnswer[],
  directory: DirectorySnapshot,
): TableProblem[] {
  const { stages } = content;
  const initiators = initiatorsOf(directory).map((person) => ({
    person,
    part: partOf(
      directory,
      [person.id, ...stages.flatMap(({ resolver }) => named(resolver))],
      [],
      directory.at,
    ),
  }));
  if (initiators.length === 0) return [];
  const certain = { ...content, stages: stages.filter(({ resolver }) => !dependsOnFacts(resolver)) };
  return stages.flatMap((stage) => {
    const rules = rulesFor(stage, answers);
    if (rules.length === 0 || stage.resolver.kind === 'CHILD') return [];
    const missing = initiators.flatMap(({ person, part }) => {
      const why =
        obstacle(stage, rules, whoOf(person), part) ??
        (isSeparatedAway(certain, stage, answers, whoOf(person), part) ? 'SOD_UNSATISFIABLE' : null);
      return why ? [{ person, why }] : [];
    });
    return problemsOf(stage, missing, initiators.length, directory);
  });
}

/** One person for each unit and reporting line: all others of the unit find the same approvers. */
function initiatorsOf({ people }: DirectorySnapshot): DirectoryPerson[] {
  const first = new Map<string, DirectoryPerson>();
  for (const person of Object.values(people)) {
    if (!person.active || person.unitIds.length === 0) continue;
    const place = `${person.unitIds[0]}/${person.managerId ?? ''}`;
    if (!first.has(place)) first.set(place, person);
  }
  return [...first.values()];
}

function whoOf({ id, unitIds }: DirectoryPerson): Who {
  return { initiatorId: id, selfIds: [id], unitId: unitIds[0] ?? '', exposure: null };
}

/** The stage's own rule and those rows ask for in its place; none when no row asks for the stage. */
function rulesFor(stage: StageSpec, answers: readonly RowAnswer[]): QuorumRule[] {
  return answers
    .filter(({ stageKeys }) => stageKeys.includes(stage.key))
    .map(({ quorum }) => quorum?.[stage.key] ?? stage.quorum);
}

type Obstacle = 'NOBODY_CAN_STAFF' | 'QUORUM_UNREACHABLE' | 'SOD_UNSATISFIABLE';

/** Why the stage could not be passed by anybody's submission; null when it could. */
function obstacle(
  stage: StageSpec,
  rules: readonly QuorumRule[],
  who: Who,
  directory: DirectorySnapshot,
): Obstacle | null {
  const { resolver } = stage;
  if (resolver.kind === 'INITIATOR_CHOICE') {
    const found = eligibleChoice(resolver, who, directory);
    return found.some((person) => !isSelf(person, who, directory)) ? null : 'NOBODY_CAN_STAFF';
  }
  if (dependsOnFacts(resolver)) return null;
  try {
    const { outcome, seats } = staffStage(stage, who, directory);
    if (outcome === 'SKIP') return null;
    if (outcome === 'BLOCK') return 'NOBODY_CAN_STAFF';
    const reachable = rules.every((quorum) => canPass({ ...stage, quorum }, seats, directory));
    return reachable ? null : 'QUORUM_UNREACHABLE';
  } catch (error) {
    if (error instanceof DomainError) return 'NOBODY_CAN_STAFF';
    throw error;
  }
}

function problemsOf(
  stage: StageSpec,
  missing: readonly { person: DirectoryPerson; why: Obstacle }[],
  all: number,
  directory: DirectorySnapshot,
): TableProblem[] {
  const [first] = missing;
  if (!first) return [];
  const code = first.why;
  const { en, zh } = WORDS[code];
  if (missing.length === all)
    return [
      {
        at: stage.key,
        code,
        message: `${en} today, whoever submits`,
        zh: `目前无论谁提交，${zh}`,
      },
    ];
  const units = [...new Set(missing.map(({ person }) => directory.units[person.unitIds[0] ?? ''] ?? ''))];
  const shown = units.slice(0, UNITS_NAMED).join(', ') + (units.length > UNITS_NAMED ? ' …' : '');
  return [
    {
      at: stage.key,
      code,
      severity: 'WARNING',
      message: `${en} today for submissions of ${shown}`,
      zh: `目前以下部门提交时${zh}：${shown}`,
    },
  ];
}

/** Who it is depends on the case: nothing can be said of today's people. */
function dependsOnFacts(resolver: Resolver): boolean {
  switch (resolver.kind) {
    case 'GROUPS':
      return Object.values(resolver.groups).some(dependsOnFacts);
    case 'HEAD':
      return resolver.unit !== 'INITIATOR';
    default:
      return resolver.kind === 'FORM_FIELD' || resolver.kind === 'EXPRESSION';
  }
}

const WORDS: Readonly<Record<Obstacle, { en: string; zh: string }>> = {
  NOBODY_CAN_STAFF: { en: 'nobody can sit in it', zh: '没有人可以审批' },
  QUORUM_UNREACHABLE: { en: 'too few can answer', zh: '可审批的人数不足' },
  SOD_UNSATISFIABLE: { en: 'separation of duties leaves nobody', zh: '职责分离后没有人可以审批' },
};

function named(resolver: Resolver): readonly string[] {
  if (resolver.kind === 'PERSON') return resolver.personIds;
  return resolver.kind === 'GROUPS' ? Object.values(resolver.groups).flatMap(named) : [];
}
