import { textsOf, withFields } from './stage-model.js';
import type { Rec } from './stage-order-model.js';

export const SEPARATIONS = [
  'NOT_INITIATOR',
  'NOT_BENEFICIARY',
  'NOT_REPORT_OF_INITIATOR',
  'DISTINCT',
  'NOT_BOTH',
  'MIN_PERSONS',
] as const;
export type SeparationKind = (typeof SEPARATIONS)[number];

export const DIRECTIONS = ['AT_MOST', 'AT_LEAST', 'WITHIN', 'SAME'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const COPY_TIMES = ['SUBMIT', 'STAGE_PASSED', 'FINAL'] as const;
export type CopyTime = (typeof COPY_TIMES)[number];

/** A constraint of another kind: the stages it is for stay where the new kind has any. */
export function separationOf(
  kind: SeparationKind,
  before: Rec,
  { stages, roles }: { stages: readonly string[]; roles: readonly string[] },
): Rec {
  const about = textsOf(before['stages']);
  const kept = about.length > 0 ? { stages: about } : {};
  switch (kind) {
    case 'DISTINCT':
      return { kind, stages: pairOf(about, stages) };
    case 'NOT_BOTH':
      return { kind, roles: pairOf(textsOf(before['roles']), roles), ...kept };
    case 'MIN_PERSONS':
      return { kind, count: 2 };
    default:
      return { kind, ...kept };
  }
}

/** Two different ones: those that were there, and as many of the offered as are missing. */
function pairOf(before: readonly string[], offered: readonly string[]): string[] {
  return [...new Set([...before, ...offered])].slice(0, 2);
}

/** For the named stages only; for all of them when none is named. */
export function withStage(rule: Rec, key: string, on: boolean): Rec {
  const others = textsOf(rule['stages']).filter((one) => one !== key);
  const stages = on ? [...others, key] : others;
  return withFields(rule, { stages: stages.length > 0 ? stages : undefined });
}

/** A dimension with another direction: what only the old one allows goes with it. */
export function dimensionOf(direction: Direction, before: Rec): Rec {
  const counts = direction === 'AT_MOST' || direction === 'AT_LEAST';
  const sameForm = (before['direction'] === 'WITHIN') === (direction === 'WITHIN') && direction !== 'SAME';
  return withFields(before, {
    direction,
    order: counts ? before['order'] : undefined,
    byAuthority: direction === 'AT_MOST' ? before['byAuthority'] : undefined,
    widest: sameForm ? before['widest'] : undefined,
  });
}

/** Up to their own money limit: then there is nothing else to say of how wide it may be. */
export function withAuthority(dimension: Rec, on: boolean): Rec {
  return withFields(
    dimension,
    on ? { byAuthority: true, order: undefined, widest: undefined } : { byAuthority: undefined },
  );
}

export function copyOf(on: CopyTime, before: Rec): Rec {
  return withFields(before, { on, stageKey: on === 'STAGE_PASSED' ? before['stageKey'] : undefined });
}

/** The list with another item in a place, or without the one that is there; an empty one is left out. */
export function withItem(list: readonly Rec[], index: number, item: Rec | null): Rec[] | undefined {
  const next = list.flatMap((one, at) => (at !== index ? [one] : item === null ? [] : [item]));
  const all = index === list.length && item !== null ? [...next, item] : next;
  return all.length > 0 ? all : undefined;
}

/** `A, B` in any of the commas people type. */
export function listedIn(text: string): string[] {
  return text
    .split(/[,，、]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
