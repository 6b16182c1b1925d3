import type { Block, Blocks } from '../document/document.js';

/** Clause headings of `renderContract`: `3. 交货 Delivery`. */
const CLAUSE = /^\d{1,3}\. .+$/;

/** The contract's own text, set for print: not a letter is added, left out or moved. */
export function contractDocument(text: string): Blocks {
  const [title = '', ...paragraphs] = text.trimEnd().split('\n\n');
  return [{ kind: 'title', text: title }, ...paragraphs.flatMap(blocksOf)];
}

function blocksOf(paragraph: string): Block[] {
  const [first = '', ...rest] = paragraph.split('\n');
  if (!CLAUSE.test(first) || rest.length === 0) return [{ kind: 'prose', text: paragraph }];
  return [
    { kind: 'heading', text: first },
    { kind: 'prose', text: rest.join('\n') },
  ];
}
