import { DomainError } from '../errors.js';
import { begun } from './begun.js';
import { decidedAs } from './decided.js';
import { foldAmendment } from './evolve-amend.js';
import type { ApprovalEvent } from './events.js';
import { isLive } from './seats.js';
import type { ApprovalState, Seat, Stage } from './model.js';

/**
 * Folds one event into the request. Pure and immutable: what an event does not touch keeps its identity, so a store
 * finds changed rows by `!==`. Folding the whole log gives the rows (approvals.md 4.18, 8).
 */
export function evolve(state: ApprovalState | null, event: ApprovalEvent): ApprovalState {
  if (event.type === 'request.submitted') return submitted(state, event);
  if (!state) throw new DomainError('NOT_FOUND', { event: event.type });
  return { ...apply(state, event), seq: state.seq + 1 };
}

function submitted(
  before: ApprovalState | null,
  event: Extract<ApprovalEvent, { type: 'request.submitted' }>,
): ApprovalState {
  return {
    ...event.facts,
    id: event.requestId,
    state: 'PENDING',
    seq: (before?.seq ?? 0) + 1,
    round: event.round,
    returns: before?.returns ?? 0,
    stale: null,
    amends: event.amends ?? before?.amends ?? null,
    remindedAt: null,
    ...begun(event),
    effectAt: null,
    ...(before?.copiedTo ? { copiedTo: before.copiedTo } : {}),
    submittedAt: event.at,
    closedAt: null,
  };
}

function apply(
  state: ApprovalState,
  event: Exclude<ApprovalEvent, { type: 'request.submitted' }>,
): ApprovalState {
  switch (event.type) {
    case 'request.migrated':
      return { ...state, ...event.facts, round: event.round, ...begun(event) };
    case 'stage.activated':
      return {
        ...onStage(state, event.stageId, {
          state: 'ACTIVE',
          code: null,
          childId: event.childId,
          claim: null,
          visit: event.visit,
          openedAt: event.at,
          closedAt: null,
        }),
        seats: [...state.seats, ...event.seats],
      };
    case 'stage.blocked':
      return onStage(state, event.stageId, {
        state: 'BLOCKED',
        code: event.code,
        childId: null,
        visit: event.visit,
        openedAt: event.at,
      });
    case 'stage.restaffed':
      return {
        ...onStage(state, event.stageId, { state: 'ACTIVE', code: null }),
        seats: [...state.seats, ...event.seats],
      };
    case 'stage.named': {
      const { personIds, byId, reason } = event;
      return onStage(state, event.stageId, { named: { personIds, byId, reason } });
    }
    case 'stage.claimed': {
      const { seatId, personId, until } = event;
      return onStage(state, event.stageId, { claim: { seatId, personId, until } });
    }
    case 'stage.released':
      return onStage(state, event.stageId, { claim: null });
    case 'stage.outcome-accepted':
      return onStage(state, event.stageId, { state: 'ACTIVE', code: null });
    case 'stage.reopened':
      return {
        ...onStage(state, event.stageId, { state: 'ACTIVE', code: null, closedAt: null }),
        effectAt: null,
      };
    case 'stage.skipped':
      return onStage(state, event.stageId, { state: 'SKIPPED', code: event.code, closedAt: event.at });
    case 'stage.closed':
      return onStage(state, event.stageId, {
        state: event.state,
        code: event.code,
        carriedYes: event.carriedYes,
        closedAt: event.at,
      });
    case 'seat.opened':
      return onSeat(state, event.seatId, {
        state: 'OPEN',
        code: null,
        openedAt: event.at,
        rungs: event.rungs,
        dueAt: event.dueAt,
      });
    case 'seat.decided':
      return onSeat(state, event.seatId, {
        ...decidedAs(event.decision),
        decision: event.decision,
        closedAt: event.decision.at,
      });
    case 'seat.deduped':
      return onSeat(state, event.seatId, {
        ...unasked(state, event),
        state: 'AUTO_APPROVED',
        code: 'DEDUPED',
        sameAs: event.earlier,
        envelope: event.envelope ?? null,
      });
    case 'seat.deferred':
      return onSeat(state, event.seatId, {
        ...unasked(state, event),
        state: 'CANCELLED',
        code: 'ASKED_LATER',
        sameAs: { kind: 'LATER', stageKey: event.stageKey },
      });
    case 'seat.drifted':
      return onSeat(state, event.seatId, { sodDrift: event.constraint });
    case 'seat.retimed':
      return onSeat(state, event.seatId, { rungs: event.rungs, dueAt: event.dueAt });
    case 'seat.retracted':
    case 'seat.return-lapsed':
      return retracted(state, event.seatId);
    case 'seat.restored':
      return restored(state, event);
    case 'seat.parked':
      return onSeat(state, event.seatId, { state: 'PARKED', code: event.code, closedAt: null });
    case 'seat.closed':
      return onSeat(state, event.seatId, { state: event.state, code: event.code, closedAt: event.at });
    case 'seat.added':
      return { ...state, seats: [...state.seats, event.seat] };
    case 'seat.transferred':
      return transferred(state, event);
    case 'rung.fired':
      return fired(state, event.seatId, event.rungId, event.at);
    case 'request.passed':
      return { ...state, effectAt: event.effectAt };
    case 'request.returned':
      return {
        ...state,
        state: event.pendingReturn.to === 'INITIATOR' ? 'RETURNED' : state.state,
        effectAt: null,
        returns: state.returns + 1,
        pendingReturn: event.pendingReturn,
        remindedAt: null,
      };
    case 'initiator.replaced':
      return {
        ...state,
        initiatorId: event.personId,
        selfIds: [...new Set([...state.selfIds, event.personId])],
      };
    case 'request.reminded':
      return { ...state, remindedAt: event.at };
    case 'request.copied':
      return event.personIds.length === 0
        ? state
        : { ...state, copiedTo: [...(state.copiedTo ?? []), ...event.personIds] };
    case 'seat.urged':
      return unchanged(state, event.seatId, { urgeAgainAt: event.againAt });
    case 'attachment.added':
      return state;
    case 'request.revoked':
      return { ...state, state: 'REVOKED' };
    case 'subject.edited': {
      const { subjectHash, measured, exposure, stages } = event;
      return { ...state, subjectHash, ...(measured ? { measured } : {}), exposure, stages };
    }
    case 'request.reassessed': {
      const { measured, exposure, stages, snapshots } = event;
      return {
        ...state,
        ...(measured ? { measured } : {}),
        ...(snapshots ? { snapshots, seats: state.seats.map(seenAnew) } : {}),
        exposure,
        stages,
      };
    }
    case 'facts.refreshed':
      return { ...state, snapshots: event.snapshots };
    case 'request.amended':
    case 'request.stale':
    case 'request.reverted':
      return foldAmendment(state, event);
    case 'request.closed':
      return {
        ...state,
        state: event.state,
        amends: event.state === 'APPROVED' ? null : (state.amends ?? null),
        effectAt: null,
        closedAt: event.at,
      };
  }
}

/** Whoever has it before them has seen other values: their open page is refused (AE-CMD-1). */
function seenAnew(seat: Seat): Seat {
  return isLive(seat) ? { ...seat, version: seat.version + 1 } : seat;
}

/** A seat that closes without an answer of its own: it never was its holder's task, or was one until then. */
function unasked({ seats }: ApprovalState, { seatId, at }: { seatId: string; at: string }): Partial<Seat> {
  const openedAt = seats.find(({ id }) => id === seatId)?.openedAt ?? null;
  const wasTask = openedAt !== null && openedAt < at;
  return { openedAt: wasTask ? openedAt : null, dueAt: null, rungs: [], closedAt: at };
}

function onStage(state: ApprovalState, id: string, change: Partial<Stage>): ApprovalState {
  return {
    ...state,
    stages: state.stages.map((stage) => (stage.id === id ? { ...stage, ...change } : stage)),
  };
}

function onSeat(state: ApprovalState, id: string, change: Partial<Seat>): ApprovalState {
  return {
    ...state,
    seats: state.seats.map((seat) =>
      seat.id === id ? { ...seat, ...change, version: seat.version + 1 } : seat,
    ),
  };
}

function transferred(
  state: ApprovalState,
  {
    seatId,
    holderId,
    ownerId,
    standIn = null,
    cause,
    dueAt,
    rungs,
  }: Extract<ApprovalEvent, { type: 'seat.transferred' }>,
): ApprovalState {
  const before = state.seats.find(({ id }) => id === seatId);
  const { hops = 0, pastHolderIds = [] } = before ?? {};
  const past = new Set([...pastHolderIds, ...(before ? [before.holderId] : [])]);
  return onSeat(state, seatId, {
    holderId,
    ...(ownerId === undefined ? {} : { ownerId }),
    standIn,
    pastHolderIds: [...past],
    dueAt,
    rungs,
    hops: cause === 'TRANSFER' ? hops + 1 : hops,
  });
}

/** Asked again, with the time it had: the answer before is history, told by the log. */
function retracted(state: ApprovalState, id: string): ApprovalState {
  const { retractions = 0 } = state.seats.find((seat) => seat.id === id) ?? {};
  return onSeat(state, id, {
    state: 'OPEN',
    code: null,
    decision: null,
    sodDrift: undefined,
    closedAt: null,
    retractions: retractions + 1,
  });
}

function restored(
  state: ApprovalState,
  { seatId, state: seatState, code }: Extract<ApprovalEvent, { type: 'seat.restored' }>,
): ApprovalState {
  const unopened = seatState === 'WAITING' ? { openedAt: null, dueAt: null } : {};
  return onSeat(state, seatId, { state: seatState, code, closedAt: null, ...unopened });
}

function fired(state: ApprovalState, seatId: string, rungId: string, at: string): ApprovalState {
  const rungs = state.seats.find(({ id }) => id === seatId)?.rungs ?? [];
  return unchanged(state, seatId, {
    rungs: rungs.map((rung) => (rung.id === rungId ? { ...rung, firedAt: at } : rung)),
  });
}

/** What its holder was shown still holds: a page that is open stays good. */
function unchanged(state: ApprovalState, id: string, change: Partial<Seat>): ApprovalState {
  return { ...state, seats: state.seats.map((seat) => (seat.id === id ? { ...seat, ...change } : seat)) };
}
