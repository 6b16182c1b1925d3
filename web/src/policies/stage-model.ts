import type { PolicyView } from '../api/types.js';
import { isRecord } from './table-model.js';

type Content = PolicyView['content'];
export type Rec = Readonly<Record<string, unknown>>;

export const ROLES = [
  'REP',
  'TEAM_LEAD',
  'REGIONAL_DIRECTOR',
  'SALES_MANAGER',
  'GENERAL_MANAGER',
  'FINANCE',
  'CFO',
  'LEGAL',
  'CREDIT',
  'DELIVERY',
  'BACK_OFFICE',
  'SEAL_KEEPER',
  'HR',
  'OPS',
  'ADMIN',
] as const;

/** Ways of counting that the console offers; others are shown and kept as they are. */
export const QUORUMS = ['ANY', 'ALL', 'COUNT', 'RATIO'] as const;
export type QuorumKind = (typeof QUORUMS)[number];

const FIRST: Readonly<Record<QuorumKind, Rec>> = {
  ANY: { kind: 'ANY', first: 'ANY_ANSWER' },
  ALL: { kind: 'ALL' },
  COUNT: { kind: 'COUNT', count: 1 },
  RATIO: { kind: 'RATIO', percent: 50, strict: true },
};
const NUMBER: Readonly<Record<string, string>> = { COUNT: 'count', RATIO: 'percent' };

export function listOf(content: Content, list: 'stages' | 'ladders'): readonly Rec[] {
  const found: unknown = content[list];
  return Array.isArray(found) ? found.filter(isRecord) : [];
}

export function recordOf(value: unknown): Rec {
  return isRecord(value) ? value : {};
}

/** The content with other fields in one of its stages or ladders. */
export function withFields(content: Content, list: 'stages' | 'ladders', key: string, fields: Rec): Content {
  return {
    ...content,
    [list]: listOf(content, list).map((item) => (item['key'] === key ? { ...item, ...fields } : item)),
  };
}

export function quorumOf(kind: QuorumKind, before: Rec): Rec {
  return before['kind'] === kind ? before : FIRST[kind];
}

/** The number a rule counts to, where it has one. */
export function quorumNumber(quorum: Rec): number | null {
  const value = quorum[NUMBER[String(quorum['kind'])] ?? ''];
  return typeof value === 'number' ? value : null;
}

export function withQuorumNumber(quorum: Rec, number: number): Rec {
  const field = NUMBER[String(quorum['kind'])];
  return field ? { ...quorum, [field]: number } : quorum;
}

/** The ladder with another percent at one of its rungs. */
export function withRung(ladder: Rec, id: string, atPercent: number): Rec {
  const rungs = Array.isArray(ladder['rungs']) ? ladder['rungs'].filter(isRecord) : [];
  return { rungs: rungs.map((rung) => (rung['id'] === id ? { ...rung, atPercent } : rung)) };
}

export function rungsOf(ladder: Rec): readonly Rec[] {
  return Array.isArray(ladder['rungs']) ? ladder['rungs'].filter(isRecord) : [];
}
