import type { PolicyView } from '../api/types.js';
import { isRecord } from './table-model.js';
import { withFields } from './stage-model.js';
import { free, keyOf, listOf, type Rec } from './stage-order-model.js';

type Content = PolicyView['content'];

export const RUNGS = [
  'REMIND',
  'CC_MANAGER',
  'ESCALATE_ADD',
  'ESCALATE_REPLACE',
  'AUTO_REJECT',
  'AUTO_APPROVE',
  'EXPIRE',
  'INCIDENT',
] as const;

const FIRST_CAP: Rec = { amount: '10000', currency: 'CNY' };
const FIRST_RUNGS: readonly Rec[] = [
  { id: 'remind-50', kind: 'REMIND', atPercent: 50 },
  { id: 'escalate-100', kind: 'ESCALATE_ADD', atPercent: 100 },
  { id: 'incident-200', kind: 'INCIDENT', atPercent: 200 },
];

export function rungsOf(ladder: Rec): readonly Rec[] {
  return Array.isArray(ladder['rungs']) ? ladder['rungs'].filter(isRecord) : [];
}

const ladderKeys = (content: Content): string[] => listOf(content, 'ladders').map((ladder) => keyOf(ladder));

/** A ladder as another one, or one of a work day that reminds, escalates and tells operations. */
export function addLadder(content: Content, like?: Rec): Content {
  const first = like ?? { key: 'LADDER', workMinutes: 450, rungs: FIRST_RUNGS };
  const ladder = { ...first, key: free(keyOf(first), ladderKeys(content)) };
  return { ...content, ladders: [...listOf(content, 'ladders'), ladder] };
}

export function removeLadder(content: Content, key: string): Content {
  return { ...content, ladders: listOf(content, 'ladders').filter((ladder) => keyOf(ladder) !== key) };
}

/** Another key for a ladder, in its stages too; a key that is taken changes nothing. */
export function renameLadder(content: Content, key: string, to: string): Content {
  if (to === '' || ladderKeys(content).includes(to)) return content;
  return {
    ...content,
    ladders: listOf(content, 'ladders').map((ladder) =>
      keyOf(ladder) === key ? { ...ladder, key: to } : ladder,
    ),
    stages: listOf(content, 'stages').map((stage) =>
      stage['ladder'] === key ? { ...stage, ladder: to } : stage,
    ),
  };
}

export function setLadder(content: Content, key: string, fields: Rec): Content {
  return {
    ...content,
    ladders: listOf(content, 'ladders').map((ladder) =>
      keyOf(ladder) === key ? { ...ladder, ...fields } : ladder,
    ),
  };
}

/** A rung after the last; ids are for events and never change. */
export function rungAdded(ladder: Rec): Rec {
  const rungs = rungsOf(ladder);
  const atPercent = Math.max(0, ...rungs.map((rung) => Number(rung['atPercent']))) + 50;
  const id = free(
    `remind-${atPercent}`,
    rungs.map((rung) => String(rung['id'])),
  );
  return { rungs: [...rungs, { id, kind: 'REMIND', atPercent }] };
}

export function rungRemoved(ladder: Rec, id: string): Rec {
  return { rungs: rungsOf(ladder).filter((rung) => rung['id'] !== id) };
}

/** The rung with other fields; a cap belongs to automatic approval alone. */
export function rungSet(ladder: Rec, id: string, fields: Rec): Rec {
  return {
    rungs: rungsOf(ladder).map((rung) => {
      if (rung['id'] !== id) return rung;
      const next: Rec = { ...rung, ...fields };
      const approves = next['kind'] === 'AUTO_APPROVE';
      return withFields(next, { cap: approves ? (next['cap'] ?? FIRST_CAP) : undefined });
    }),
  };
}
