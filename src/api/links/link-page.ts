import { DateTime } from 'luxon';
import { escapeHtml } from '../../domain/notification/escape-html.js';
import { inLocale, type Locale } from '../../domain/notification/locale.js';
import { notesHtml, type Note } from '../http/link-visit.js';
import { plainPage, type Page } from '../http/plain-page.js';
import type { LinkView } from '../../queries/link/link-view.js';
import { wordsOf } from './link-words.js';

export function messagePage(page: Page, text: string): string {
  const words = wordsOf(page.locale);
  return plainPage(
    page,
    words.heading,
    `<h1>${words.heading}</h1><p role="alert">${escapeHtml(text)}</p><a class="button" href="/inbox">${words.open}</a>`,
  );
}

/** The matter, what happened if something did, and the buttons if it is still to be answered. */
export function linkPage(
  page: Page,
  link: LinkView,
  { key, notes }: { key: string; notes: readonly Note[] },
): string {
  const words = wordsOf(page.locale);
  return plainPage(
    page,
    words.heading,
    [
      `<h1>${escapeHtml(link.title)}</h1>`,
      ...notesHtml([...notes, ...outcome(page.locale, link)]),
      matter(page.locale, link),
      ...(link.end === null ? [...needs(page.locale, link), form(page.locale, link, key)] : []),
      `<a class="button" href="/requests/${link.requestId}">${words.open}</a>`,
    ].join(''),
  );
}

/** AE-REQ-1, said before the click: files and signatures are given in the console. */
function needs(locale: Locale, link: LinkView): string[] {
  const words = wordsOf(locale);
  return (['APPROVE', 'REJECT'] as const)
    .filter((action) => link.needs[action].length > 0)
    .map((action) => {
      const what = link.needs[action].map((requirement) => words.requirement[requirement] ?? requirement);
      return `<p role="status">${escapeHtml(words.needs(action, what))}</p>`;
    });
}

/** AE-LINK-2: who did what, by the name of whoever did it. */
function outcome(locale: Locale, { end, did, by, at, heldBy, holder }: LinkView): Note[] {
  if (end === null) return [];
  const words = wordsOf(locale);
  const act = did && at ? words.by(by, words.did[did] ?? did, clock(at, holder.zone)) : '';
  const now = heldBy ? words.heldBy(heldBy) : '';
  return [{ text: [words.end[end], act, now].filter(Boolean).join(' '), isRefusal: false }];
}

function matter(locale: Locale, { number, amount, initiator, stage, dueAt, holder }: LinkView): string {
  const { labels } = wordsOf(locale);
  const rows: readonly (readonly [string, string | null])[] = [
    [labels.number, number],
    [labels.amount, amount && `${amount.amount} ${amount.currency}`],
    [labels.initiator, initiator],
    [labels.stage, inLocale(stage, locale)],
    [labels.due, dueAt && clock(dueAt, holder.zone)],
  ];
  const shown = rows.filter(([, value]) => value !== null);
  return `<dl>${shown.map(([label, value]) => `<dt>${label}</dt><dd>${escapeHtml(value ?? '')}</dd>`).join('')}</dl>`;
}

/** Nothing is chosen beforehand: whatever follows every link and presses every button still decides nothing. */
function form(locale: Locale, { seatVersion }: LinkView, key: string): string {
  const words = wordsOf(locale);
  const choice = (value: string, text: string) =>
    `<label><input type="radio" name="action" value="${value}" required>${text}</label>`;
  return `<form method="post" autocomplete="off"><input type="hidden" name="key" value="${escapeHtml(key)}">
<input type="hidden" name="version" value="${seatVersion}"><fieldset><legend>${words.choose}</legend>
${choice('APPROVE', words.approve)}${choice('REJECT', words.reject)}</fieldset>
<label>${words.comment}<textarea name="comment" maxlength="4000"></textarea></label><button type="submit">${words.confirm}</button></form>`;
}

function clock(at: string, zone: string): string {
  return DateTime.fromISO(at, { zone }).toFormat('yyyy-MM-dd HH:mm');
}
