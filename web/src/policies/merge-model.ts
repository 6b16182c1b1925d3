import type { PolicyView } from '../api/types.js';
import { named } from './policy-diff.js';
import { isSameContent } from './same-content.js';
import { isRecord } from './table-model.js';

type Content = PolicyView['content'];

export interface Merged {
  content: Content;
  /** places both sides changed differently; there the first side stands */
  conflicts: string[][];
}

/** The changes of two people on the same content: what only one of them changed is theirs, whoever it was. */
export function merged(begunFrom: Content, mine: Content, theirs: Content): Merged {
  const conflicts: string[][] = [];
  return { content: merge(begunFrom, mine, theirs, { path: [], conflicts }) as Content, conflicts };
}

interface Place {
  path: string[];
  conflicts: string[][];
}

function merge(base: unknown, mine: unknown, theirs: unknown, place: Place): unknown {
  if (isSameContent(mine, theirs) || isSameContent(theirs, base)) return mine;
  if (isSameContent(mine, base)) return theirs;
  if (isRecord(mine) && isRecord(theirs)) {
    const parts = mergedParts(
      new Map(isRecord(base) ? Object.entries(base) : []),
      new Map(Object.entries(mine)),
      new Map(Object.entries(theirs)),
      place,
    );
    return Object.fromEntries(parts);
  }
  const [was, own, other] = [named(base), named(mine), named(theirs)];
  if (Array.isArray(mine) && Array.isArray(theirs) && was && own && other)
    return [...mergedParts(was, own, other, place).values()];
  place.conflicts.push(place.path);
  return mine;
}

type Parts = ReadonlyMap<string, unknown>;

/** In the order of theirs; what I added stands after what it follows with me. If I moved something, my order holds. */
function mergedParts(base: Parts, mine: Parts, theirs: Parts, place: Place): Map<string, unknown> {
  const kept = (key: string): boolean => {
    if (mine.has(key) && theirs.has(key)) return true;
    const [present, gone] = mine.has(key) ? [mine, theirs] : [theirs, mine];
    if (!base.has(key) || gone.has(key)) return true;
    const unchanged = isSameContent(present.get(key), base.get(key));
    if (!unchanged) place.conflicts.push([...place.path, key]);
    return !unchanged && present === mine;
  };
  return new Map(
    ordered([...base.keys()], [...mine.keys()], [...theirs.keys()])
      .filter(kept)
      .map((key) => {
        if (!mine.has(key)) return [key, theirs.get(key)];
        if (!theirs.has(key)) return [key, mine.get(key)];
        const inside = { ...place, path: [...place.path, key] };
        return [key, merge(base.get(key), mine.get(key), theirs.get(key), inside)];
      }),
  );
}

function ordered(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const iMoved = !isSameContent(
    base.filter((key) => mine.includes(key)),
    mine.filter((key) => base.includes(key)),
  );
  const [first, second] = iMoved ? [mine, theirs] : [theirs, mine];
  const order = [...first];
  second.forEach((key, index) => {
    if (order.includes(key)) return;
    const before = index === 0 ? -1 : order.indexOf(second[index - 1] ?? '');
    order.splice(before + 1, 0, key);
  });
  return order;
}
