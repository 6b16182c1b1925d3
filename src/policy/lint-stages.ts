import type { ApprovalPolicyContent, PolicyInput } from '../domain/approval/policy.js';
import type {
  DedupeMode,
  LadderSpec,
  QuorumRule,
  Resolver,
  StageSpec,
} from '../domain/approval/stage-spec.js';
import { envelopeProblems } from './lint-envelopes.js';
import { strictProblems } from './lint-strict.js';
import type { TableProblem } from './problem.js';
import type { RowAnswer } from './table.js';

/** Kinds of approval policy there are, each with the inputs its table needs; a stage may be a request under one of them. */
export type KnownKinds = Readonly<Record<string, readonly PolicyInput[]>>;

/** What is wrong with stages, ladders and deadlines by themselves, whoever works here. */
export function catalogueProblems(content: ApprovalPolicyContent): TableProblem[] {
  const { stages, ladders, inputs } = content;
  const ladderKeys = new Set(ladders.map(({ key }) => key));
  return [
    ...reminderProblems(content),
    ...stages.flatMap(({ key, freshLook }) => freshLookProblems(key, freshLook, content.dedupe)),
    ...twice(
      stages.map(({ key }) => key),
      'stage key',
    ),
    ...twice(
      inputs.map(({ name }) => name),
      'input name',
    ),
    ...twice(
      ladders.map(({ key }) => key),
      'ladder key',
    ),
    ...stages.flatMap((stage) => [
      ...stageProblems(stage, ladderKeys),
      ...unsignedProblems(stage, ladders),
      ...returnStageProblems(stage, stages),
      ...seatProblems(stage, stage.quorum, stage.key),
    ]),
    ...ladders.flatMap(ladderProblems),
    ...envelopeProblems(content),
  ];
}

/** What rows ask of stages: quorums of their own that nobody could reach, and stages that no row asks for. */
export function askedProblems(
  { stages }: ApprovalPolicyContent,
  answers: readonly RowAnswer[],
): TableProblem[] {
  const asked = new Set(answers.flatMap(({ stageKeys }) => stageKeys));
  return [
    ...answers.flatMap(({ rowId, quorum = {} }) =>
      Object.entries(quorum).flatMap(([key, rule]) => {
        const stage = stages.find((candidate) => candidate.key === key);
        return stage ? seatProblems(stage, rule, `${rowId}/quorum`) : [];
      }),
    ),
    ...stages
      .filter(({ key }) => !asked.has(key))
      .map(({ key }): TableProblem => ({
        at: key,
        code: 'STAGE_UNUSED',
        severity: 'WARNING',
        message: 'no row asks for this stage',
      })),
  ];
}

/** AE-CHILD-1: the policy a stage is handed to exists, is another one, and needs no fact this one does not have. */
export function childProblems(
  { stages, inputs }: ApprovalPolicyContent,
  kinds: KnownKinds,
  ownKind: string | null,
): TableProblem[] {
  return stages.flatMap(({ key, resolver }): TableProblem[] => {
    if (resolver.kind !== 'CHILD') return [];
    const { policyKind } = resolver;
    const needed = kinds[policyKind];
    if (policyKind === ownKind)
      return [{ at: key, code: 'CHILD_OF_ITSELF', message: `${policyKind} is this very policy` }];
    if (!needed)
      return [{ at: key, code: 'CHILD_UNKNOWN_KIND', message: `there is no approval policy ${policyKind}` }];
    const missing = needed.filter(
      ({ name, type }) => !inputs.some((input) => input.name === name && input.type === type),
    );
    if (missing.length === 0) return [];
    const names = missing.map(({ name }) => name).join(', ');
    return [
      { at: key, code: 'CHILD_INPUTS', message: `${policyKind} needs ${names}, which are no inputs here` },
    ];
  });
}

function stageProblems(stage: StageSpec, ladders: ReadonlySet<string>): TableProblem[] {
  const { key, ladder, empty, risk, pool, lateChoice, resolver } = stage;
  return [
    ...when(!ladders.has(ladder), key, 'UNKNOWN_LADDER', `ladder ${ladder} is not defined`),
    ...when(
      empty.kind === 'SKIP' && risk !== 'LOW',
      key,
      'SKIP_NEEDS_LOW_RISK',
      'only a low-risk stage may be skipped when empty',
    ),
    ...when(
      pool === true && !isPool(stage),
      key,
      'POOL_NEEDS_ANY',
      'a pool has a resolver of kind ROLE, a quorum of kind ANY, and is asked all at once',
    ),
    ...strictProblems(stage),
    ...when(
      lateChoice === true && resolver.kind !== 'INITIATOR_CHOICE',
      key,
      'LATE_WITHOUT_CHOICE',
      'lateChoice needs a resolver of kind INITIATOR_CHOICE',
    ),
  ];
}

/** AE-REQ-1: time signs nothing, so it cannot approve where an approval is signed. */
function unsignedProblems(
  { key, ladder, requires }: StageSpec,
  ladders: readonly LadderSpec[],
): TableProblem[] {
  const rungs = ladders.find((candidate) => candidate.key === ladder)?.rungs ?? [];
  return when(
    requires?.APPROVE?.includes('SIGNATURE') === true && rungs.some(({ kind }) => kind === 'AUTO_APPROVE'),
    key,
    'AUTO_APPROVE_UNSIGNED',
    `an approval is signed here, which ladder ${ladder} with AUTO_APPROVE could not do`,
  );
}

/** AE-REJ-1: a rejection goes back to a stage that was passed before this one. */
function returnStageProblems(
  { key, onReject, ...stage }: StageSpec,
  stages: readonly StageSpec[],
): TableProblem[] {
  if (onReject.kind !== 'RETURN_STAGE') return [];
  const target = stages.find((candidate) => candidate.key === onReject.key);
  if (!target)
    return [
      { at: key, code: 'RETURN_UNKNOWN_STAGE', message: `stage ${onReject.key} is not in the catalogue` },
    ];
  const before =
    target.block < stage.block ||
    (target.block === stage.block && target.branch === stage.branch && target.rank < stage.rank);
  return when(!before, key, 'RETURN_LATER_STAGE', `stage ${onReject.key} does not come before this one`);
}

/** AE-Q-9: more answers wanted than the stage can ever have seats. */
function seatProblems(stage: StageSpec, rule: QuorumRule, at: string): TableProblem[] {
  const { resolver, minApprovals } = stage;
  if (resolver.kind === 'CHILD') return [];
  if (resolver.kind === 'PERSON' && resolver.personIds.length === 0)
    return [{ at, code: 'COUNT_WITHOUT_SEATS', message: 'nobody is named' }];
  const unknown = unknownGroups(resolver, rule);
  if (unknown.length > 0)
    return [{ at, code: 'GROUP_UNKNOWN', message: `no group ${unknown.join(', ')} in the resolver` }];
  const most = mostSeats(resolver);
  const wanted = Math.max(minApprovals, rule.kind === 'COUNT' ? rule.count : 0);
  if (wanted > most.persons) return [unreachable(at, wanted, most.persons)];
  if (rule.kind === 'WEIGHT' && rule.weight > most.weight) return [unreachable(at, rule.weight, most.weight)];
  if (rule.kind !== 'PER_GROUP' || resolver.kind !== 'GROUPS') return [];
  return Object.entries(rule.groups).flatMap(([name, inner]) => {
    const group = mostSeats(resolver.groups[name]!);
    const needs = inner.kind === 'COUNT' ? inner.count : inner.kind === 'WEIGHT' ? inner.weight : 1;
    const has = inner.kind === 'WEIGHT' ? group.weight : group.persons;
    return needs > has ? [unreachable(at, needs, has)] : [];
  });
}

function unreachable(at: string, wanted: number, most: number): TableProblem {
  return {
    at,
    code: 'QUORUM_UNREACHABLE',
    message: `${wanted} are wanted, at most ${most} can answer`,
    zh: `需要 ${wanted}，最多只可能有 ${most}`,
  };
}

/** How many can sit there at most, as far as the policy alone says; roles and lines have no bound. */
function mostSeats(resolver: Resolver): { persons: number; weight: number } {
  const unbounded = { persons: Number.POSITIVE_INFINITY, weight: Number.POSITIVE_INFINITY };
  switch (resolver.kind) {
    case 'PERSON': {
      const ids = [...new Set(resolver.personIds)];
      const weight = ids.reduce((sum, id) => sum + (resolver.weights?.[id] ?? 1), 0);
      return { persons: ids.length, weight };
    }
    case 'MANAGER':
    case 'HEAD':
      return { persons: 1, weight: 1 };
    case 'GROUPS': {
      const parts = Object.values(resolver.groups).map(mostSeats);
      return {
        persons: parts.reduce((sum, { persons }) => sum + persons, 0),
        weight: parts.reduce((sum, { weight }) => sum + weight, 0),
      };
    }
    case 'ROLE':
    case 'CHAIN_TO_LIMIT':
    case 'INITIATOR_CHOICE':
    case 'FORM_FIELD':
    case 'EXPRESSION':
    case 'CHILD':
      return unbounded;
  }
}

function unknownGroups(resolver: Resolver, rule: QuorumRule): string[] {
  if (rule.kind !== 'PER_GROUP') return [];
  const groups = resolver.kind === 'GROUPS' ? resolver.groups : {};
  return Object.keys(rule.groups).filter((name) => !Object.hasOwn(groups, name));
}

const ENDS = new Set(['EXPIRE', 'AUTO_REJECT']);

/** AE-SLA-2, AE-SLA-4: the ladder ends in a decision, an expiry or an incident, each rung has its own id and can be reached. */
function ladderProblems({ key, rungs }: LadderSpec): TableProblem[] {
  const end = Math.min(...rungs.filter(({ kind }) => ENDS.has(kind)).map(({ atPercent }) => atPercent));
  const last = [...rungs].sort((a, b) => a.atPercent - b.atPercent).at(-1);
  return [
    ...when(
      end === Number.POSITIVE_INFINITY && last?.kind !== 'INCIDENT',
      key,
      'LADDER_WITHOUT_END',
      'the last rung must not mean silence',
    ),
    ...rungs.flatMap(({ id, kind, cap }) =>
      when(
        (kind === 'AUTO_APPROVE') !== (cap !== undefined),
        `${key}/${id}`,
        'AUTO_APPROVE_NEEDS_CAP',
        'AUTO_APPROVE, and nothing else, has a cap: the largest exposure time may approve',
      ),
    ),
    ...twice(
      rungs.map(({ id }) => id),
      'rung id',
    ).map((problem) => ({ ...problem, at: `${key}/${problem.at}` })),
    ...rungs
      .filter(({ atPercent }) => atPercent > end)
      .map(({ id }): TableProblem => ({
        at: `${key}/${id}`,
        code: 'RUNG_AFTER_END',
        severity: 'WARNING',
        message: 'an earlier rung has ended the wait by then',
      })),
  ];
}

/** Where everybody is asked in each stage, none needs to ask for it (AE-DUP-1). */
function freshLookProblems(at: string, freshLook = false, dedupe?: DedupeMode): TableProblem[] {
  if (!freshLook || dedupe !== 'NONE') return [];
  const message = 'freshLook changes nothing: the policy asks everybody in each stage';
  return [{ at, code: 'FRESH_LOOK_UNUSED', severity: 'WARNING', message }];
}

/** A reminder of what never ends, or that comes with the end, helps nobody (AE-RES-2). */
function reminderProblems({
  returnedWorkDays,
  returnedReminderWorkDays,
}: ApprovalPolicyContent): TableProblem[] {
  return when(
    returnedReminderWorkDays !== undefined && returnedReminderWorkDays >= (returnedWorkDays ?? 0),
    'returnedReminderWorkDays',
    'REMINDER_TOO_LATE',
    'a returned request is reminded of before it expires: returnedReminderWorkDays < returnedWorkDays',
  );
}

function isPool({ quorum, mode, resolver }: StageSpec): boolean {
  return quorum.kind === 'ANY' && mode === 'PARALLEL' && resolver.kind === 'ROLE';
}

function twice(values: readonly string[], what: string): TableProblem[] {
  return values
    .filter((value, index) => values.indexOf(value) !== index)
    .map((at) => ({ at, code: 'DUPLICATE', message: `${what} used twice` }));
}

function when(is: boolean, at: string, code: string, message: string): TableProblem[] {
  return is ? [{ at, code, message }] : [];
}
