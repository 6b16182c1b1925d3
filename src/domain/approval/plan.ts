import { DomainError } from '../errors.js';
import type { DirectorySnapshot } from '../org/directory.js';
import type { Who } from './candidates.js';
import type { Dropped } from './events.js';
import type { MatchedRow, SeatReason } from './model.js';
import type { StageSpec } from './stage-spec.js';
import { quorumReachable, stricterQuorum } from './quorum.js';
import type { Separation } from './separation-rules.js';
import { separatedInPlan } from './separation-plan.js';
import { seatReasons, staffStage, type SeatDraft } from './resolve.js';

export interface PlannedSeat extends SeatDraft {
  why: readonly SeatReason[];
  /** MAY_CHANGE: the person is resolved again when the stage opens (AE-PLAN-4) */
  certainty: 'FIXED' | 'MAY_CHANGE';
}

export interface PlannedStage {
  spec: StageSpec;
  why: readonly SeatReason[];
  /** CHILD: a request of its own decides, its people are found when it is opened (AE-CHILD-1) */
  outcome: 'SEATS' | 'SKIP' | 'BLOCK' | 'CHILD';
  code: string | null;
  seats: readonly PlannedSeat[];
  dropped: readonly Dropped[];
}

/** The path a case would take now. Preview and submission use this one function: equal inputs, byte-equal plan (AE-PLAN-1). */
export interface Plan {
  stages: readonly PlannedStage[];
  /** stages nobody can sit in; a plan with problems cannot be submitted (AE-EMPTY-1) */
  problems: readonly { code: string; stageKey: string; dropped: readonly Dropped[] }[];
  /** stages of the policy that no matching row asks for */
  notAsked: readonly { stageKey: string; title: string }[];
}

export interface PlanInput {
  rows: readonly MatchedRow[];
  stages: readonly StageSpec[];
  who: Who;
  /** of the policy that judges it (AE-SOD-1); left out: none */
  separation?: readonly Separation[];
  directory: DirectorySnapshot;
  policyVersion: number;
}

/**
 * Union of the stages all matching rows ask for, the stricter quorum winning, ordered by block, branch and rank (AE-PLAN-3).
 * Zero stages is a legal plan: approved at once (AE-PLAN-2).
 * @throws DomainError POLICY_ERROR a row names a stage the policy does not have · ORG_CYCLE
 */
export function buildPlan(input: PlanInput): Plan {
  const { rows, stages, directory, policyVersion } = input;
  const who = { ...input.who, separation: input.separation ?? [] };
  const specs = collectStages(rows, stages);
  const planned: PlannedStage[] = [];
  for (const spec of specs) {
    const separated = separatedInPlan(spec, planned, who, directory);
    const why = reasonsFor(spec, rows, policyVersion);
    planned.push(planStage(spec, spec === specs[0], why, { ...who, separated }, directory));
  }
  return {
    stages: planned,
    problems: planned
      .filter((stage) => stage.outcome === 'BLOCK')
      .map((stage) => ({ code: stage.code ?? 'EMPTY', stageKey: stage.spec.key, dropped: stage.dropped })),
    notAsked: stages
      .filter((spec) => !specs.some((asked) => asked.key === spec.key))
      .map((spec) => ({ stageKey: spec.key, title: spec.title })),
  };
}

function collectStages(rows: readonly MatchedRow[], catalogue: readonly StageSpec[]): StageSpec[] {
  const collected = new Map<string, StageSpec>();
  for (const row of rows) {
    for (const key of row.stageKeys) {
      const spec = catalogue.find((stage) => stage.key === key);
      if (!spec)
        throw new DomainError('POLICY_ERROR', { reason: 'unknown stage', stageKey: key, rowId: row.rowId });
      const asked = row.quorum?.[key] ?? spec.quorum;
      const before = collected.get(key);
      collected.set(key, { ...spec, quorum: before ? stricterQuorum(before.quorum, asked) : asked });
    }
  }
  return [...collected.values()].sort(byPosition);
}

/** In the order they are walked. */
export function byPosition(a: StageSpec, b: StageSpec): number {
  return a.block - b.block || compareText(a.branch, b.branch) || a.rank - b.rank || compareText(a.key, b.key);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function reasonsFor(spec: StageSpec, rows: readonly MatchedRow[], policyVersion: number): SeatReason[] {
  return rows
    .filter((row) => row.stageKeys.includes(spec.key))
    .map(({ rule, text, inputs, rowId }) => ({ rule, text, inputs, policyVersion, rowId }));
}

function planStage(
  spec: StageSpec,
  opensNow: boolean,
  why: readonly SeatReason[],
  who: Who,
  directory: DirectorySnapshot,
): PlannedStage {
  if (spec.resolver.kind === 'CHILD')
    return { spec, why, outcome: 'CHILD', code: null, seats: [], dropped: [] };
  const staffing = staffStage(spec, who, directory);
  const certainty = spec.resolveAt === 'SUBMIT' || opensNow ? ('FIXED' as const) : ('MAY_CHANGE' as const);
  const seats = staffing.seats.map((seat) => ({ ...seat, why: seatReasons(why, seat), certainty }));
  const unreachable = staffing.outcome === 'SEATS' && !canPass(spec, staffing.seats, directory);
  return {
    spec,
    why,
    outcome: unreachable ? 'BLOCK' : staffing.outcome,
    code: unreachable ? 'QUORUM_UNREACHABLE' : staffing.code,
    seats,
    dropped: staffing.dropped,
  };
}

/** AE-Q-9: enough seats for minApprovals and for the quorum. */
export function canPass(spec: StageSpec, seats: readonly SeatDraft[], directory: DirectorySnapshot): boolean {
  const votes = seats.map(({ holderId, weight, group }) => ({
    person: directory.people[holderId]?.identity ?? holderId,
    weight,
    group,
    value: 'YES' as const,
  }));
  return seats.length >= spec.minApprovals && quorumReachable(spec.quorum, votes);
}
