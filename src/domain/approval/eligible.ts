import { DomainError } from '../errors.js';
import type { DirectoryPerson } from '../org/directory.js';
import type { Stage } from './model.js';
import { isSelf } from './resolve.js';
import { seatsOf } from './seats.js';
import type { Transition } from './transition.js';

/**
 * Somebody a holder may bring into a running stage: active, not counting as initiator, and not in this visit already, by
 * identity; whoever voted in it has had theirs (AE-ADD-2, AE-XFER-1, AE-Q-8).
 * @throws DomainError PERSON_INACTIVE · SOD_INITIATOR · ALREADY_IN_STAGE
 */
export function eligible(
  { state, context }: Transition,
  stage: Stage,
  personId: string,
  allowed: { self: boolean } = { self: false },
): DirectoryPerson {
  const { people } = context.directory;
  const person = people[personId];
  if (!person?.active) throw new DomainError('PERSON_INACTIVE', { personId });
  if (!allowed.self && isSelf(person, state, context.directory))
    throw new DomainError('SOD_INITIATOR', { personId });
  const isIn = seatsOf(state, stage).some(
    ({ holderId, state: s }) =>
      s !== 'CANCELLED' && s !== 'REMOVED' && people[holderId]?.identity === person.identity,
  );
  if (isIn) throw new DomainError('ALREADY_IN_STAGE', { personId });
  return person;
}

/** @throws DomainError REQUIREMENT_MISSING */
export function mustSayWhy(reason: string): void {
  if (reason.trim() !== '') return;
  throw new DomainError('REQUIREMENT_MISSING', { missing: ['reason'] }, [
    { pointer: '/reason', code: 'REQUIRED', rule: 'says why' },
  ]);
}
