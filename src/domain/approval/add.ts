import { DomainError } from '../errors.js';
import { newSeat } from './activate.js';
import { advance } from './advance.js';
import type { ApprovalCommand } from './command.js';
import { eligible, mustSayWhy } from './eligible.js';
import { mustNotBeAdvice, openSeatOf } from './holder.js';
import type { Seat } from './model.js';
import { seatsOf, stageOf } from './seats.js';
import type { Transition } from './transition.js';
import { addedBelow } from './tree.js';

const MAX_DEPTH = 3;
const MAX_SEATS = 50;

/**
 * AE-ADD-1: the holder of an OPEN seat asks others in (加签): before, then the seat waits for them; after, then the holder's
 * yes waits for theirs; or beside it, which makes the stage count more votes. AE-DLG-1: or for an opinion (委派), which is
 * no vote; the initiator may be asked for one.
 * @throws DomainError as `openSeatOf` · REQUIREMENT_MISSING · PERSON_INACTIVE · SOD_INITIATOR · ALREADY_IN_STAGE ·
 *   ACTION_NOT_ALLOWED by an adviser · ADD_LIMIT deeper than three or more than fifty seats · ADD_CONFLICT before and after on one seat (AE-ADD-2)
 */
export function addSeats(transition: Transition, command: Extract<ApprovalCommand, { type: 'ADD' }>): void {
  const { context } = transition;
  const { relation, rule, reason } = command;
  const seat = openSeatOf(transition, command);
  mustNotBeAdvice(seat, command.type);
  const stage = stageOf(transition.state, seat);
  const seats = seatsOf(transition.state, stage);
  mustSayWhy(reason);
  const personIds = [...new Set(command.personIds)];
  if (personIds.length === 0) throw new DomainError('REQUIREMENT_MISSING', { missing: ['personIds'] });
  const other = relation === 'BEFORE' ? 'AFTER' : 'BEFORE';
  if ((relation === 'BEFORE' || relation === 'AFTER') && addedBelow(seats, seat, other).length > 0)
    throw new DomainError('ADD_CONFLICT', { relation, present: other });
  const parent = relation === 'PARALLEL' ? seats.find(({ id }) => id === seat.parentId) : seat;
  if (seats.length + personIds.length > MAX_SEATS || depthOf(seats, parent) > MAX_DEPTH)
    throw new DomainError('ADD_LIMIT', { depth: MAX_DEPTH, seats: MAX_SEATS });
  const parks = relation === 'BEFORE' || relation === 'CONSULT';
  for (const personId of personIds) {
    const { id } = eligible(transition, stage, personId, { self: relation === 'CONSULT' });
    const draft = { ownerId: id, holderId: id, weight: 1, group: seat.group, text: `added: ${reason}` };
    const added = newSeat(transition, stage, {
      draft,
      ordinal: seats.length + personIds.indexOf(personId),
      visit: stage.visit,
      origin: 'ADDED',
      opens: parks || (relation === 'PARALLEL' && stage.spec.mode === 'PARALLEL'),
      // beside a seat that was added itself: one more of those, under the same seat and in the same relation
      added: {
        by: context.actor.id,
        relation: relation === 'PARALLEL' ? (seat.added?.relation ?? relation) : relation,
        rule,
        reason,
      },
      parentId: parent?.id ?? null,
    });
    transition.emit({ type: 'seat.added', seat: added, reason });
  }
  if (parks) {
    const code = relation === 'CONSULT' ? 'CONSULT' : 'ADDED_BEFORE';
    transition.emit({ type: 'seat.parked', seatId: seat.id, code, at: context.now });
  }
  advance(transition);
}

/** How deep a seat added below this one would lie; a root is 0. */
function depthOf(seats: readonly Seat[], parent: Seat | undefined): number {
  let depth = 0;
  for (let next = parent; next; depth += 1) {
    const { parentId } = next;
    next = seats.find(({ id }) => id === parentId);
  }
  return depth;
}
