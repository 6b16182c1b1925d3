import { share } from './absence.js';
import { newSeat } from './activate.js';
import { barredBecause } from './eligible.js';
import { escalatedTo, holdShrunk, moveTo, REASONS } from './leave.js';
import type { Seat, Stage } from './model.js';
import { isByLine } from './org-drift.js';
import { takeOut } from './remove.js';
import type { SeatDraft } from './resolve.js';
import { isLive, seatsOf } from './seats.js';
import { staffingOf } from './staffing.js';
import type { Transition } from './transition.js';

/**
 * AE-MGR-2 `strictReporting`: open seats that the reporting line gave go to whoever it names now. Level by level: an answer
 * that was given fills its level and stands; an open seat moves, with what was added below it; a level more is a seat more,
 * a level less one seat less. A seat that goes by itself never decides its stage (AE-LEAVE-2). Repeated: nothing.
 */
export function followLine(transition: Transition): void {
  if (transition.state.state !== 'PENDING') return;
  for (const { id, state, spec, named } of transition.state.stages) {
    if (state !== 'ACTIVE' || spec.strictReporting !== true || named) continue;
    const shrinks = followStage(transition, id);
    if (shrinks) holdShrunk(transition, id, 'ORG_CHANGED');
  }
}

/** True when an owed vote went without anybody to owe it instead. */
function followStage(transition: Transition, stageId: string): boolean {
  const stage = transition.stage(stageId);
  const { state, context } = transition;
  const seats = seatsOf(state, stage).filter(({ parentId }) => parentId === null);
  const open = seats.filter((seat) => isMovable(seat, stage));
  if (open.length === 0) return false;
  const drafts = staffingOf(stage, state, context.directory).seats;
  const groups = [...new Set(open.map(({ group }) => group))];
  const shrinks = groups.map((group) =>
    followGroup(
      transition,
      stage,
      seats.filter((seat) => seat.group === group),
      drafts.filter((draft) => draft.group === group),
    ),
  );
  return shrinks.includes(true);
}

function isMovable(seat: Seat, { spec }: Stage): boolean {
  return isLive(seat) && seat.decision === null && isByLine(seat, spec);
}

function followGroup(
  transition: Transition,
  stage: Stage,
  seats: readonly Seat[],
  drafts: readonly SeatDraft[],
): boolean {
  const { people } = transition.context.directory;
  const human = (id: string) => people[id]?.identity ?? id;
  const holds = ({ ownerId, holderId }: Seat, draft: SeatDraft) =>
    [ownerId, holderId].some((id) => human(id) === human(draft.ownerId));
  const asked = seats.filter(isStillAsked);
  const levels = drafts.filter((draft) => !seats.some((seat) => hadItsTurn(seat) && holds(seat, draft)));
  const former = asked
    .filter((seat) => !drafts.some((draft) => holds(seat, draft)))
    .sort((a, b) => a.ordinal - b.ordinal);
  let shrinks = false;
  for (const [index, seat] of former.entries()) {
    if (!isMovable(seat, stage)) continue;
    const draft = levels[index];
    if (!draft || !handTo(transition, stage, seat, draft)) {
      takeOut(transition, transition.seat(seat.id), { code: 'ORG_CHANGED', reason: REASONS.ORG_CHANGED });
      shrinks = true;
    }
  }
  for (const draft of levels.slice(former.length)) open(transition, stage, draft);
  return shrinks;
}

/** Asked by the policy, or by hand in its place, and neither taken out nor cancelled. */
function isStillAsked({ origin, state }: Seat): boolean {
  return (origin === 'POLICY' || origin === 'RESTAFFED') && state !== 'REMOVED' && state !== 'CANCELLED';
}

/** Whoever was taken out by a person is not asked again because the line changes; whoever the line left out is. */
function hadItsTurn({ state, code }: Seat): boolean {
  return state !== 'REMOVED' || code !== 'ORG_CHANGED';
}

/** False when whoever is named sits in the stage already, or may not. */
function handTo(transition: Transition, stage: Stage, { id }: Seat, draft: SeatDraft): boolean {
  const seat = transition.seat(id);
  const escalated = escalatedTo(transition, stage, seat);
  if (escalated?.holderId === draft.holderId) transition.closeSeat(escalated, 'MERGED');
  if (barredBecause(transition, stage, draft.holderId) !== null) return false;
  for (const shared of seatsOf(transition.state, stage))
    if (shared.parentId === id && shared.origin === 'SHARED' && isLive(shared))
      transition.closeSeat(shared, 'ORG_CHANGED');
  const { holderId, ownerId, absenceIds } = draft;
  const standIn = absenceIds ? { forId: ownerId, absenceIds } : undefined;
  moveTo(transition, seat, {
    holderId,
    ownerId,
    loss: 'ORG_CHANGED',
    skipped: [],
    ...(standIn ? { standIn } : {}),
  });
  share(transition, transition.seat(id));
  return true;
}

/** One more is asked. A yes carried from an earlier visit does not count in a seat that only the change has opened. */
function open(transition: Transition, stage: Stage, draft: SeatDraft): void {
  if (barredBecause(transition, stage, draft.holderId) !== null) return;
  const ordinal = 1 + Math.max(...seatsOf(transition.state, stage).map((seat) => seat.ordinal));
  const seat = newSeat(
    transition,
    { ...stage, carriedYes: [] },
    { draft, ordinal, visit: stage.visit, origin: 'POLICY', opens: stage.spec.mode === 'PARALLEL' },
  );
  transition.emit({ type: 'seat.added', seat, reason: REASONS.ORG_CHANGED });
  share(transition, transition.seat(seat.id));
}
