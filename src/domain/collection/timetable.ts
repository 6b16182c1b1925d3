import { DateTime } from 'luxon';
import type { WorkCalendar } from '../calendar.js';
import type { Appointment } from '../process/timetable.js';
import { dayAfter } from './dates.js';
import { caseStep, inWindow, type CaseItem } from './letter.js';
import type { CollectionPolicy } from './policy.js';
import { judgePromise, type Received } from './promise.js';
import { standingOf, type CaseState } from './standing.js';

/** What a case is waiting for, all by one clock. */
export interface WaitingCase {
  state: CaseState;
  pausedUntil: string | null;
  lastLetterOn: string | null;
  /** the customer's zone, for the hours of letters; the company's, for days */
  zone: string;
  companyZone: string;
  today: string;
  /** ISO instant */
  now: string;
  policy: CollectionPolicy;
  items: readonly CaseItem[];
  inLegal: number;
  promises: readonly { id: string; amount: string; holdUntil: string; received: readonly Received[] }[];
  disputes: readonly { id: string; escalateOn: string; escalated: boolean }[];
}

/** Everything time does with a case from now on, in no order; what is due is due now. */
export function caseTimetable(of: WaitingCase, calendar: WorkCalendar): Appointment[] {
  const standing = standingOf(of);
  const settles = standing === of.state ? [] : [at('COLLECTION_SETTLES', `settle/${standing}`, now(of))];
  if (standing === 'CLOSED') return settles;
  return [...settles, ...ofPause(of), ...ofPromises(of), ...ofDisputes(of), ...ofLetters(of, calendar)];
}

function ofPause({ pausedUntil, ...of }: WaitingCase): Appointment[] {
  if (pausedUntil === null) return [];
  return [at('COLLECTION_SETTLES', `settle/${pausedUntil}`, dayBegins({ ...of }, dayAfter(pausedUntil, 1)))];
}

/** A promise is judged as soon as the money is there, or on the day after its hold. */
function ofPromises(of: WaitingCase): Appointment[] {
  return of.promises.map((promise) => {
    const state = judgePromise(promise, promise.received, of.today, of.policy.promise);
    const when = state === 'ACTIVE' ? dayBegins(of, dayAfter(promise.holdUntil, 1)) : now(of);
    return at('JUDGE_PROMISES', `promise/${promise.id}`, when);
  });
}

function ofDisputes(of: WaitingCase): Appointment[] {
  return of.disputes
    .filter(({ escalated }) => !escalated)
    .map(({ id, escalateOn }) => at('ESCALATE_DISPUTES', `dispute/${id}`, dayBegins(of, escalateOn)));
}

function ofLetters(of: WaitingCase, calendar: WorkCalendar): Appointment[] {
  if (!DUNNED.includes(of.state)) return [];
  const step = caseStep(of.items, of.today, of.lastLetterOn, calendar, of.policy);
  if (step.kind === 'NONE') return [];
  const begins = step.on <= of.today ? now(of) : dayBegins(of, step.on);
  const hours = inWindow(new Date(begins).toISOString(), of.zone, of.policy.letters);
  return [at('SEND_LETTER', `letter/${hours.at}`, Date.parse(hours.at))];
}

/** What is with the lawyers is not asked for by letter; whatever else is open is. */
export const DUNNED: readonly CaseState[] = ['OPEN', 'ESCALATED', 'LEGAL'];

function at(kind: Appointment['kind'], key: string, instant: number): Appointment {
  return { kind, key, at: instant, days: null };
}

function now(of: Pick<WaitingCase, 'now'>): number {
  return Date.parse(of.now);
}

/** The first instant of a day where the company is, not in the past. */
function dayBegins(of: Pick<WaitingCase, 'now' | 'companyZone'>, day: string): number {
  return Math.max(DateTime.fromISO(day, { zone: of.companyZone }).toMillis(), now(of));
}
