import { DomainError } from '../errors.js';
import type { DirectoryPerson } from '../org/directory.js';
import type { Dropped } from './events.js';
import type { Stage } from './model.js';
import { isSelf } from './resolve.js';
import { seatsOf } from './seats.js';
import { mustBeSeparate, seatEvidence } from './separation.js';
import type { Transition } from './transition.js';

/**
 * Somebody a holder may bring into a running stage: active, not counting as initiator, and not in this visit already, by
 * identity; whoever voted in it has had theirs (AE-ADD-2, AE-XFER-1, AE-Q-8); and kept out by no separation of duties (AE-SOD-1).
 * @throws DomainError PERSON_INACTIVE · SOD_INITIATOR · ALREADY_IN_STAGE · SOD_<constraint>
 */
export function eligible(
  transition: Transition,
  stage: Stage,
  personId: string,
  allowed: { self: boolean } = { self: false },
): DirectoryPerson {
  const { state, context } = transition;
  const person = context.directory.people[personId];
  if (!person?.active) throw new DomainError('PERSON_INACTIVE', { personId });
  if (!allowed.self && isSelf(person, state, context.directory))
    throw new DomainError('SOD_INITIATOR', { personId });
  if (sitsIn(transition, stage, personId)) throw new DomainError('ALREADY_IN_STAGE', { personId });
  // whoever only gives an opinion grants nothing
  if (!allowed.self) mustBeSeparate(seatEvidence(state, stage, [personId], context.directory), personId);
  return person;
}

/** Whether the human holds a seat of the stage's visit, live or answered, under whatever name. */
export function sitsIn({ state, context }: Transition, stage: Stage, personId: string): boolean {
  const { people } = context.directory;
  const identity = people[personId]?.identity ?? personId;
  return seatsOf(state, stage).some(
    ({ holderId, state: s }) =>
      s !== 'CANCELLED' && s !== 'REMOVED' && (people[holderId]?.identity ?? holderId) === identity,
  );
}

/** As `eligible`, for the system's own search: why the person cannot take a seat of the stage; null when they can. */
export function barredBecause(
  transition: Transition,
  stage: Stage,
  personId: string,
): Dropped['code'] | null {
  try {
    eligible(transition, stage, personId);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return BARRED[error.code] ?? 'NOT_ALLOWED';
  }
}

const BARRED: Readonly<Record<string, Dropped['code']>> = {
  PERSON_INACTIVE: 'INACTIVE',
  SOD_INITIATOR: 'INITIATOR',
  ALREADY_IN_STAGE: 'DUPLICATE',
  SOD_BENEFICIARY: 'BENEFICIARY',
  SOD_DISTINCT: 'DISTINCT',
  SOD_REPORT_OF_INITIATOR: 'REPORT_OF_INITIATOR',
  SOD_NOT_BOTH: 'NOT_BOTH',
  SOD_MIN_PERSONS: 'MIN_PERSONS',
};

/** @throws DomainError REQUIREMENT_MISSING */
export function mustSayWhy(reason: string): void {
  if (reason.trim() !== '') return;
  throw new DomainError('REQUIREMENT_MISSING', { missing: ['reason'] }, [
    { pointer: '/reason', code: 'REQUIRED', rule: 'says why' },
  ]);
}
