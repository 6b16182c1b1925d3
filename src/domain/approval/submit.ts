import { DomainError } from '../errors.js';
import { advance } from './advance.js';
import { carryOver, settledOf } from './carry-over.js';
import type { ApprovalCommand, ApprovalContext } from './command.js';
import type { RoundFacts } from './events.js';
import type { BrokenStage, Earlier } from './earlier.js';
import type { ApprovalState, Seat, Stage } from './model.js';
import type { Plan, PlannedStage } from './plan.js';
import { isDecidedByChild, isDropped, isPassed, isTerminal } from './seats.js';
import type { Transition } from './transition.js';

/**
 * First submission. @throws DomainError OPEN_REQUEST_EXISTS · NO_APPROVER a stage cannot be staffed (AE-EMPTY-1)
 */
export function submit(
  transition: Transition,
  command: Extract<ApprovalCommand, { type: 'SUBMIT' }>,
  exists: boolean,
): void {
  if (exists) throw new DomainError('OPEN_REQUEST_EXISTS', { requestId: command.requestId });
  openRound(transition, command.requestId, 1, command.facts, {
    stages: freshStages(transition, command.plan),
    changed: true,
    resumeDowngraded: false,
  });
}

/**
 * AE-RES-1: only from RETURNED, only by the initiator. With TO_RETURNER whatever was approved and still covers the subject
 * stays so, and whoever returned it is asked next; what the subject broke is asked again (AE-RET-3).
 * @throws DomainError NOT_RETURNED · REQUEST_CLOSED · NOT_INITIATOR · NO_APPROVER
 */
export function resubmit(
  transition: Transition,
  command: Extract<ApprovalCommand, { type: 'RESUBMIT' }>,
): void {
  const before = transition.state;
  if (isTerminal(before.state)) throw new DomainError('REQUEST_CLOSED', { state: before.state });
  if (before.state !== 'RETURNED') throw new DomainError('NOT_RETURNED', { state: before.state });
  if (transition.context.actor.id !== before.initiatorId) throw new DomainError('NOT_INITIATOR');
  const { facts } = command;
  const fresh = freshStages(transition, command.plan);
  const resumes = before.pendingReturn?.resume === 'TO_RETURNER';
  const earlier = resumes ? returnedRound(before) : before.amends;
  const { stages, broken } = earlier
    ? carryOver(earlier, fresh, facts, transition.context.directory, before.separation)
    : { stages: fresh, broken: [] };
  openRound(transition, before.id, before.round + 1, facts, {
    stages,
    changed: before.subjectHash !== facts.subjectHash,
    resumeDowngraded: resumes && broken.length > 0,
    ...(broken.length > 0 ? { broken } : {}),
  });
}

/** What a returned round had settled: what had passed, and the answers of the stages that the return stopped. */
function returnedRound(before: ApprovalState): Earlier {
  const from = before.pendingReturn?.fromStageKey;
  const stages = before.stages
    .filter((stage) => !isDropped(stage))
    .map((stage) => {
      const stopped = stage.spec.key === from || (stage.state === 'CANCELLED' && stage.code === 'RETURNED');
      const settled = settledOf(before, stage);
      return isPassed(stage) || stopped ? settled : { ...settled, votes: [] };
    });
  return { subjectHash: before.subjectHash, stages };
}

function openRound(
  transition: Transition,
  requestId: string,
  round: number,
  facts: RoundFacts,
  opening: {
    stages: readonly Stage[];
    changed: boolean;
    resumeDowngraded: boolean;
    broken?: readonly BrokenStage[];
  },
): void {
  transition.emit({
    type: 'request.submitted',
    requestId,
    round,
    facts,
    ...opening,
    at: transition.context.now,
  });
  advance(transition);
}

function freshStages({ context }: Transition, plan: Plan): Stage[] {
  mustBeStaffed(plan);
  return stagesOf(context, plan);
}

/** @throws DomainError NO_APPROVER a stage cannot be staffed (AE-EMPTY-1) */
export function mustBeStaffed({ problems }: Plan): void {
  if (problems.length > 0) throw new DomainError('NO_APPROVER', { problems });
}

/** The stages of a plan, none begun. */
export function stagesOf(context: ApprovalContext, plan: Plan): Stage[] {
  return plan.stages.map((planned) => freshStage(planned, context.newId()));
}

/** A stage of a new round, not begun. */
export function freshStage(planned: PlannedStage, id: string): Stage {
  return {
    id,
    spec: planned.spec,
    why: planned.why,
    fixedPersonIds: fixedPersons(planned),
    named: null,
    carriedYes: [],
    childId: null,
    claim: null,
    visit: 0,
    state: 'PLANNED',
    code: null,
    openedAt: null,
    closedAt: null,
  };
}

/** Persons pinned at submission: resolved then, or the initiator's choice (validated again when the stage opens, AE-PLAN-5). */
export function fixedPersons({ spec, seats }: PlannedStage): readonly string[] | null {
  return spec.resolveAt === 'SUBMIT' || spec.resolver.kind === 'INITIATOR_CHOICE'
    ? seats.map((seat) => seat.ownerId)
    : null;
}

/** A live request always has somebody who owes an answer, a named obstacle, or only its effect to wait for (4.18, 1). */
export function waitsForSomebody(state: ApprovalState): boolean {
  const live = (seat: Seat) => seat.state === 'OPEN' || seat.state === 'PARKED' || seat.state === 'WAITING';
  return (
    state.effectAt !== null ||
    state.seats.some(live) ||
    state.stages.some((stage) => stage.state === 'BLOCKED' || isDecidedByChild(stage))
  );
}
