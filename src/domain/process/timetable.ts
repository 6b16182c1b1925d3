import type { NextStep, StepKind } from './view.js';

const DAY_MS = 86_400_000;

/** A reminder or an end that time brings. Instants are epoch milliseconds by Postgres' clock. */
export interface Appointment {
  kind: StepKind;
  key: string;
  at: number;
  /** the reminder's day, as the policy lists it */
  days: number | null;
}

/**
 * The offer's timetable (processes.md 3.2): reminders some calendar days before the end of validity, then the end. Of
 * several reminders that were slept through only the last is said; those that lie before the offer existed never are.
 * @param offer epoch milliseconds; `reminded` days already said
 */
export function offerTimetable(offer: {
  createdAt: number;
  expiresAt: number;
  now: number;
  reminderDays: readonly number[];
  reminded: readonly number[];
}): Appointment[] {
  const { createdAt, expiresAt, now, reminderDays, reminded } = offer;
  const reminders = reminderDays
    .map((days) => ({
      kind: 'REMIND_QUOTE' as const,
      key: `quote-reminder/${days}`,
      at: expiresAt - days * DAY_MS,
      days,
    }))
    .filter(({ at }) => at > createdAt);
  return [
    ...unsaid(reminders, now, reminded),
    { kind: 'EXPIRE_QUOTE', key: `quote-expiry/${expiresAt}`, at: expiresAt, days: null },
  ];
}

/**
 * The wait for the customer's signature: reminders some calendar days after sealing, then the contract lapses.
 * @param sealed epoch milliseconds; `reminded` days already said since this sealing
 */
export function signatureTimetable(sealed: {
  sealedAt: number;
  now: number;
  reminderDays: readonly number[];
  lapseDays: number;
  reminded: readonly number[];
}): Appointment[] {
  const { sealedAt, now, reminderDays, lapseDays, reminded } = sealed;
  const key = (what: string) => `${what}/${sealedAt}`;
  const reminders = reminderDays
    .filter((days) => days < lapseDays)
    .map((days) => ({
      kind: 'REMIND_SIGNATURE' as const,
      key: key(`signature-reminder/${days}`),
      at: sealedAt + days * DAY_MS,
      days,
    }));
  return [
    ...unsaid(reminders, now, reminded),
    { kind: 'LAPSE_CONTRACT', key: key('contract-lapse'), at: sealedAt + lapseDays * DAY_MS, days: null },
  ];
}

/** Marks the reminder of the seal among a contract's reminders, whose other marks are days after sealing. */
export const SEAL_REMINDED = 0;

/**
 * An approved contract waits for the seal: one reminder when its working days have passed.
 * @param approved `dueAt` epoch milliseconds; `reminded` marks said since the approval
 */
export function sealTimetable({
  dueAt,
  reminded,
}: {
  dueAt: number;
  reminded: readonly number[];
}): Appointment[] {
  if (reminded.includes(SEAL_REMINDED)) return [];
  return [{ kind: 'REMIND_SEAL', key: `seal-reminder/${dueAt}`, at: dueAt, days: SEAL_REMINDED }];
}

/** Reminders still to be said: all in the future, and of those that are due only the latest. */
function unsaid<A extends Appointment & { days: number }>(
  all: readonly A[],
  now: number,
  said: readonly number[],
): A[] {
  const missed = all.filter(({ at }) => at <= now).sort((a, b) => b.at - a.at);
  const due = missed.slice(0, 1);
  return [...due, ...all.filter(({ at }) => at > now)].filter(({ days }) => !said.includes(days));
}

/** The first appointment as a process waits for it; null when there is none. */
export function firstStep(
  appointments: readonly Appointment[],
  now: number,
  subjectId: string,
): NextStep | null {
  const [first] = [...appointments].sort((a, b) => a.at - b.at);
  if (!first) return null;
  const { kind, key, at, days } = first;
  return { kind, key, at: new Date(at).toISOString(), inMs: Math.ceil(at - now), days, subjectId };
}

/** The owner has left: at once, whatever else is due. */
export function handOverStep(
  what: 'QUOTE' | 'CONTRACT',
  { id, owner_id: ownerId, now }: { id: string; owner_id: string; now: Date },
): NextStep {
  const kind = `HAND_OVER_${what}` as const;
  return { kind, key: `${kind}/${id}/${ownerId}`, at: now.toISOString(), inMs: 0, days: null, subjectId: id };
}

/** Of two things that time does, the one that comes first. */
export function earlierStep(a: NextStep | null, b: NextStep | null): NextStep | null {
  if (!a || !b) return a ?? b;
  return a.inMs <= b.inMs ? a : b;
}
