import type { Json, JsonObject } from '../json.js';
import { Exact, formatAmount, type Money } from '../money.js';
import type { FactSource, RequestKind, RequestKindContent } from './kind.js';
import { isRecord, only, valuesAt } from './pointer.js';

/** An amount in the base currency, at the budget rates. @throws DomainError MONEY.INVALID · MONEY.CURRENCY_UNKNOWN */
export type ToBase = (money: Money) => Money;
export type DocumentFacts = Record<string, string | boolean | readonly string[]>;

const MAX_TITLE = 300;
const EMPTY = { decimal: '0', boolean: false, string: '', strings: [] } as const;

/** The inputs of the decision table, as the kind takes them from the document. */
export function factsOf({ facts }: RequestKindContent, document: JsonObject, toBase: ToBase): DocumentFacts {
  return Object.fromEntries(facts.map((source) => [source.name, factOf(source, document, toBase)]));
}

function factOf(source: FactSource, document: JsonObject, toBase: ToBase): DocumentFacts[string] {
  if ('value' in source) return source.value;
  if ('count' in source) {
    const [list] = valuesAt(document, source.count);
    return String(Array.isArray(list) ? list.length : 0);
  }
  const values = valuesAt(document, source.from);
  if (values.length === 0) return EMPTY[source.type];
  switch (source.type) {
    case 'decimal':
      return Exact.sum(0, ...values.map((value) => decimalOf(value, toBase))).toFixed();
    case 'boolean':
      return values.includes(true);
    case 'string':
      return String(values[0]);
    case 'strings':
      return [...new Set(values.flat().map(String))].sort();
  }
}

function decimalOf(value: Json, toBase: ToBase): string {
  const money = moneyOf(value);
  if (money) return toBase(money).amount;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '0';
}

/** What a money field holds; null when it is not filled in. */
export function moneyOf(value: Json | undefined): Money | null {
  if (!isRecord(value)) return null;
  const { amount, currency } = value;
  return typeof amount === 'string' && typeof currency === 'string' ? { amount, currency } : null;
}

/**
 * The money an approval is for. Several amounts are added up: in their currency when they share one, else in the base
 * currency. Both null when the kind is about no money or none is filled in.
 */
export function exposureOf(
  { exposure: field }: RequestKindContent,
  document: JsonObject,
  toBase: ToBase,
): { amount: Money | null; exposure: Money | null } {
  const found = (field === null ? [] : valuesAt(document, field)).flatMap((value) => moneyOf(value) ?? []);
  const [first] = found;
  if (!first) return { amount: null, exposure: null };
  const exposure = total(found.map(toBase));
  const shared = found.every(({ currency }) => currency === first.currency);
  return { amount: shared ? total(found) : exposure, exposure };
}

function total(amounts: readonly Money[]): Money {
  const { currency } = amounts[0]!;
  return { amount: Exact.sum(0, ...amounts.map(({ amount }) => amount)).toFixed(), currency };
}

/** What the request is called in lists: the kind's title with its fields filled in. */
export function titleOf({ title, titles }: RequestKindContent, document: JsonObject): string {
  const filled = title.replace(/\{(\w+)\}/g, (_, name: string) => wordsOf(valuesAt(document, `/${name}`)[0]));
  return (filled.trim() || `${titles.en} · ${titles.zh}`).slice(0, MAX_TITLE);
}

function wordsOf(value: Json | undefined): string {
  const money = moneyOf(value);
  if (money) return `${formatAmount(money.amount, money.currency)} ${money.currency}`;
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** The value of which only one request may be open at a time; null: none. */
export function subjectKeyOf({ subject }: RequestKindContent, document: JsonObject): string | null {
  const [value] = subject === null ? [] : valuesAt(document, subject);
  const words = wordsOf(value).trim();
  return words === '' ? null : words;
}

/** What the approval is about, to the letter (AE-SUB-1): the kind with its version and the relevant fields. */
export function relevantContent({ key, version, content }: RequestKind, document: JsonObject): JsonObject {
  return { kind: { key, version }, document: only(document, content.relevant) };
}
