import type { DocumentLanguage } from '../../domain/document/document.js';
import { escapeHtml } from '../../domain/notification/escape-html.js';
import { notesHtml, type Note } from './link-visit.js';
import { plainPage, type Page } from './plain-page.js';

/** What a customer's link leads to. */
export interface Paper {
  number: string;
  version: number;
  /** that of the page unless the visitor chooses another */
  language: DocumentLanguage;
  seller: { name: string; email: string | null };
  /** why it takes no answer; null while it does. What was answered through this link is shown still. */
  end: string | null;
}

/** What every page for customers says, in its own words. */
export interface PaperWords {
  heading: string;
  /** the other language */
  other: string;
  question: (seller: string, email: string | null) => string;
  unknown: string;
  tooMany: string;
  refused: string;
  changed: string;
  employee: string;
}

export function isShown({ end }: Paper): boolean {
  return end === null || end === 'ANSWERED';
}

export function messagePage(page: Page, { heading }: PaperWords, text: string): string {
  return plainPage(page, heading, `<h1>${heading}</h1><p role="alert">${escapeHtml(text)}</p>`);
}

/** The paper word for word, and the form while it may be answered; of one that has ended only that. */
export function paperPage(
  page: Page,
  { words, paper, style }: { words: PaperWords; paper: Paper; style: string },
  { notes, text, form }: { notes: readonly Note[]; text: readonly string[]; form: () => string },
): string {
  const { seller, number, version, end } = paper;
  const question = `<p>${escapeHtml(words.question(seller.name, seller.email))}</p>`;
  const language = page.locale === 'en' ? 'zh-CN' : 'en';
  const body = [
    `<nav><a href="?language=${language}" lang="${language}">${words.other}</a></nav>`,
    ...(isShown(paper) ? [] : [`<h1>${words.heading}</h1>`]),
    ...notesHtml(notes),
    ...(isShown(paper) ? text : []),
    question,
    ...(end === null ? [form()] : []),
  ];
  return plainPage(page, `${words.heading} ${number} v${version}`, body.join(''), style);
}
