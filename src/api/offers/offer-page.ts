import { escapeHtml } from '../../domain/notification/escape-html.js';
import type { Locale } from '../../domain/notification/locale.js';
import type { Offered } from '../../queries/quote/offered.js';
import { DOCUMENT_STYLE, htmlOf } from '../http/document-page.js';
import { notesHtml, timeOf, type Note } from '../http/link-visit.js';
import { plainPage, type Page } from '../http/plain-page.js';
import type { OfferForm } from './offers.dto.js';
import { wordsOf } from './offer-words.js';

const STYLE = `${DOCUMENT_STYLE}
form:has([value=ACCEPT]:checked) .decline,form:has([value=DECLINE]:checked) .accept{display:none}`;

export function offerMessagePage(page: Page, text: string): string {
  const { heading } = wordsOf(page.locale);
  return plainPage(page, heading, `<h1>${heading}</h1><p role="alert">${escapeHtml(text)}</p>`);
}

/** The offer word for word, and the form while it may be answered; of one that has ended only that. */
export function offerPage(
  page: Page,
  offer: Offered,
  { notes, filled }: { notes: readonly Note[]; filled: OfferForm },
): string {
  const words = wordsOf(page.locale);
  const title = `${offer.number} v${offer.version}`;
  const isShown = offer.end === null || offer.end === 'ANSWERED';
  const said = notesHtml([...notes, ...outcome(page.locale, offer)]);
  const question = `<p>${escapeHtml(words.question(offer.seller.name, offer.seller.email))}</p>`;
  const language = page.locale === 'en' ? 'zh-CN' : 'en';
  const body = [
    `<nav><a href="?language=${language}" lang="${language}">${words.other}</a></nav>`,
    ...(isShown ? [] : [`<h1>${words.heading}</h1>`]),
    ...said,
    ...(isShown ? [...offer.document[page.locale].map(htmlOf), pdfLink(page.locale), question] : [question]),
    ...(offer.end === null ? [form(page.locale, offer, filled)] : []),
  ];
  return plainPage(page, `${words.heading} ${title}`, body.join(''), STYLE);
}

function outcome(locale: Locale, { end, answer, number, version, zone }: Offered): Note[] {
  const words = wordsOf(locale);
  if (end === null) return [];
  if (end !== 'ANSWERED') return [{ text: words.end[end](`${number} v${version}`), isRefusal: true }];
  if (!answer) return [];
  const at = timeOf(answer.at, zone);
  return [{ text: words.answered[answer.answer](answer.name ?? words.somebody, at), isRefusal: false }];
}

function pdfLink(locale: Locale): string {
  return `<a class="button" href="?language=${locale}&amp;pdf=1" download>${wordsOf(locale).download}</a>`;
}

/** Nothing is chosen beforehand: whatever follows every link and presses every button answers nothing. */
function form(locale: Locale, offer: Offered, filled: OfferForm): string {
  const words = wordsOf(locale);
  const choice = (value: 'ACCEPT' | 'DECLINE', text: string) =>
    `<label><input type="radio" name="answer" value="${value}" required${filled.answer === value ? ' checked' : ''}>${text}</label>`;
  const field = (name: 'name' | 'title', label: string, value: string, of = '') =>
    `<label${of}>${label}<input type="text" name="${name}" maxlength="200" value="${escapeHtml(value)}"${name === 'name' ? ' required autocomplete="name"' : ' autocomplete="organization-title"'}></label>`;
  return `<form method="post" action="?language=${locale}"><input type="hidden" name="textHash" value="${offer.textHash}">
<fieldset><legend>${words.answer}</legend>${choice('ACCEPT', words.accept)}${choice('DECLINE', words.decline)}</fieldset>
${field('name', words.name, filled.name ?? offer.name ?? '')}${field('title', words.title, filled.title ?? '', ' class="accept"')}
<label class="decline">${words.reason}<textarea name="reason" maxlength="2000">${escapeHtml(filled.reason ?? '')}</textarea></label>
<p class="accept">${escapeHtml(words.binding(`${offer.number} v${offer.version}`))}</p>
<p class="hash">${words.hash}: ${offer.textHash}</p><button type="submit">${words.confirm}</button></form>`;
}
