import { DomainError } from '../errors.js';
import { advance } from './advance.js';
import { carriedVotes, droppedVotes, type LostVote } from './carry.js';
import { yesVotes } from './carry-over.js';
import type { ApprovalCommand } from './command.js';
import { mustSayWhy } from './eligible.js';
import type { ApprovalState, Stage } from './model.js';
import type { PlannedStage } from './plan.js';
import { areDistinct, isShortOfPersons, KEPT, yesIn } from './separation.js';
import { isSelf } from './self.js';
import { isDecidedByChild, isTerminal } from './seats.js';
import { freshStage } from './submit.js';
import { Transition } from './transition.js';

/** What another policy means for one stage of an open request (AE-POL-2). */
export interface StageMove {
  key: string;
  title: string;
  effect: 'KEPT' | 'ADDED' | 'DROPPED';
  /** whose yes counts on */
  carried: readonly string[];
  lost: readonly LostVote[];
  /** of KEPT: it had passed and stays so, the carried votes pass it, or people are asked */
  state: 'PASSED' | 'PASSES' | 'ASKED' | null;
}

type Migrate = Extract<ApprovalCommand, { type: 'MIGRATE' }>;

/**
 * AE-POL-2: moves an open request to another version of its policy: the round on it is over, a new one on the same content
 * begins with the votes that carry. A policy under which nobody is left to ask is an outcome that somebody must answer for.
 * On the version it has already nothing happens.
 * @throws DomainError REQUEST_CLOSED · MOVE_RETURNED it waits for its initiator, and its resubmission chooses a version ·
 *   REQUEST_STATE it waits for its effect · CHILD_RUNNING ·
 *   SOD_INITIATOR whoever counts as initiator moves it · SOD_MIN_PERSONS · NO_APPROVER · OUTCOME_CHANGE · REQUIREMENT_MISSING
 */
export function migrate(transition: Transition, command: Migrate): void {
  const { state, context } = transition;
  if (state.policy.id === command.facts.policy.id) return;
  mustBeMovable(transition);
  mustSayWhy(command.reason);
  if (command.plan.problems.length > 0)
    throw new DomainError('NO_APPROVER', { problems: command.plan.problems });
  const trial = new Transition(state, context);
  move(trial, command, true);
  const { state: after, effectAt } = trial.state;
  const decides = after !== 'PENDING' || effectAt !== null;
  const last = trial.state.stages.at(-1);
  if (decides && last && isShortOfPersons(trial.state, last, context.directory))
    throw new DomainError('SOD_MIN_PERSONS');
  if (decides && !command.acceptOutcome)
    throw new DomainError('OUTCOME_CHANGE', { outcome: after === 'PENDING' ? 'APPROVED' : after });
  move(transition, command, decides);
}

function mustBeMovable({ state, context }: Transition): void {
  const { state: requestState, seq, effectAt } = state;
  if (isTerminal(requestState)) throw new DomainError('REQUEST_CLOSED', { requestState, seq });
  if (requestState === 'RETURNED') throw new DomainError('MOVE_RETURNED', { seq });
  if (requestState !== 'PENDING' || effectAt !== null)
    throw new DomainError('REQUEST_STATE', { requestState, effectAt, seq });
  if (state.stages.some(isDecidedByChild)) throw new DomainError('CHILD_RUNNING');
  const actor = context.directory.people[context.actor.id];
  if (!actor || isSelf(actor, state, context.directory)) throw new DomainError('SOD_INITIATOR');
}

function move(transition: Transition, command: Migrate, accepted: boolean): void {
  const { state: before, context } = transition;
  const { plan, facts, reason } = command;
  const moves = stageMoves(before, command, transition);
  const stages = plan.stages.map((planned) =>
    newStage(
      transition,
      planned,
      moves.find(({ key }) => key === planned.spec.key)!,
      before,
    ),
  );
  for (const stage of before.stages) {
    transition.cancelLiveSeats(stage, 'MIGRATED');
    if (stage.state !== 'PASSED' && stage.state !== 'SKIPPED')
      transition.closeStage(stage, 'CANCELLED', 'MIGRATED');
  }
  const from = before.policy;
  const round = before.round + 1;
  transition.emit({
    type: 'request.migrated',
    from,
    round,
    facts,
    stages,
    moves,
    reason,
    accepted,
    at: context.now,
  });
  advance(transition);
}

/** Stage by stage, in the order of the new path, what is dropped last. */
function stageMoves(before: ApprovalState, { plan, facts }: Migrate, { context }: Transition): StageMove[] {
  const { people } = context.directory;
  const human = (id: string) => people[id]?.identity ?? id;
  const saidYes: { key: string; person: string }[] = [];
  const isBarred = (key: string) => (personId: string) =>
    saidYes.some(
      (said) => said.person === human(personId) && areDistinct(facts.separation ?? [], key, said.key),
    );
  const kept = plan.stages.map((planned): StageMove => {
    const { key, title } = planned.spec;
    const old = before.stages.find(({ spec }) => spec.key === key);
    if (!old) return { key, title, effect: 'ADDED', carried: [], lost: [], state: null };
    if (isSameChild(old, planned))
      return { key, title, effect: 'KEPT', carried: [], lost: [], state: 'PASSED' };
    const { yes, lost, passes } = carriedVotes(before, old, planned, context.directory, isBarred(key));
    saidYes.push(...yes.map((id) => ({ key, person: human(id) })));
    const state = !passes ? 'ASKED' : old.state === 'PASSED' ? 'PASSED' : 'PASSES';
    return { key, title, effect: 'KEPT', carried: yes, lost, state };
  });
  const dropped = before.stages
    .filter(({ spec }) => !plan.stages.some((planned) => planned.spec.key === spec.key))
    .map((stage): StageMove => {
      const { key, title } = stage.spec;
      const lost = droppedVotes(before, stage, context.directory);
      return { key, title, effect: 'DROPPED', carried: [], lost, state: null };
    });
  return [...kept, ...dropped];
}

/** A request of its own that said yes to this content, and would be asked by the same policy. */
function isSameChild({ state, spec }: Stage, planned: PlannedStage): boolean {
  const [a, b] = [spec.resolver, planned.spec.resolver];
  return state === 'PASSED' && a.kind === 'CHILD' && b.kind === 'CHILD' && a.policyKind === b.policyKind;
}

function newStage(
  { context }: Transition,
  planned: PlannedStage,
  { carried, state }: StageMove,
  before: ApprovalState,
): Stage {
  const old = before.stages.find(({ spec }) => spec.key === planned.spec.key);
  const votes = old ? yesVotes(before, old).filter(({ holderId }) => carried.includes(holderId)) : [];
  const fresh = { ...freshStage(planned, context.newId()), carriedYes: carried, carried: votes };
  if (state !== 'PASSED' || !old) return fresh;
  const { childId, openedAt, closedAt } = old;
  const passedBy = yesIn(before, old);
  return { ...fresh, state: 'PASSED', code: KEPT, passedBy, childId, visit: 1, openedAt, closedAt };
}
