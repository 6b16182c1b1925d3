import type { ContractVersionView, ProposedChange } from '../api/types.js';
import { newInstalment, type DraftInstalment, type Trigger } from '../quotes/draft.js';
import type { Line } from './changed-lines.js';
import type { Clause } from './contracts.api.js';

export const NUMBERS = ['termDays', 'deliveryDays', 'warrantyMonths', 'durationMonths'] as const;
export type Numbers = Record<(typeof NUMBERS)[number], string>;

/** A contract always has a payment term; the others may be agreed on or not. */
const MUST_BE_SAID: readonly string[] = ['termDays'];
const WHOLE = /^\d{1,4}$/;

/** A change as it is typed. */
export interface TypedChange {
  lines: Line[];
  numbers: Numbers;
  instalments: DraftInstalment[];
  clauses: Clause[];
}

export function typedOf(version: ContractVersionView): TypedChange {
  const text = (value: number | null): string => (value === null ? '' : String(value));
  return {
    lines: version.lines.map(({ name, qty, unitNet }) => ({ name, qty, unitNet })),
    numbers: Object.fromEntries(NUMBERS.map((name) => [name, text(version[name])])) as Numbers,
    instalments: version.instalments.map(({ trigger, pct, days }) => ({
      ...newInstalment(),
      trigger: trigger as Trigger,
      pct,
      days: String(days),
    })),
    clauses: version.clauses,
  };
}

/** Where something stands that is no whole number, as the API points at it: it would be sent as no value at all. */
export function wrongNumbers({ numbers, instalments }: TypedChange): string[] {
  return [
    ...NUMBERS.filter((name) => {
      const typed = numbers[name].trim();
      return typed === '' ? MUST_BE_SAID.includes(name) : !WHOLE.test(typed);
    }).map((name) => `/${name}`),
    ...instalments.flatMap(({ days }, index) =>
      WHOLE.test(days.trim()) ? [] : [`/instalments/${index}/days`],
    ),
  ];
}

/** What of it is another than what is in force; nothing of what stays. Only while no number is wrong. */
export function saidBy(typed: TypedChange, now: ContractVersionView): Partial<ProposedChange> {
  const before = typedOf(now);
  const moved = NUMBERS.filter((name) => typed.numbers[name].trim() !== before.numbers[name]);
  const payments = typed.instalments.map(({ trigger, pct, days }) => ({
    trigger,
    pct: pct.trim(),
    days: Number(days),
  }));
  const agreed = now.instalments.map(({ trigger, pct, days }) => ({ trigger, pct, days }));
  const clauses = typed.clauses.map(wordsOf);
  return {
    ...(same(typed.lines, before.lines) ? {} : { lines: typed.lines }),
    ...Object.fromEntries(
      moved.map((name) => [name, typed.numbers[name].trim() === '' ? null : Number(typed.numbers[name])]),
    ),
    ...(same(payments, agreed) ? {} : { instalments: payments }),
    ...(same(clauses, now.clauses.map(wordsOf)) ? {} : { clauses }),
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function wordsOf({ key, title, text }: Clause) {
  return { key, title, text };
}
