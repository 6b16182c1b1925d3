import type { Rec } from './stage-order-model.js';

const KEY = /[A-Za-z][\w-]*/g;

/** What the linter says, with titles in place of the keys that have one; a key without a title stays as it is. */
export function inTitles(message: string, items: readonly Rec[], said: (title: string) => string): string {
  const titles = new Map(
    items.flatMap(({ key, title }) =>
      typeof key === 'string' && typeof title === 'string' && title !== '' ? [[key, title] as const] : [],
    ),
  );
  return message.replaceAll(KEY, (word) => {
    const title = titles.get(word);
    return title === undefined ? word : said(title);
  });
}
