import { isLadder, isRecord, isStage, type Rec } from './shape.js';

/** Stages and ladders without the form of one, as `stages/<key>`; what else is not in order is not named. */
export function malformedParts(value: unknown): string[] {
  if (!isRecord(value)) return [];
  return [...wrongOf(value, 'stages', isStage), ...wrongOf(value, 'ladders', isLadder)];
}

function wrongOf(content: Rec, list: 'stages' | 'ladders', test: (item: Rec) => boolean): string[] {
  const items: unknown = content[list];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown, index) => {
    if (isRecord(item) && test(item)) return [];
    const named = isRecord(item) && typeof item.key === 'string' && item.key !== '';
    return [`${list}/${named ? String(item.key) : index + 1}`];
  });
}
