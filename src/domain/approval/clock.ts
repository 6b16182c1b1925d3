import { DateTime } from 'luxon';
import type { Seat } from './model.js';

/**
 * What is left of a seat's time when it changes hands: the due time stays, but not earlier than `least`; rungs that would
 * fire between the two move with it (AE-XFER-2, AE-ABS-2).
 * @param least ISO instant, one business day from now
 */
export function clockOf({ dueAt, rungs }: Seat, least: string): Pick<Seat, 'dueAt' | 'rungs'> {
  if (dueAt === null || dueAt >= least) return { dueAt, rungs };
  const later = (at: string) => (at >= dueAt && at < least ? least : at);
  return {
    dueAt: least,
    rungs: rungs.map((rung) => (rung.firedAt === null ? { ...rung, at: later(rung.at) } : rung)),
  };
}

/** A seat that opens again in one visit: a fresh clock, whose rungs get names of their own, since each fires once (AE-SLA-2). */
export function clockAgain(
  { version }: Seat,
  { rungs, dueAt }: Pick<Seat, 'dueAt' | 'rungs'>,
): Pick<Seat, 'dueAt' | 'rungs'> {
  return { dueAt, rungs: rungs.map((rung) => ({ ...rung, id: `${rung.id}~${version}` })) };
}

/** @param at ISO instant @returns the instant so many minutes of any day later */
export function minutesAfter(at: string, minutes: number): string {
  return DateTime.fromISO(at, { zone: 'utc' }).plus({ minutes }).toISO()!;
}
