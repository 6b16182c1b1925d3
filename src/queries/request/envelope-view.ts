import type { StoredRequest } from '../../db/approval-state.js';
import { envelopeOf, seenEnvelope, type Bound, type Measure } from '../../domain/approval/envelope.js';
import type { Seat } from '../../domain/approval/model.js';
import type { PolicyInput } from '../../domain/approval/policy.js';
import type { ActionRight } from '../../domain/approval/rights.js';
import { stageOf } from '../../domain/approval/seats.js';

/** One dimension of what an approval covers, as people read it. */
export interface BoundView {
  dimension: string;
  label: string;
  direction: Bound['direction'];
  allowed: Measure | null;
}

/** What an approval covers; `bounds` null: the very content that was seen, and nothing else. */
export interface EnvelopeView {
  bounds: BoundView[] | null;
}

/** One dimension of what the viewer's approval would cover if they say nothing, and how far they may widen it. */
export interface OfferedBound extends BoundView {
  widenable: boolean;
  /** null: it cannot be widened, or up to their own money limit */
  widest: Measure | null;
}

type Labels = readonly Pick<PolicyInput, 'name' | 'label'>[];

export function envelopeView(seat: Pick<Seat, 'decision' | 'envelope'>, labels: Labels): EnvelopeView | null {
  const envelope = envelopeOf(seat);
  return envelope && { bounds: envelope.bounds?.map((bound) => boundView(bound, labels)) ?? null };
}

/** Empty when the viewer may not approve now, or their stage binds the very content. */
export function offeredBounds(
  { state }: StoredRequest,
  actions: readonly ActionRight[],
  labels: Labels,
): OfferedBound[] {
  const offer = actions.find(({ action, seatId }) => action === 'APPROVE' && seatId !== null);
  const seat = state.seats.find(({ id }) => id === offer?.seatId);
  if (!seat) return [];
  const { spec } = stageOf(state, seat);
  const bounds = seenEnvelope(spec, state).bounds ?? [];
  return bounds.map((bound) => {
    const dimension = spec.envelope?.find(({ name }) => name === bound.name);
    const widest = dimension?.widest ?? null;
    const widenable = bound.allowed !== null && (widest !== null || dimension?.byAuthority === true);
    return { ...boundView(bound, labels), widenable, widest };
  });
}

function boundView({ name, direction, allowed }: Bound, labels: Labels): BoundView {
  const label = labels.find((input) => input.name === name)?.label ?? name;
  return { dimension: name, label, direction, allowed };
}
