import type { ApprovalState, Rung, Seat } from './model.js';

/** The next rung of an OPEN seat, or of one that only asks for an opinion (AE-DLG-1); none once the seat is terminal, WAITING or its stage is not running (AE-SLA-2, AE-SLA-5). */
export function nextRung(state: ApprovalState, seat: Seat): Rung | null {
  const runs = seat.state === 'OPEN' || (seat.state === 'PARKED' && seat.code === 'CONSULT');
  if (state.state !== 'PENDING' || !runs) return null;
  const stage = state.stages.find(({ id }) => id === seat.stageId);
  if (stage?.state !== 'ACTIVE') return null;
  const pending = seat.rungs.filter((rung) => rung.firedAt === null);
  return pending.reduce<Rung | null>((first, rung) => (!first || rung.at < first.at ? rung : first), null);
}

/** When time acts next on this request, as an ISO instant; null when nobody's clock runs. */
export function nextRungAt(state: ApprovalState): string | null {
  const instants = state.seats.flatMap((seat) => nextRung(state, seat)?.at ?? []);
  return instants.length === 0 ? null : instants.reduce((a, b) => (a < b ? a : b));
}

/** Earliest due time among OPEN seats: what a list shows as "until". */
export function earliestDueAt(state: ApprovalState): string | null {
  const instants = state.seats.flatMap((seat) => (seat.state === 'OPEN' && seat.dueAt ? [seat.dueAt] : []));
  return instants.length === 0 ? null : instants.reduce((a, b) => (a < b ? a : b));
}
