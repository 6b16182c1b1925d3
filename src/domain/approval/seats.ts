import type { ApprovalState, RequestState, Seat, Stage, StageState } from './model.js';

/** Closed for good: only APPROVED → REVOKED is legal from here (approvals.md 4.0). */
export function isTerminal(state: RequestState): boolean {
  return state !== 'PENDING' && state !== 'RETURNED';
}

/** Still owed: WAITING, OPEN or PARKED. */
export function isLive(seat: Seat): boolean {
  return seat.state === 'WAITING' || seat.state === 'OPEN' || seat.state === 'PARKED';
}

/** Counts in favour: answered, carried, or given by the system. */
export function isYes({ state }: Seat): boolean {
  return state === 'APPROVED' || state === 'AUTO_APPROVED';
}

/** Finished in favour, or not needed by rule. */
export function isPassed(stage: Pick<Stage, 'state'>): boolean {
  return stage.state === 'PASSED' || stage.state === 'SKIPPED';
}

/** Code of a stage that the edited content does not need any more. */
export const NOT_NEEDED = 'NOT_NEEDED';

/** Left out since an approver's edit, not passed: it is asked when the content needs it again (AE-SUB-2). */
export function isDropped({ state, code }: Pick<Stage, 'state' | 'code'>): boolean {
  return state === 'SKIPPED' && code === NOT_NEEDED;
}

/** A stage that waits for a request of its own instead of seats (AE-CHILD-1). */
export function isDecidedByChild(stage: Stage): boolean {
  return stage.state === 'ACTIVE' && stage.childId !== null;
}

const AHEAD: readonly StageState[] = ['PLANNED', 'INVALIDATED', 'RETURNED'];

/** Not yet begun, or to be walked again after a return. */
export function isAhead(stage: Stage): boolean {
  return AHEAD.includes(stage.state);
}

/** `a` comes before `b`: an earlier block, or an earlier rank of the same branch (AE-RET-1). */
export function precedes(a: Stage, b: Stage): boolean {
  if (a.spec.block !== b.spec.block) return a.spec.block < b.spec.block;
  return a.spec.branch === b.spec.branch && a.spec.rank < b.spec.rank;
}

/** Seats of the stage's present visit. Earlier visits are history and never count (AE-Q-6, AE-RET-2). */
export function seatsOf(state: ApprovalState, stage: Stage): Seat[] {
  return state.seats.filter((seat) => seat.stageId === stage.id && seat.visit === stage.visit);
}

/** Holders whose seats of the stage's visit say yes, by themselves or automatically. */
export function yesHolders(state: ApprovalState, stage: Stage): string[] {
  return seatsOf(state, stage)
    .filter(isYes)
    .map((seat) => seat.holderId);
}

export function stageOf(state: ApprovalState, seat: Seat): Stage {
  const stage = state.stages.find(({ id }) => id === seat.stageId);
  if (!stage) throw new Error(`seat ${seat.id} has no stage`);
  return stage;
}

/** Below another seat, for the same vote: escalated (AE-SLA-4 ADD), or shared while its holder is away (AE-ABS-4). */
export function isStandInSeat({ origin }: Seat): boolean {
  return origin === 'ESCALATION' || origin === 'SHARED';
}

/** The seat and those below it for the same vote: whoever of them answers first. */
export function familyOf(seats: readonly Seat[], root: Seat): Seat[] {
  return [root, ...seats.filter((seat) => seat.parentId === root.id && isStandInSeat(seat))];
}

/** The vote a seat belongs to: itself, or the one it was added below, however deep. */
export function rootOf(seats: readonly Seat[], seat: Seat): Seat {
  const parent = seats.find(({ id }) => id === seat.parentId);
  return parent ? rootOf(seats, parent) : seat;
}

/** Holders who may act now, in seat order, each once. */
export function openHolders(state: ApprovalState): string[] {
  const holders = state.seats.filter((seat) => seat.state === 'OPEN').map((seat) => seat.holderId);
  return [...new Set(holders)];
}

/** Keys of the stages in which a person has something to answer now, each once. */
export function openStageKeys({ state, seats, stages }: ApprovalState, personId: string): string[] {
  if (state !== 'PENDING') return [];
  const open = seats.filter((seat) => seat.holderId === personId && seat.state === 'OPEN');
  const asked = stages.filter(({ id }) => open.some(({ stageId }) => stageId === id));
  return [...new Set(asked.map(({ spec }) => spec.key))];
}
