import { DateTime } from 'luxon';

/** A quotation is valid to the last second of its last day where the customer is (processes.md 3.0, Time zones). */
export function endOfValidity(date: string, zone: string): string {
  return (
    DateTime.fromISO(date, { zone })
      .endOf('day')
      .startOf('second')
      .toUTC()
      .toISO({ suppressMilliseconds: false }) ?? ''
  );
}

/** Whether `YYYY-MM-DD` names a day that exists: 2026-02-30 does not. */
export function isCalendarDate(date: string): boolean {
  return DateTime.fromISO(date, { zone: 'UTC' }).isValid;
}

/** The customer's calendar date at an instant, `YYYY-MM-DD`. */
export function dateIn(zone: string, instant: string): string {
  return DateTime.fromISO(instant, { zone }).toISODate() ?? '';
}

/** The date some calendar days after the customer's today. */
export function validityDate(zone: string, instant: string, days: number): string {
  return DateTime.fromISO(instant, { zone }).plus({ days }).toISODate() ?? '';
}

/** Next reminder before the end of validity that was not given yet, as an instant; null when none is left. */
export function nextReminder(
  expiresAt: string,
  zone: string,
  reminderDays: readonly number[],
  given: readonly number[],
): { day: number; at: string } | null {
  const left = reminderDays
    .filter((day) => !given.includes(day))
    .map((day) => ({
      day,
      at: DateTime.fromISO(expiresAt, { zone }).minus({ days: day }).toUTC().toISO() ?? '',
    }))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  return left[0] ?? null;
}
