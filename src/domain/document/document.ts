import type { JsonObject } from '../json.js';

/** One part of a document as it is read from top to bottom. Texts are single lines except in `prose`. */
export type Block =
  | { kind: 'title'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'prose'; text: string }
  | { kind: 'facts'; rows: readonly (readonly [label: string, value: string])[] }
  | { kind: 'table'; columns: readonly Column[]; rows: readonly (readonly string[])[] };

export interface Column {
  title: string;
  align: 'left' | 'right';
  /** of the page's width, relative to the other columns */
  weight: number;
}

export type Blocks = readonly Block[];

/** The two languages a document is written in. */
export const DOCUMENT_LANGUAGES = ['zh-CN', 'en'] as const;
export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number];

/** The same matter in both languages. */
export type BothLanguages = Readonly<Record<DocumentLanguage, Blocks>> & JsonObject;

/**
 * A document as plain text, the same bytes for the same blocks: one line per title, fact and table row, columns divided by
 * tabs, blocks by an empty line, a newline at the end.
 */
export function textOf(blocks: Blocks): string {
  return `${blocks.map(textOfBlock).join('\n\n')}\n`;
}

/** What is approved of a document in two languages: both texts, Chinese first. Its SHA-256 over UTF-8 is the text hash. */
export function canonicalText(document: BothLanguages): string {
  return DOCUMENT_LANGUAGES.map((language) => textOf(document[language])).join('\n');
}

function textOfBlock(block: Block): string {
  switch (block.kind) {
    case 'title':
    case 'heading':
    case 'prose':
      return block.text;
    case 'facts':
      return block.rows.map(([label, value]) => `${label}\t${value}`).join('\n');
    case 'table':
      return [block.columns.map(({ title }) => title), ...block.rows].map((row) => row.join('\t')).join('\n');
  }
}

/** One line of what people type: no control characters, no line ends, one form of every letter. */
export function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** `1234567.5` as `1,234,567.5`; the digits stay what they are. */
export function grouped(amount: string): string {
  const [whole = '', ...rest] = amount.split('.');
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
}
