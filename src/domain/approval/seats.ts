import type { DirectorySnapshot } from '../org/directory.js';
import type { ApprovalState, RequestState, Seat, Stage, StageState } from './model.js';
import type { Vote } from './quorum.js';

/** Closed for good: only APPROVED → REVOKED is legal from here (approvals.md 4.0). */
export function isTerminal(state: RequestState): boolean {
  return state !== 'PENDING' && state !== 'RETURNED';
}

/** Still owed: WAITING, OPEN or PARKED. */
export function isLive(seat: Seat): boolean {
  return seat.state === 'WAITING' || seat.state === 'OPEN' || seat.state === 'PARKED';
}

/** Finished in favour, or not needed by rule. */
export function isPassed(stage: Stage): boolean {
  return stage.state === 'PASSED' || stage.state === 'SKIPPED';
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

export function stageOf(state: ApprovalState, seat: Seat): Stage {
  const stage = state.stages.find(({ id }) => id === seat.stageId);
  if (!stage) throw new Error(`seat ${seat.id} has no stage`);
  return stage;
}

/** The seat and those added below it by escalation: one owed vote, whoever of them answers first (AE-SLA-4 ADD). */
export function familyOf(seats: readonly Seat[], root: Seat): Seat[] {
  return [root, ...seats.filter((seat) => seat.parentId === root.id && seat.origin === 'ESCALATION')];
}

/** The counted votes of a stage visit: one per root seat that was neither cancelled nor removed without an answer. */
export function votesOf(state: ApprovalState, stage: Stage, directory: DirectorySnapshot): Vote[] {
  const seats = seatsOf(state, stage);
  return seats
    .filter((seat) => seat.parentId === null)
    .flatMap((root) => {
      const family = familyOf(seats, root);
      const speaker = family.find((seat) => valueOf(seat) !== null) ?? family.find(isLive);
      if (!speaker) return [];
      const person = directory.people[speaker.holderId]?.identity ?? speaker.holderId;
      return [
        { person, weight: root.weight, group: root.group, value: valueOf(speaker) ?? ('LIVE' as const) },
      ];
    });
}

function valueOf(seat: Seat): Exclude<Vote['value'], 'LIVE'> | null {
  switch (seat.state) {
    case 'APPROVED':
    case 'AUTO_APPROVED':
      return 'YES';
    case 'REJECTED':
      return 'NO';
    case 'ABSTAINED':
      return 'ABSTAIN';
    case 'WAITING':
    case 'OPEN':
    case 'PARKED':
    case 'CANCELLED':
    case 'REMOVED':
      return null;
  }
}

/** Holders who may act now, in seat order, each once. */
export function openHolders(state: ApprovalState): string[] {
  const holders = state.seats.filter((seat) => seat.state === 'OPEN').map((seat) => seat.holderId);
  return [...new Set(holders)];
}
