import type { Stop } from '../customer/block.js';
import { DomainError } from '../errors.js';
import { managersKnown } from './authority.js';
import { mustSayWhy } from './eligible.js';
import type { PendingReturn, Seat, Stage } from './model.js';
import { isSelf } from './resolve.js';
import { isAhead, isDropped, isTerminal, precedes, yesHolders } from './seats.js';
import type { Transition } from './transition.js';

/** AE-RET-6: a request that bounced this often needs a talk, not another round. */
export const MAX_RETURNS = 10;

/**
 * Back to the initiator: the round stops, every live seat is cancelled, the content may be edited and resubmitted.
 * @param seat the returning seat; null when a rejected stage returns by policy, or a block of the customer stops it
 */
export function returnToInitiator(
  transition: Transition,
  from: Stage,
  seat: Seat | null,
  resume: PendingReturn['resume'],
  stop?: Stop,
): void {
  const carriedYes = resume === 'TO_RETURNER' ? yesHolders(transition.state, from) : [];
  for (const stage of transition.state.stages) {
    if (stage.id !== from.id && stage.state !== 'ACTIVE' && stage.state !== 'BLOCKED') continue;
    transition.cancelLiveSeats(stage, stop ? 'CUSTOMER_BLOCKED' : 'RETURNED');
    if (stage.id === from.id) transition.closeStage(stage, 'RETURNED', null, carriedYes);
    else transition.closeStage(stage, 'CANCELLED', 'RETURNED');
  }
  transition.emit({
    type: 'request.returned',
    pendingReturn: pendingReturn(from, seat, 'INITIATOR', resume),
    ...(stop ? { stop } : {}),
    at: transition.context.now,
  });
  const { people } = transition.context.directory;
  if (people[transition.state.initiatorId]?.active === false) replaceInitiator(transition);
}

/**
 * AE-RES-2: of a returned request whose initiator leaves or has left, the next active manager becomes the initiator, and
 * counts as one from then on. Nothing happens to other requests, or when there is no such manager.
 */
export function replaceInitiator(transition: Transition): void {
  const { state, context } = transition;
  if (state.state !== 'RETURNED') return;
  const manager = managersKnown(state.initiatorId, context.directory).find(
    (above) => above.active && !isSelf(above, state, context.directory),
  );
  if (manager) transition.emit({ type: 'initiator.replaced', personId: manager.id, at: context.now });
}

/**
 * AE-RES-1: an approval admin names who answers a return in the initiator's place; they count as initiator from then on,
 * and so does whoever was. Not while approvers look at it: nobody is taken off a seat that way.
 * @throws DomainError NOT_RETURNED · REQUEST_CLOSED · PERSON_INACTIVE · ALREADY_INITIATOR · SOD_INITIATOR the admin names
 *   themselves or counts as initiator · REQUIREMENT_MISSING
 */
export function setInitiator(
  transition: Transition,
  { personId, reason }: { personId: string; reason: string },
): void {
  const { state, context } = transition;
  if (isTerminal(state.state))
    throw new DomainError('REQUEST_CLOSED', { requestState: state.state, seq: state.seq });
  if (state.state !== 'RETURNED') throw new DomainError('NOT_RETURNED', { requestState: state.state });
  mustSayWhy(reason);
  const { people } = context.directory;
  const [person, admin] = [people[personId], people[context.actor.id]];
  if (!person?.active) throw new DomainError('PERSON_INACTIVE', { personId });
  if (personId === state.initiatorId) throw new DomainError('ALREADY_INITIATOR', { personId });
  if (!admin || admin.identity === person.identity || isSelf(admin, state, context.directory))
    throw new DomainError('SOD_INITIATOR');
  transition.emit({ type: 'initiator.replaced', personId, reason, at: context.now });
}

/**
 * Back to an earlier stage of this round (AE-RET-2): what runs after the target stops, decisions after it no longer
 * count, the target opens its next visit. With TO_RETURNER, stages in between keep their PASSED (AE-RET-3).
 */
export function returnToStage(
  transition: Transition,
  from: Stage,
  target: Stage,
  seat: Seat | null,
  resume: PendingReturn['resume'],
): void {
  const carriedYes = resume === 'TO_RETURNER' ? yesHolders(transition.state, from) : [];
  for (const stage of transition.state.stages) {
    if (stage.id !== target.id && (!precedes(target, stage) || isDropped(stage))) continue;
    if (stage.id === from.id) {
      transition.cancelLiveSeats(stage, 'RETURNED');
      transition.closeStage(stage, 'RETURNED', null, carriedYes);
    } else if (stage.state === 'ACTIVE' || stage.state === 'BLOCKED') {
      transition.cancelLiveSeats(stage, 'RETURNED');
      transition.closeStage(stage, 'INVALIDATED', 'RETURNED');
    } else if (stage.id === target.id || (!isAhead(stage) && resume === 'NEXT')) {
      transition.closeStage(stage, 'INVALIDATED', 'RETURNED');
    }
  }
  transition.emit({
    type: 'request.returned',
    pendingReturn: pendingReturn(from, seat, target.spec.key, resume),
    at: transition.context.now,
  });
}

/** Stages a holder may return to: passed in this round, and before the holder's own (AE-RET-1). */
export function returnTargets(stages: readonly Stage[], from: Stage): Stage[] {
  return stages.filter((stage) => stage.state === 'PASSED' && precedes(stage, from));
}

function pendingReturn(
  from: Stage,
  seat: Seat | null,
  to: PendingReturn['to'],
  resume: PendingReturn['resume'],
): PendingReturn {
  return {
    fromStageKey: from.spec.key,
    fromSeatId: seat?.id ?? null,
    fromHolderId: seat?.holderId ?? null,
    to,
    resume,
  };
}
