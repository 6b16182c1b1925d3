import type { ApprovalEvent } from '../../domain/approval/events.js';
import type { Seat, Stage } from '../../domain/approval/model.js';
import type { StoredEvent } from './request-events.js';

/** Stages and seats of every round, as the events brought them. */
export interface Cast {
  stages: Map<string, Stage>;
  seats: Map<string, Seat>;
  /** seats whose holders were not asked in them: their yes was there already, or comes later */
  unasked: Set<string>;
}

export function castOf(events: readonly Pick<StoredEvent, 'payload'>[]): Cast {
  const cast: Cast = { stages: new Map(), seats: new Map(), unasked: new Set() };
  const seatedAt = new Map<string, string>();
  for (const { payload } of events) {
    if ('stages' in payload) payload.stages.forEach((stage) => cast.stages.set(stage.id, stage));
    if (payload.type === 'stage.activated' || payload.type === 'stage.restaffed')
      payload.seats.forEach((seat) => {
        cast.seats.set(seat.id, seat);
        seatedAt.set(seat.id, payload.at);
      });
    const leaves = payload.type === 'seat.deduped' || payload.type === 'seat.deferred';
    if (leaves && seatedAt.get(payload.seatId) === payload.at) cast.unasked.add(payload.seatId);
    if (payload.type === 'seat.added') cast.seats.set(payload.seat.id, payload.seat);
  }
  return cast;
}

/** Everybody an entry may name. */
export function peopleOf(events: readonly StoredEvent[]): (string | null)[] {
  return events.flatMap(({ actor, on_behalf_of, payload }) => [
    actor,
    on_behalf_of,
    ...(payload.type === 'rung.fired' ? payload.targets : []),
    ...(payload.type === 'seat.transferred' ? [payload.holderId] : []),
    ...(payload.type === 'stage.named' ? payload.personIds : []),
    ...(payload.type === 'initiator.replaced' ? [payload.personId] : []),
    ...(payload.type === 'stage.activated' ||
    payload.type === 'stage.restaffed' ||
    payload.type === 'stage.blocked'
      ? ('seats' in payload ? payload.seats : []).flatMap((seat) => [seat.holderId, seat.ownerId])
      : []),
    ...(payload.type === 'request.copied'
      ? [...payload.personIds, ...payload.skipped.map(({ personId }) => personId)]
      : []),
    ...('dropped' in payload ? payload.dropped.map(({ personId }) => personId) : []),
    ...(payload.type === 'seat.added' ? [payload.seat.holderId] : []),
    ...(payload.type === 'request.migrated' ? payload.moves.flatMap(({ carried }) => carried) : []),
  ]);
}

/** From here on the seat is somebody else's. */
export function follow({ seats }: Cast, event: ApprovalEvent): void {
  if (event.type !== 'seat.transferred') return;
  const seat = seats.get(event.seatId);
  if (seat) seats.set(seat.id, { ...seat, holderId: event.holderId });
}
