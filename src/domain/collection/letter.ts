import { DateTime } from 'luxon';
import type { WorkCalendar } from '../calendar.js';
import { formatAmount, sumAmounts } from '../money.js';
import { dayAfter } from './dates.js';
import { dunnable, nextStep, outsideFreezes, type LadderItem } from './ladder.js';
import type { CollectionPolicy, LadderStep, LetterRules } from './policy.js';

/** Kind of the messages that bring letters to customers. */
export const DUNNING_MESSAGE = 'collection.letter';
export type DunningMessage = typeof DUNNING_MESSAGE;

export interface CaseItem extends LadderItem {
  id: string;
}

/** One item as a letter names it. */
export interface LetterLine {
  itemId: string;
  /** what is asked for: without what is in dispute */
  amount: string;
  currency: string;
  dueOn: string;
  /** its own level afterwards */
  level: number;
  /** the step it takes with this letter; null: it is only listed */
  step: LadderStep | null;
}

/** What a case sends on a day; the highest step drives its tone. */
export interface Letter {
  step: LadderStep;
  lines: LetterLine[];
}

/** What the case does next. NONE: nothing is ahead. BELOW_MINIMUM: too little is overdue to be asked for. */
export type CaseStep =
  | { kind: 'SEND'; on: string; letter: Letter }
  | { kind: 'WAIT'; on: string; because: 'LADDER' | 'GAP' }
  | { kind: 'BELOW_MINIMUM'; on: string }
  | { kind: 'NONE' };

/**
 * What a case sends today, or when it looks again. The highest level among the steps due drives the letter, each item
 * keeps its own level, items that are only overdue are listed. Between two letters (level 1 and above) lie `minGapDays`;
 * notices before are not counted, and a broken promise does not wait for it.
 * @param lastLetterOn day of the customer's last letter of level 1 or above
 */
export function caseStep(
  items: readonly CaseItem[],
  today: string,
  lastLetterOn: string | null,
  calendar: WorkCalendar,
  policy: Pick<CollectionPolicy, 'ladder' | 'letters'>,
): CaseStep {
  const ahead = items.flatMap((item) => {
    const next = nextStep(item, today, calendar, policy);
    return next ? [{ item, ...next }] : [];
  });
  if (ahead.length === 0) return { kind: 'NONE' };
  const due = ahead.filter(({ on }) => on <= today);
  const { letters } = policy;
  const isSmall = !isWorthwhile(items, today, letters);
  const gapEnd = lastLetterOn === null ? today : dayAfter(lastLetterOn, letters.minGapDays);
  const free = due.filter(
    ({ item, step }) => step.level === 0 || (!isSmall && (gapEnd <= today || item.isBroken)),
  );
  const highest = [...free].sort((a, b) => b.step.level - a.step.level || b.step.day - a.step.day)[0];
  if (highest) return { kind: 'SEND', on: today, letter: letterOf(highest.step, items, free, today) };
  const later = ahead.filter(({ on }) => on > today).map(({ on }) => on);
  const earliest = later.sort()[0];
  if (due.length === 0) return { kind: 'WAIT', on: earliest!, because: 'LADDER' };
  const tomorrow = outsideFreezes(dayAfter(today, 1), calendar, letters);
  if (isSmall) return { kind: 'BELOW_MINIMUM', on: earliest ?? tomorrow };
  const afterGap = outsideFreezes(gapEnd, calendar, letters);
  return earliest !== undefined && earliest < afterGap
    ? { kind: 'WAIT', on: earliest, because: 'LADDER' }
    : { kind: 'WAIT', on: afterGap, because: 'GAP' };
}

/** Overdue of some currency is at least its minimum and more than the ignored percent of what is open in it. */
export function isWorthwhile(
  items: readonly LadderItem[],
  today: string,
  { minOverdue, ignoredPct }: Pick<LetterRules, 'minOverdue' | 'ignoredPct'>,
): boolean {
  const currencies = [...new Set(items.map(({ currency }) => currency))];
  return currencies.some((currency) => {
    const own = items.filter((item) => item.currency === currency);
    const overdue = sumAmounts(own.filter(({ dueOn }) => dueOn < today).map(dunnable));
    const open = sumAmounts(own.map(({ outstanding }) => outstanding));
    const least = Object.hasOwn(minOverdue, currency) ? minOverdue[currency]! : '0';
    return overdue.gt(0) && overdue.gte(least) && overdue.gt(open.times(ignoredPct).div(100));
  });
}

/** Whether a moment is within the hours of letters, in the customer's zone; else the next moment that is (same or next day). */
export function inWindow(
  iso: string,
  zone: string,
  { from, to }: LetterRules,
): { open: boolean; at: string } {
  const moment = DateTime.fromISO(iso, { zone });
  const at = (time: string, day: DateTime) => {
    const [hour, minute] = time.split(':').map(Number);
    return day.startOf('day').set({ hour, minute });
  };
  if (moment < at(from, moment)) return { open: false, at: at(from, moment).toUTC().toISO()! };
  if (moment < at(to, moment)) return { open: true, at: moment.toUTC().toISO()! };
  return {
    open: false,
    at: at(from, moment.plus({ days: 1 }))
      .toUTC()
      .toISO()!,
  };
}

function letterOf(
  step: LadderStep,
  items: readonly CaseItem[],
  taken: readonly { item: CaseItem; step: LadderStep }[],
  today: string,
): Letter {
  const lines = items.flatMap((item): LetterLine[] => {
    const own = taken.find((due) => due.item.id === item.id);
    const amount = dunnable(item);
    const isListed = step.level > 0 && item.dueOn < today && amount.gt(0);
    if (!own && !isListed) return [];
    const { id: itemId, currency, dueOn } = item;
    const level = own ? own.step.level : item.level;
    return [
      { itemId, amount: formatAmount(amount, currency), currency, dueOn, level, step: own?.step ?? null },
    ];
  });
  return { step, lines };
}
