import type { DirectorySnapshot } from '../org/directory.js';
import type { ApprovalState, Seat, Stage } from './model.js';
import { resolverOf } from './replacement.js';
import { isLive, seatsOf } from './seats.js';
import { staffingOf } from './staffing.js';
import type { Resolver, StageSpec } from './stage-spec.js';

const BY_LINE: ReadonlySet<Resolver['kind']> = new Set(['MANAGER', 'CHAIN_TO_LIMIT', 'HEAD']);

/** An open seat that the organisation of now would neither give to its owner nor to its holder, and to whom it would. */
export interface OrgDrift {
  seatId: string;
  personIds: readonly string[];
}

/**
 * AE-MGR-2: the reporting line has changed since a stage began. The seats stay with whoever has them; this says which, and
 * who would sit there now, so that somebody entitled can pass them on.
 */
export function orgDrift(state: ApprovalState, directory: DirectorySnapshot): OrgDrift[] {
  return state.stages.flatMap((stage) => {
    const seats = byLine(state, stage);
    if (seats.length === 0) return [];
    const { seats: now } = staffingOf(stage, state, directory);
    return seats.flatMap(({ id, ownerId, holderId, group }) => {
      const named = now.filter((draft) => draft.group === group).map((draft) => draft.ownerId);
      const isNamed = named.includes(ownerId) || named.includes(holderId);
      return isNamed ? [] : [{ seatId: id, personIds: named }];
    });
  });
}

/** Whether there is anything the reporting line could say differently now. */
export function mayDrift(state: ApprovalState): boolean {
  return state.stages.some((stage) => byLine(state, stage).length > 0);
}

/** Live seats of a running stage that the reporting line gave to their owners. */
function byLine(state: ApprovalState, stage: Stage): Seat[] {
  if (state.state !== 'PENDING' || stage.state !== 'ACTIVE' || stage.named) return [];
  return seatsOf(state, stage).filter((seat) => isLive(seat) && isByLine(seat, stage.spec));
}

/** Whether the reporting line gave the seat to its owner, and not a person or the submission. */
export function isByLine({ origin, group }: Pick<Seat, 'origin' | 'group'>, spec: StageSpec): boolean {
  const isFixed = spec.resolveAt === 'SUBMIT';
  return origin === 'POLICY' && !isFixed && BY_LINE.has(resolverOf(spec, group).kind);
}

/** Whether the reporting line names anybody of the stage. */
export function asksTheLine({ resolver }: Pick<StageSpec, 'resolver'>): boolean {
  const parts = resolver.kind === 'GROUPS' ? Object.values(resolver.groups) : [resolver];
  return parts.some(({ kind }) => BY_LINE.has(kind));
}
