import type { PolicyView } from '../api/types.js';
import { inputsOf, isRecord, type PolicyInput } from './table-model.js';

type Content = PolicyView['content'];
export type Fact = string | boolean | readonly string[];

/** A case that somebody knows the answer to. */
export interface PolicyCase {
  name: string;
  facts: Readonly<Record<string, Fact>>;
  stages: readonly string[];
}

const LIST = /[,，、]/;

function isCase(value: unknown): value is PolicyCase {
  return (
    isRecord(value) &&
    typeof value['name'] === 'string' &&
    isRecord(value['facts']) &&
    Array.isArray(value['stages'])
  );
}

export function casesOf(content: Content): readonly PolicyCase[] {
  const found: unknown = content['cases'];
  return Array.isArray(found) ? found.filter(isCase) : [];
}

export function withCases(content: Content, cases: readonly PolicyCase[]): Content {
  return { ...content, cases };
}

const EMPTY: Readonly<Record<PolicyInput['type'], Fact>> = {
  decimal: '0',
  boolean: false,
  string: '',
  strings: [],
};

/** The next case: as the last one, or with nothing said yet. */
export function newCase(content: Content, name: string): PolicyCase {
  const last = casesOf(content).at(-1);
  const empty = inputsOf(content).map(
    ({ name: fact, type, values }) => [fact, values?.[0] ?? EMPTY[type]] as const,
  );
  return { name, facts: last?.facts ?? Object.fromEntries(empty), stages: last?.stages ?? [] };
}

/** A fact as it is written in a field, and back. */
export function factText(fact: Fact | undefined): string {
  if (fact === undefined) return '';
  return typeof fact === 'string' ? fact : typeof fact === 'boolean' ? String(fact) : fact.join(', ');
}

export function factOf({ type }: PolicyInput, text: string): Fact {
  if (type === 'boolean') return text === 'true';
  return type === 'strings' ? keysOf(text) : text.trim();
}

export function keysOf(text: string): string[] {
  return text
    .split(LIST)
    .map((key) => key.trim())
    .filter((key) => key !== '' && key !== '[]');
}
