import type { ApprovalState, Seat, Stage } from './model.js';
import { returnTargets } from './return.js';
import { isTerminal, stageOf } from './seats.js';

export interface ActionRight {
  action:
    | 'APPROVE'
    | 'REJECT'
    | 'RETURN'
    | 'ABSTAIN'
    | 'TRANSFER'
    | 'WITHDRAW'
    | 'RESUBMIT'
    | 'RESTAFF'
    | 'TERMINATE';
  seatId: string | null;
  seatVersion: number | null;
  /** said before the click (AE-REQ-1) */
  commentRequired: boolean;
}

/** What the person may do to the request now. The server refuses the same things; this only spares them the attempt. */
export function actionsFor(
  state: ApprovalState,
  personId: string,
  may: { decide: boolean; admin: boolean; ops: boolean },
): ActionRight[] {
  if (isTerminal(state.state)) return [];
  const seat = may.decide ? openSeatOf(state, personId) : undefined;
  return [
    ...(seat ? seatActions(seat, stageOf(state, seat)) : []),
    ...(personId === state.initiatorId ? initiatorActions(state) : []),
    ...(may.admin && personId !== state.initiatorId && state.state === 'PENDING' && isWithdrawable(state)
      ? [right('WITHDRAW')]
      : []),
    ...(may.admin && state.stages.some((stage) => stage.state === 'BLOCKED') ? [right('RESTAFF')] : []),
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

function seatActions(seat: Seat, stage: Stage): ActionRight[] {
  const on = { seatId: seat.id, seatVersion: seat.version };
  return [
    ...(['APPROVE', 'REJECT', 'RETURN', 'ABSTAIN'] as const).map((action) => ({
      action,
      ...on,
      commentRequired: stage.spec.commentOn.includes(action),
    })),
    { action: 'TRANSFER', ...on, commentRequired: true },
  ];
}

function isWithdrawable({ round, seats, withdrawPolicy }: ApprovalState): boolean {
  const decided = round > 1 || seats.some((seat) => seat.decision !== null);
  return withdrawPolicy === 'ANYTIME' || (withdrawPolicy === 'BEFORE_FIRST_DECISION' && !decided);
}

function initiatorActions(state: ApprovalState): ActionRight[] {
  return [
    ...(isWithdrawable(state) ? [right('WITHDRAW')] : []),
    ...(state.state === 'RETURNED' ? [right('RESUBMIT')] : []),
  ];
}

function right(action: ActionRight['action'], commentRequired = false): ActionRight {
  return { action, seatId: null, seatVersion: null, commentRequired };
}
