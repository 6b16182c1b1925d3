import { share } from './absence.js';
import { dedupeStage } from './dedupe.js';
import { envelopeOf, type Envelope } from './envelope.js';
import type { ApprovalState, Seat, Stage } from './model.js';
import { seatReasons, type SeatDraft } from './resolve.js';
import { isYes } from './seats.js';
import { isShortOfPersons } from './separation.js';
import { staffingOf } from './staffing.js';
import type { Transition } from './transition.js';

/** Opens a stage's next visit with approvers resolved now (AE-PLAN-4, AE-RET-2). */
export function activate(transition: Transition, stage: Stage): void {
  const { state, context } = transition;
  const visit = stage.visit + 1;
  const at = context.now;
  if (stage.spec.resolver.kind === 'CHILD') {
    const childId = context.newId();
    transition.emit({
      type: 'stage.activated',
      stageId: stage.id,
      visit,
      seats: [],
      childId,
      dropped: [],
      at,
    });
    return;
  }
  const { outcome, code, seats, dropped } = staffingOf(stage, state, context.directory);
  const isShort = outcome === 'SKIP' && isShortOfPersons(state, stage, context.directory);
  if (isShort) {
    transition.emit({ type: 'stage.blocked', stageId: stage.id, visit, code: 'MIN_PERSONS', dropped, at });
  } else if (outcome === 'SKIP') {
    transition.emit({ type: 'stage.skipped', stageId: stage.id, code: code ?? 'EMPTY', dropped, at });
  } else if (outcome === 'BLOCK') {
    transition.emit({ type: 'stage.blocked', stageId: stage.id, visit, code: code ?? 'EMPTY', dropped, at });
  } else {
    const opened = seats.map((draft, ordinal) =>
      newSeat(transition, stage, { draft, ordinal, visit, origin: 'POLICY' }),
    );
    transition.emit({
      type: 'stage.activated',
      stageId: stage.id,
      visit,
      seats: opened,
      childId: null,
      dropped,
      at,
    });
    dedupeStage(transition, stage.id);
    for (const { id } of opened) share(transition, transition.seat(id));
  }
}

export interface NewSeat extends Partial<Pick<Seat, 'added' | 'parentId'>> {
  draft: SeatDraft;
  ordinal: number;
  visit: number;
  origin: Seat['origin'];
  /** left out: at once, unless the stage goes one after the other and it is not the first */
  opens?: boolean;
}

/** A seat as it enters a stage: carried yes, OPEN with its clock running, or WAITING for its turn. */
export function newSeat(
  { context, state }: Transition,
  stage: Stage,
  {
    draft,
    ordinal,
    visit,
    origin,
    opens = stage.spec.mode === 'PARALLEL' || ordinal === 0,
    added = null,
    parentId = null,
  }: NewSeat,
): Seat {
  const carried = stage.carriedYes.includes(draft.holderId);
  const vote = stage.carried?.find(({ holderId }) => holderId === draft.holderId);
  const open = !carried && opens;
  const clock = open ? context.ladder(stage.spec, draft.holderId, context.now) : { rungs: [], dueAt: null };
  return {
    id: context.newId(),
    stageId: stage.id,
    parentId,
    ownerId: draft.ownerId,
    holderId: draft.holderId,
    weight: draft.weight,
    hops: 0,
    group: draft.group,
    origin,
    added,
    pastHolderIds: [],
    standIn: draft.absenceIds ? { forId: draft.ownerId, absenceIds: draft.absenceIds } : null,
    ordinal,
    visit,
    version: 1,
    state: carried ? 'AUTO_APPROVED' : open ? 'OPEN' : 'WAITING',
    code: carried ? 'CARRIED' : null,
    sameAs: null,
    why: seatReasons(stage.why, draft),
    openedAt: open ? context.now : null,
    dueAt: clock.dueAt,
    rungs: clock.rungs,
    decision: null,
    envelope: carried ? (vote?.envelope ?? envelopeBefore(state, stage, draft.holderId)) : null,
    closedAt: carried ? context.now : null,
  };
}

/** What the person's yes of an earlier visit covers. */
function envelopeBefore({ seats }: ApprovalState, { id, visit }: Stage, holderId: string): Envelope | null {
  const earlier = seats.filter(
    (seat) => seat.stageId === id && seat.visit <= visit && seat.holderId === holderId && isYes(seat),
  );
  const last = earlier.at(-1);
  return last ? envelopeOf(last) : null;
}
