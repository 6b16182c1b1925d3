import type { StoredRequest } from '../../db/approval-state.js';
import { activeClaim } from '../../domain/approval/pool.js';
import type { ApprovalState, AttachmentRef, Seat, SeatReason, Stage } from '../../domain/approval/model.js';
import type { PolicyInput } from '../../domain/approval/policy.js';
import type { OrgDrift } from '../../domain/approval/org-drift.js';
import type { Plan, PlannedStage } from '../../domain/approval/plan.js';
import { envelopeView, type EnvelopeView } from './envelope-view.js';
import type { NameOf, PersonRef } from './person-ref.js';
import { quorumText } from './plan-view.js';

export interface SeatView {
  id: string | null;
  version: number | null;
  owner: PersonRef | null;
  holder: PersonRef | null;
  role: string | null;
  state: string;
  code: string | null;
  weight: number;
  openedAt: string | null;
  dueAt: string | null;
  why: SeatReason[];
  certainty: 'FIXED' | 'MAY_CHANGE';
  parentId: string | null;
  /** who added the seat and how it stands to the one it was added to (AE-ADD-1) */
  added: { by: PersonRef | null; relation: string } | null;
  /** whom the organisation of now would ask instead of the owner; null: the owner (AE-MGR-2) */
  orgDrift: PersonRef[] | null;
  /** why its holder is not asked here: in which stage they have said yes, or are asked (AE-DUP-1) */
  sameAs: { kind: 'EARLIER' | 'LATER'; stage: string; by: PersonRef | null; at: string | null } | null;
  /** of a yes: what it covers (AE-ENV-1) */
  envelope: EnvelopeView | null;
  decision: {
    action: string;
    by: PersonRef | null;
    onBehalfOf: PersonRef | null;
    comment: string | null;
    at: string;
    attachments: AttachmentRef[];
    signed: boolean;
  } | null;
}

export interface StageView {
  id: string | null;
  key: string;
  title: string;
  rank: number;
  branch: string | null;
  visit: number;
  state: string;
  code: string | null;
  quorum: string;
  openedAt: string | null;
  closedAt: string | null;
  /** the request that decides this stage (AE-CHILD-1) */
  childRequestId: string | null;
  /** who of the pool has taken it, and until when (AE-IN-2) */
  claim: { by: PersonRef | null; until: string } | null;
  /** its open seats follow the reporting line (AE-MGR-2) */
  strictReporting: boolean;
  seats: SeatView[];
}

/** Past, present and future of the round, in the order it is walked: real seats where they exist, planned ones ahead. */
export function pathView(
  { state, readAt }: StoredRequest,
  { plan, inputs }: { plan: Plan; inputs: readonly PolicyInput[] },
  nameOf: NameOf,
): StageView[] {
  return state.stages.map((stage) => {
    const seats = state.seats.filter((seat) => seat.stageId === stage.id && seat.visit === stage.visit);
    const ahead = stage.state === 'PLANNED' || stage.state === 'INVALIDATED';
    const planned = plan.stages.find(({ spec }) => spec.key === stage.spec.key);
    return {
      id: stage.id,
      key: stage.spec.key,
      title: stage.spec.title,
      rank: stage.spec.block * 100 + stage.spec.rank,
      branch: stage.spec.branch,
      visit: stage.visit,
      state: stage.state,
      code: stage.code,
      quorum: quorumText(stage.spec.quorum),
      openedAt: stage.openedAt,
      closedAt: stage.closedAt,
      childRequestId: stage.childId,
      claim: claimView(state, stage, readAt, nameOf),
      strictReporting: stage.spec.strictReporting === true,
      seats:
        ahead && stage.named
          ? namedSeats(stage, stage.named.personIds, nameOf)
          : ahead && seats.length === 0 && planned
            ? plannedSeats(planned, nameOf)
            : [
                ...(seats.length === 0 ? carriedSeats(stage, { nameOf, inputs }) : []),
                ...seats.map((seat) => seatView(seat, stage, state.stages, { nameOf, inputs })),
              ],
    };
  });
}

function claimView(state: ApprovalState, stage: Stage, now: string, nameOf: NameOf): StageView['claim'] {
  const claim = activeClaim(state, stage, now);
  return claim && { by: nameOf(claim.personId), until: claim.until };
}

function plannedSeats({ spec, seats }: PlannedStage, nameOf: NameOf): SeatView[] {
  return seats.map((seat) => ({
    ...unbegun(spec),
    owner: nameOf(seat.ownerId),
    holder: nameOf(seat.holderId),
    weight: seat.weight,
    why: [...seat.why],
    certainty: seat.certainty,
  }));
}

/** Whom somebody has named for a stage that has not begun. */
function namedSeats({ spec, why }: Stage, personIds: readonly string[], nameOf: NameOf): SeatView[] {
  return personIds.map((id) => ({
    ...unbegun(spec),
    owner: nameOf(id),
    holder: nameOf(id),
    weight: 1,
    why: [...why],
    certainty: 'FIXED',
  }));
}

function unbegun(spec: Stage['spec']) {
  return {
    id: null,
    version: null,
    role: roleOf(spec),
    state: 'PLANNED',
    code: null,
    openedAt: null,
    dueAt: null,
    parentId: null,
    added: null,
    sameAs: null,
    orgDrift: null,
    envelope: null,
    decision: null,
  };
}

/** Who approved in an earlier round what this round goes on with (AE-RET-3). */
function carriedSeats(
  stage: Stage,
  { nameOf, inputs }: { nameOf: NameOf; inputs: readonly PolicyInput[] },
): SeatView[] {
  return (stage.carried ?? []).map(({ holderId, envelope }) => ({
    ...unbegun(stage.spec),
    owner: nameOf(holderId),
    holder: nameOf(holderId),
    weight: 1,
    certainty: 'FIXED',
    state: 'AUTO_APPROVED',
    code: 'CARRIED',
    why: [...stage.why],
    envelope: envelopeView({ decision: null, envelope }, inputs),
  }));
}

function seatView(
  seat: Seat,
  stage: Stage,
  stages: readonly Stage[],
  { nameOf, inputs }: { nameOf: NameOf; inputs: readonly PolicyInput[] },
): SeatView {
  const { decision } = seat;
  return {
    id: seat.id,
    version: seat.version,
    owner: nameOf(seat.ownerId),
    holder: nameOf(seat.holderId),
    role: roleOf(stage.spec),
    state: seat.state,
    code: seat.code,
    weight: seat.weight,
    openedAt: seat.openedAt,
    dueAt: seat.dueAt,
    why: [...seat.why],
    certainty: 'FIXED',
    parentId: seat.parentId,
    added: seat.added && { by: nameOf(seat.added.by), relation: seat.added.relation },
    orgDrift: null,
    sameAs: sameAsView(seat, stages, nameOf),
    envelope: envelopeView(seat, inputs),
    decision: decision && {
      action: decision.action,
      by: nameOf(decision.actor),
      onBehalfOf: nameOf(decision.onBehalfOf),
      comment: decision.comment,
      at: decision.at,
      attachments: [...(decision.attachments ?? [])],
      signed: decision.signature !== undefined,
    },
  };
}

/** The path with whom the organisation of now would ask, at the seats where that is somebody else. */
export function withDrift(
  path: readonly StageView[],
  drift: readonly OrgDrift[],
  nameOf: NameOf,
): StageView[] {
  const now = new Map(drift.map(({ seatId, personIds }) => [seatId, personIds]));
  const drifted = (seat: SeatView): SeatView => {
    const personIds = seat.id === null ? undefined : now.get(seat.id);
    return personIds ? { ...seat, orgDrift: personIds.flatMap((id) => nameOf(id) ?? []) } : seat;
  };
  return path.map((stage) => ({ ...stage, seats: stage.seats.map(drifted) }));
}

function sameAsView({ sameAs }: Seat, stages: readonly Stage[], nameOf: NameOf): SeatView['sameAs'] {
  if (!sameAs) return null;
  const { kind, stageKey } = sameAs;
  const stage = stages.find(({ spec }) => spec.key === stageKey)?.spec.title ?? stageKey;
  return kind === 'EARLIER'
    ? { kind, stage, by: nameOf(sameAs.actor), at: sameAs.at }
    : { kind, stage, by: null, at: null };
}

function roleOf({ resolver }: Stage['spec']): string | null {
  return resolver.kind === 'ROLE' ? resolver.role : null;
}
