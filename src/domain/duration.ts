/**
 * A length of time in the unit the business means. Response and approval deadlines are working time; legal periods
 * (validity of a quote, due dates, interest) are calendar days. Never one for the other (processes §3.0).
 */
export type Duration =
  /** minutes within working hours of working days */
  | { unit: 'workMinutes'; n: number }
  /** whole working days, same time of day, moved into working hours */
  | { unit: 'workDays'; n: number }
  /** dates of the office's zone, same time of day */
  | { unit: 'calendarDays'; n: number };

/** Reads as a person would say it: `240 work minutes`, `1 work day`, `15 days`. */
export function durationText({ unit, n }: Duration): string {
  const word = {
    workMinutes: 'work minute',
    workDays: 'work day',
    calendarDays: 'day',
  }[unit];
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}
