import type { WorkCalendar } from '../calendar.js';
import { Exact } from '../money.js';
import { daysPastDue } from '../receivable/debt.js';
import { dayAfter, onWorkingDay } from './dates.js';
import type { CollectionPolicy, LadderStep, LetterRules } from './policy.js';

/** What the ladder needs to know of an item. */
export interface LadderItem {
  /** `YYYY-MM-DD`; the original one: an age never starts anew */
  dueOn: string;
  /** dunning level 0–4 */
  level: number;
  /** day of the last step taken (`LadderStep.day`); null: none yet, the item is seen for the first time */
  lastDay: number | null;
  currency: string;
  outstanding: string;
  /** part of it in dispute: held, the rest goes on */
  disputed: string;
  /** part of it that money on account would pay */
  covered: string;
  /** last day of a hold (a promise with its grace, a pause); null: none */
  heldUntil: string | null;
  /** a promise on it was broken after its last step */
  isBroken: boolean;
}

export interface NextStep {
  step: LadderStep;
  /** working day on which it is to be taken; not in the past of `today` */
  on: string;
}

/** What may be dunned: what is open without what is in dispute and what money on account would pay. */
export function dunnable({
  outstanding,
  disputed,
  covered,
}: Pick<LadderItem, 'outstanding' | 'disputed' | 'covered'>): Exact {
  return Exact.max(new Exact(outstanding).minus(disputed).minus(covered), 0);
}

/**
 * The next step of an item, none when nothing of it may be dunned or the ladder is at its end. Days count from the due
 * date and move to the next working day; of several that are due the highest counts, but levels come one by one unless
 * the item is first seen older than `skipOverDays`. A hold puts every step off to the first working day after it; after a
 * broken promise the next step comes at once.
 */
export function nextStep(
  item: LadderItem,
  today: string,
  calendar: WorkCalendar,
  { ladder, letters }: Pick<CollectionPolicy, 'ladder' | 'letters'>,
): NextStep | null {
  if (dunnable(item).isZero()) return null;
  const open = ladder.filter((step) => isAhead(item, step, ladder));
  const due = open.filter((step) => dateOf(item, step, calendar) <= today);
  const step = chosen(item, due, today, letters) ?? open.find(({ level }) => level <= item.level + 1);
  if (!step) return null;
  const isAtOnce = item.isBroken && item.dueOn < today;
  const earliest = isAtOnce ? today : laterOf(dateOf(item, step, calendar), today);
  const free = item.heldUntil === null ? earliest : laterOf(earliest, dayAfter(item.heldUntil, 1));
  return { step, on: outsideFreezes(free, calendar, letters) };
}

/** The level an age alone implies: that of the last letter whose day has come. */
export function impliedLevel(
  dueOn: string,
  today: string,
  { ladder }: Pick<CollectionPolicy, 'ladder'>,
): number {
  const days = daysPastDue(dueOn, today);
  return ladder.filter(({ day }) => day <= days).reduce((top, { level }) => Math.max(top, level), 0);
}

function isAhead(item: LadderItem, step: LadderStep, ladder: readonly LadderStep[]): boolean {
  if (step.level !== item.level) return step.level > item.level && step.action !== 'LEGAL';
  const first = ladder.find(({ level }) => level === item.level)!.day;
  // raised without a letter, its letter is still to come
  const taken = item.level === 0 ? item.lastDay : (item.lastDay ?? first);
  return taken === null || step.day > taken;
}

/** The highest of the steps that are due, or the next level where none may be skipped. */
function chosen(
  item: LadderItem,
  due: readonly LadderStep[],
  today: string,
  { skipOverDays }: LetterRules,
): LadderStep | undefined {
  const highest = due.at(-1);
  if (!highest || highest.level <= item.level + 1) return highest;
  const isFirstSight = item.lastDay === null && item.level === 0;
  if (isFirstSight && daysPastDue(item.dueOn, today) > skipOverDays) return highest;
  return due.find(({ level }) => level === item.level + 1);
}

function dateOf({ dueOn }: LadderItem, { day }: LadderStep, calendar: WorkCalendar): string {
  return onWorkingDay(calendar, dayAfter(dueOn, day));
}

/** The first working day from a day on without a freeze of letters. */
export function outsideFreezes(
  day: string,
  calendar: WorkCalendar,
  { freezes = [] }: Pick<LetterRules, 'freezes'>,
): string {
  let on = onWorkingDay(calendar, day);
  for (;;) {
    const freeze = freezes.find(({ from, to }) => from <= on && on <= to);
    if (!freeze) return on;
    on = onWorkingDay(calendar, dayAfter(freeze.to, 1));
  }
}

function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}
