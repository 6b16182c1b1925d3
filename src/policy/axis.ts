import { Decimal } from 'decimal.js';
import type { PolicyInput } from '../domain/approval/policy.js';
import type { Fact } from './facts.js';

/** One value of an input that stands for all those the table treats alike. */
export interface Sample {
  value: Fact;
  /** nobody speaks of such a value: a negative number where none is named, a text built only to try a cell */
  unusual: boolean;
}

/** An input's values as far as the table tells them apart (AE-PLAN-6: exact at each boundary, and on both sides). */
export interface Axis {
  input: PolicyInput;
  samples: readonly Sample[];
}

/** Decimals of a fact beyond the engine's own places cannot occur. */
const PLACES = 8;
const MOST_ITEMS = 500;
const MOST_LISTED = 40;
/** A text that no policy would name: stands for any other. */
export const OTHER = '\u2026';

/** The samples at which one cell has to be known, to know it everywhere on its axis. */
export function axisOf(input: PolicyInput, cells: readonly string[]): Axis {
  switch (input.type) {
    case 'boolean':
      return { input, samples: [true, false].map(usual) };
    case 'decimal':
      return { input, samples: decimals(cells.flatMap(numbersIn)) };
    case 'string':
      return { input, samples: texts(input, cells) };
    case 'strings':
      return { input, samples: lists(cells) };
  }
}

/**
 * Whether a cell is the same between the numbers and texts it names, so that samples tell everything about it: only
 * comparisons, no arithmetic, no other input.
 */
export function isExact(input: PolicyInput, cell: string): boolean {
  if (input.type === 'boolean') return true;
  const bare = withoutQuotes(cell);
  const words = bare.match(/[A-Za-z_]\w*/g) ?? [];
  if (input.type === 'strings') return isExactOfList(cell, words);
  const numeric = input.type === 'decimal';
  if (words.some((word) => !['and', 'or', 'not', 'in', 'true', 'false'].includes(word))) return false;
  return numeric ? !/[+*/%^]|[\d)\]]\s*-/.test(bare) : !/[+<>]|\d/.test(bare);
}

/** Either its length, or whether it holds one text: both together would need more lists than are tried. */
function isExactOfList(cell: string, words: readonly string[]): boolean {
  const sized = words.every((word) => ['len', 'and', 'or', 'not'].includes(word));
  const holding = words.every((word) => ['contains', 'some', 'none', 'and', 'or', 'not'].includes(word));
  return (sized && textsIn(cell).length === 0) || (holding && new Set(textsIn(cell)).size === 1);
}

function decimals(named: readonly string[]): Sample[] {
  const points = [
    ...new Map(named.map((text) => [new Decimal(text).toFixed(), new Decimal(text)])).values(),
  ].sort((a, b) => a.comparedTo(b));
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return [usual('0')];
  const below = first.gt(0) ? new Decimal(0) : first.minus(1);
  const values = [
    below,
    ...points.flatMap((point, index) => [point, ...between(point, points[index + 1])]),
    last.plus(1),
  ];
  return values.map((value) => ({ value: value.toFixed(), unusual: value.lt(0) && !first.lt(0) }));
}

/** Nothing where no decimal lies between. */
function between(a: Decimal, b: Decimal | undefined): Decimal[] {
  if (!b) return [];
  const whole = a.plus(1).floor();
  const middle = whole.gt(a) && whole.lt(b) ? whole : a.plus(b).div(2).toDecimalPlaces(PLACES);
  return middle.gt(a) && middle.lt(b) ? [middle] : [];
}

function texts({ values }: PolicyInput, cells: readonly string[]): Sample[] {
  if (values) return values.map(usual);
  const named = [...new Set(cells.flatMap(textsIn))];
  const parts = cells.some((cell) => /\b(startsWith|endsWith|contains)\s*\(/.test(cell));
  const built = parts ? named.flatMap((text) => [text + OTHER, OTHER + text]) : [];
  const sized = cells.some((cell) => /\blen\s*\(/.test(cell))
    ? lengths(cells).map((n) => OTHER.repeat(n))
    : [];
  return [
    ...[...named, OTHER].map(usual),
    ...[...built, ...sized].map((value) => ({ value, unusual: true })),
  ];
}

function lists(cells: readonly string[]): Sample[] {
  const named = [...new Set(cells.flatMap(textsIn))].slice(0, MOST_LISTED);
  const others = lengths(cells).map((n) => Array.from({ length: n }, (_, index) => `${OTHER}${index + 1}`));
  const unique = new Map(
    [[], [OTHER], ...named.map((text) => [text]), ...(named.length > 1 ? [named] : []), ...others].map(
      (list) => [JSON.stringify(list), list],
    ),
  );
  return [...unique.values()].map(usual);
}

/** Lengths at which a `len` may change its answer. */
function lengths(cells: readonly string[]): number[] {
  const numbers = cells
    .filter((cell) => /\blen\s*\(/.test(cell))
    .flatMap(numbersIn)
    .map(Number);
  const around = numbers
    .flatMap((n) => [n - 1, n, n + 1])
    .filter((n) => Number.isInteger(n) && n > 0 && n <= MOST_ITEMS);
  return [...new Set(around)].sort((a, b) => a - b);
}

/** Numbers outside quotes. A minus counts as a sign where it can be one. */
export function numbersIn(cell: string): string[] {
  return [...withoutQuotes(cell).matchAll(/(?<!\w|\d\.)(-\s*)?(\d+(?:\.\d+)?)/g)].map(
    ([, minus, digits]) => (minus ? '-' : '') + digits!,
  );
}

/** Quoted texts of a cell. */
export function textsIn(cell: string): string[] {
  return [...cell.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? '');
}

function withoutQuotes(cell: string): string {
  return cell.replace(/'[^']*'|"[^"]*"/g, "''");
}

function usual(value: Fact): Sample {
  return { value, unusual: false };
}
