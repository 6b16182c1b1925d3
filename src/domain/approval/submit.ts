import { DomainError } from '../errors.js';
import { canonicalJson } from '../json.js';
import { advance } from './advance.js';
import type { ApprovalCommand } from './command.js';
import { yesWithDeferred } from './dedupe.js';
import type { RoundFacts } from './events.js';
import type { ApprovalState, Seat, Stage } from './model.js';
import type { DirectorySnapshot } from '../org/directory.js';
import { isSelf } from './self.js';
import { KEPT, yesIn } from './separation.js';
import type { Plan, PlannedStage } from './plan.js';
import { isDecidedByChild, isPassed, isTerminal, precedes } from './seats.js';
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
 * AE-RES-1: only from RETURNED, only by the initiator. With TO_RETURNER and the same content, what had passed before the
 * returning stage keeps its PASSED and that stage's yes-votes are carried; otherwise the path is walked again (AE-RET-3).
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
  const changed = before.subjectHash !== command.facts.subjectHash;
  const resumes = before.pendingReturn?.resume === 'TO_RETURNER';
  const fresh = freshStages(transition, command.plan);
  const carried =
    resumes && !changed ? carryOver(before, fresh, command.facts, transition.context.directory) : null;
  openRound(transition, before.id, before.round + 1, command.facts, {
    stages: carried ?? fresh,
    changed,
    resumeDowngraded: resumes && carried === null,
  });
}

function openRound(
  transition: Transition,
  requestId: string,
  round: number,
  facts: RoundFacts,
  opening: { stages: readonly Stage[]; changed: boolean; resumeDowngraded: boolean },
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
  if (plan.problems.length > 0) throw new DomainError('NO_APPROVER', { problems: plan.problems });
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
function fixedPersons({ spec, seats }: PlannedStage): readonly string[] | null {
  return spec.resolveAt === 'SUBMIT' || spec.resolver.kind === 'INITIATOR_CHOICE'
    ? seats.map((seat) => seat.ownerId)
    : null;
}

/** The new round with what the last one had settled before the returning stage; null when the path is not the same any more. */
function carryOver(
  before: ApprovalState,
  fresh: readonly Stage[],
  facts: RoundFacts,
  directory: DirectorySnapshot,
): Stage[] | null {
  const from = before.stages.find(({ spec }) => spec.key === before.pendingReturn?.fromStageKey);
  if (!from || !samePath(before.stages, fresh)) return null;
  if (isPassedByInitiator(before, from, facts, directory)) return null;
  return fresh.map((stage) => {
    const old = before.stages.find(({ spec }) => spec.key === stage.spec.key)!;
    if (old.id === from.id) return { ...stage, carriedYes: old.carriedYes };
    if (!precedes(old, from) || !isPassed(old)) return stage;
    const carriedYes = yesWithDeferred(before, old);
    if (carriedYes) return { ...stage, carriedYes };
    return {
      ...stage,
      state: old.state,
      code: KEPT,
      ...passedBy(before, old),
      childId: old.childId,
      visit: 1,
      openedAt: old.openedAt,
      closedAt: old.closedAt,
    };
  });
}

function passedBy(before: ApprovalState, stage: Stage): Pick<Stage, 'passedBy'> {
  const yes = yesIn(before, stage);
  return yes.length === 0 ? {} : { passedBy: yes };
}

/** Whoever answers the return now had said yes before it: nobody's yes to their own request is kept (AE-SELF-1). */
function isPassedByInitiator(
  before: ApprovalState,
  from: Stage,
  facts: RoundFacts,
  directory: DirectorySnapshot,
): boolean {
  const kept = before.stages.filter(
    (stage) => typeof stage.spec.self !== 'object' && (stage.id === from.id || precedes(stage, from)),
  );
  return kept.some((stage) =>
    yesIn(before, stage)
      .flat()
      .some((id) => {
        const person = directory.people[id];
        return person !== undefined && isSelf(person, facts, directory);
      }),
  );
}

function samePath(old: readonly Stage[], fresh: readonly Stage[]): boolean {
  const shape = (stages: readonly Stage[]) =>
    canonicalJson(JSON.parse(JSON.stringify(stages.map(({ spec }) => spec))));
  return shape(old) === shape(fresh);
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
