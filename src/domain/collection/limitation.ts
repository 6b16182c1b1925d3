import { DateTime } from 'luxon';
import type { LimitationRules } from './policy.js';

/** What starts a limitation period anew, when it can be proved (civil code 195). */
export const INTERRUPTIONS = ['DEMAND', 'ADMISSION', 'PART_PAYMENT', 'SUIT'] as const;
export type InterruptionKind = (typeof INTERRUPTIONS)[number];

export interface Interruption {
  kind: InterruptionKind;
  on: string;
  /** delivery receipt, signed statement, bank slip; without one it does not count */
  proof: string | null;
}

export interface LimitationClock {
  /** the day the present period runs from */
  startsOn: string;
  /** last day of the period */
  expiresOn: string;
  expired: boolean;
  warnings: { on: string; months: number; given: boolean }[];
}

/**
 * The limitation clock of one debt: the years of the law from the due date of its LAST instalment (civil code 188, 189),
 * begun anew by each provable demand, admission, part payment or suit before it has run out (195).
 */
export function limitationClock(
  instalments: readonly string[],
  interruptions: readonly Interruption[],
  today: string,
  { years, warnMonths }: LimitationRules,
): LimitationClock {
  const lastDue = [...instalments].sort().at(-1);
  if (lastDue === undefined) throw new RangeError('a debt has at least one instalment');
  const proved = interruptions.filter(({ proof, on }) => proof !== null && on <= today);
  const startsOn = [...proved]
    .sort((a, b) => a.on.localeCompare(b.on))
    .reduce((start, { on }) => (on > start && on <= after(start, { years }) ? on : start), lastDue);
  const expiresOn = after(startsOn, { years });
  const warnings = warnMonths.map((months) => {
    const on = after(startsOn, { months });
    return { on, months, given: on <= today };
  });
  return { startsOn, expiresOn, expired: today > expiresOn, warnings };
}

/** The same reckoned as if the earliest instalment stood alone: the earliest day on which anybody should look. */
export function cautiousClock(
  instalments: readonly string[],
  interruptions: readonly Interruption[],
  today: string,
  rules: LimitationRules,
): LimitationClock {
  return limitationClock([...instalments].sort().slice(0, 1), interruptions, today, rules);
}

function after(day: string, span: { years: number } | { months: number }): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus(span).toISODate()!;
}
