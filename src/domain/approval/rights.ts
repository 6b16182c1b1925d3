import { isBlockedByShrink } from './accept-outcome.js';
import type { ApprovalState, Seat, Stage } from './model.js';
import { nameable } from './name-approvers.js';
import { activeClaim } from './pool.js';
import { retractRefusal, retractUntil } from './retract.js';
import { requirementsOf } from './requirements.js';
import { mayReturn } from './return-rule.js';
import { returnTargets } from './return.js';
import { isLive, isTerminal, stageOf } from './seats.js';
import { isLeftAlone, urgeable } from './urge.js';
import type { DecisionAction, Requirement } from './stage-spec.js';

export interface ActionRight {
  action:
    | 'APPROVE'
    | 'REJECT'
    | 'RETURN'
    | 'ABSTAIN'
    | 'RETRACT'
    | 'OPINION'
    | 'TRANSFER'
    | 'CLAIM'
    | 'RELEASE'
    | 'ADD'
    | 'REMOVE'
    | 'URGE'
    | 'WITHDRAW'
    | 'REVOKE'
    | 'RESUBMIT'
    | 'RESTAFF'
    | 'NAME_APPROVERS'
    | 'SET_INITIATOR'
    | 'ACCEPT_OUTCOME'
    | 'TERMINATE';
  seatId: string | null;
  seatVersion: number | null;
  /** said before the click (AE-REQ-1) */
  commentRequired: boolean;
  /** what else an answer must bring along; left out: nothing */
  requires?: Exclude<Requirement, 'COMMENT'>[];
  /** ISO instant after which it is no longer offered; left out: no such limit */
  until?: string;
}

/** What the person may do to the request now. The server refuses the same things; this only spares them the attempt. */
export function actionsFor(
  state: ApprovalState,
  personId: string,
  may: { decide: boolean; admin: boolean; ops: boolean },
  now: string,
): ActionRight[] {
  if (isTerminal(state.state)) return [];
  const seat = may.decide ? openSeatOf(state, personId) : undefined;
  return [
    ...(seat ? poolActions(state, seat, now) : []),
    ...(may.decide ? retractions(state, personId, now) : []),
    ...removals(state, personId, may.admin),
    ...(personId === state.initiatorId ? initiatorActions(state, now) : []),
    ...(may.admin && personId !== state.initiatorId && state.state === 'PENDING' && isWithdrawable(state)
      ? [right('WITHDRAW')]
      : []),
    ...(may.admin && state.stages.some((stage) => stage.state === 'BLOCKED') ? [right('RESTAFF')] : []),
    ...(nameable(state, personId, may.admin).length > 0 ? [right('NAME_APPROVERS', true)] : []),
    ...(may.admin && state.state === 'RETURNED' && !state.selfIds.includes(personId)
      ? [right('SET_INITIATOR', true)]
      : []),
    ...(may.admin && state.stages.some(isBlockedByShrink) ? [right('ACCEPT_OUTCOME', true)] : []),
    ...(may.ops ? [right('TERMINATE', true)] : []),
  ];
}

/** Stages the person's open seat may return to, besides the initiator. */
export function returnTargetsFor(state: ApprovalState, personId: string): Stage[] {
  const seat = openSeatOf(state, personId);
  return seat ? returnTargets(state.stages, stageOf(state, seat)) : [];
}

function openSeatOf(state: ApprovalState, personId: string): Seat | undefined {
  if (state.state !== 'PENDING') return undefined;
  return state.seats.find((seat) => seat.state === 'OPEN' && seat.holderId === personId);
}

/** In a pool: whoever claimed it may act or release it, the others wait; unclaimed, everybody of it may do either. */
function poolActions(state: ApprovalState, seat: Seat, now: string): ActionRight[] {
  const stage = stageOf(state, seat);
  const acts = seatActions(state, seat, stage);
  if (stage.spec.pool !== true || seat.added !== null) return acts;
  const claim = activeClaim(state, stage, now);
  if (claim && claim.personId !== seat.holderId) return [];
  const on = { seatId: seat.id, seatVersion: seat.version, commentRequired: false };
  return [...acts, { action: claim ? 'RELEASE' : 'CLAIM', ...on }];
}

function seatActions(state: ApprovalState, seat: Seat, stage: Stage): ActionRight[] {
  const on = { seatId: seat.id, seatVersion: seat.version };
  if (seat.added?.relation === 'CONSULT') return [{ action: 'OPINION', ...on, commentRequired: true }];
  const answers = (['APPROVE', 'REJECT', 'RETURN', 'ABSTAIN'] as const).filter(
    (action) => action !== 'RETURN' || mayReturn(state, stage, seat),
  );
  return [
    ...answers.map((action) => ({ action, ...on, ...requirementsOfAnswer(stage, action) })),
    { action: 'ADD', ...on, commentRequired: true },
    { action: 'TRANSFER', ...on, commentRequired: true },
  ];
}

function requirementsOfAnswer(
  { spec }: Stage,
  action: DecisionAction,
): Pick<ActionRight, 'commentRequired' | 'requires'> {
  const asked = requirementsOf(spec, action);
  const requires = asked.filter((requirement) => requirement !== 'COMMENT');
  return { commentRequired: asked.includes('COMMENT'), ...(requires.length > 0 ? { requires } : {}) };
}

/** The person's approvals that nobody has built upon yet (AE-TB-1). */
function retractions(state: ApprovalState, personId: string, now: string): ActionRight[] {
  return state.seats.flatMap((seat) => {
    const { id: seatId, version: seatVersion, decision } = seat;
    if (!decision || retractRefusal(state, seat, { personId, now, childrenDecided: [] })) return [];
    const until = retractUntil(state, decision);
    return [{ action: 'RETRACT' as const, seatId, seatVersion, commentRequired: false, until }];
  });
}

/** Open seats the person may take out: those they added, and as an admin from outside the stage everybody's (AE-REM-1). */
function removals(state: ApprovalState, personId: string, admin: boolean): ActionRight[] {
  const neutral = (seat: Seat) =>
    !state.selfIds.includes(personId) &&
    !state.seats.some(({ stageId, holderId }) => stageId === seat.stageId && holderId === personId);
  return state.seats
    .filter((seat) => isLive(seat) && stageOf(state, seat).state === 'ACTIVE')
    .filter((seat) => seat.added?.by === personId || (admin && (seat.added !== null || neutral(seat))))
    .map(({ id, version }) => ({
      action: 'REMOVE',
      seatId: id,
      seatVersion: version,
      commentRequired: true,
    }));
}

function isWithdrawable({ round, seats, withdrawPolicy, amends }: ApprovalState): boolean {
  const decided = round > (amends?.since ?? 1) || seats.some((seat) => seat.decision !== null);
  return withdrawPolicy === 'ANYTIME' || (withdrawPolicy === 'BEFORE_FIRST_DECISION' && !decided);
}

function initiatorActions(state: ApprovalState, now: string): ActionRight[] {
  const urges = state.state === 'PENDING' && urgeable(state).some((seat) => !isLeftAlone(seat, now));
  return [
    ...(urges ? [right('URGE')] : []),
    ...(isWithdrawable(state) ? [right('WITHDRAW')] : []),
    ...(state.state === 'RETURNED' ? [right('RESUBMIT')] : []),
  ];
}

function right(action: ActionRight['action'], commentRequired = false): ActionRight {
  return { action, seatId: null, seatVersion: null, commentRequired };
}
