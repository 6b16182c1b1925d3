import type { StoredRequest } from '../../db/approval-state.js';
import type { Plan } from '../../domain/approval/plan.js';

/** Everybody the path of a request shows. */
export function peopleInPath({ state }: StoredRequest, plan: Plan): (string | null)[] {
  return [
    state.initiatorId,
    ...state.seats.flatMap((seat) => [
      seat.ownerId,
      seat.holderId,
      seat.added?.by ?? null,
      seat.decision?.actor ?? null,
      seat.decision?.onBehalfOf ?? null,
    ]),
    ...state.stages.flatMap((stage) => (stage.carried ?? []).map(({ holderId }) => holderId)),
    ...plan.stages.flatMap((stage) => stage.seats.flatMap((seat) => [seat.ownerId, seat.holderId])),
  ];
}
