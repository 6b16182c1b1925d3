import { DateTime } from 'luxon';

/** Wall-clock times `HH:MM` between which a person wants no message; `from` after `to` goes over midnight. */
export interface QuietHours {
  from: string;
  to: string;
}

/**
 * Until when a message waits, or null when it may go now. The end itself is not quiet.
 * @param now ISO instant
 * @param zone IANA zone of the person
 */
export function quietUntil(now: string, zone: string, quiet: QuietHours | null): string | null {
  if (!quiet || quiet.from === quiet.to) return null;
  const local = DateTime.fromISO(now, { zone });
  const clock = local.toFormat('HH:mm');
  const overnight = quiet.from > quiet.to;
  const isQuiet = overnight
    ? clock >= quiet.from || clock < quiet.to
    : clock >= quiet.from && clock < quiet.to;
  if (!isQuiet) return null;
  const [hour, minute] = quiet.to.split(':').map(Number);
  const day = overnight && clock >= quiet.from ? local.plus({ days: 1 }) : local;
  const end = day.set({ hour: hour ?? 0, minute: minute ?? 0, second: 0, millisecond: 0 });
  return end.toUTC().toISO();
}
