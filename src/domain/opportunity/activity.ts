import { DomainError, type FieldError } from '../errors.js';

export const ACTIVITY_KINDS = ['VISIT', 'CALL', 'MAIL', 'MEETING', 'NOTE'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];
export type ActivityState = 'PLANNED' | 'DONE' | 'CANCELLED';

/** What was done, as somebody logs it. */
export interface DoneActivity {
  kind: ActivityKind;
  /** ISO instant */
  at: string;
  /** the customer took part; only that counts as contact */
  twoWay: boolean;
}

/**
 * A note is nobody's answer, and nothing has been done in the future.
 * @param now ISO instant
 * @throws DomainError VALIDATION
 */
export function checkDone({ kind, at, twoWay }: DoneActivity, now: string): void {
  const errors: FieldError[] = [];
  if (kind === 'NOTE' && twoWay)
    errors.push({ pointer: '/twoWay', code: 'ONE_SIDED', rule: 'a note is not a contact' });
  if (Date.parse(at) > Date.parse(now))
    errors.push({ pointer: '/doneAt', code: 'FUTURE', rule: 'not after now' });
  if (errors.length > 0) throw new DomainError('VALIDATION', { now }, errors);
}

/**
 * Where the contact clock of a deal stands after an activity (processes §3.2, anti-gaming): only what the customer took
 * part in moves it, to the time it happened and never back. An entry that is made up late gives no more days than a true one.
 * @returns ISO instant
 */
export function contactClock(clock: string, done: DoneActivity): string {
  return done.twoWay && Date.parse(done.at) > Date.parse(clock) ? done.at : clock;
}

/** A planned activity lies today or later. @throws DomainError VALIDATION */
export function checkPlanned(plannedOn: string, today: string, pointer: string): void {
  if (plannedOn < today)
    throw new DomainError('VALIDATION', { today }, [{ pointer, code: 'PAST', rule: 'today or later' }]);
}
