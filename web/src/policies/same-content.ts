import { isRecord } from './table-model.js';

/** The text of a value whatever the order of its fields: the database keeps them in one of its own. */
export function contentText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isRecord(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

export function isSameContent(one: unknown, other: unknown): boolean {
  return one === other || contentText(one) === contentText(other);
}
