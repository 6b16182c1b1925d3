import { escapeHtml } from '../../domain/notification/escape-html.js';
import type { Locale } from '../../domain/notification/locale.js';
import type { Offered } from '../../queries/quote/offered.js';
import { DOCUMENT_STYLE, htmlOf } from '../http/document-page.js';
import { paperPage } from '../http/customer-page-html.js';
import { timeOf, type Note } from '../http/link-visit.js';
import type { Page } from '../http/plain-page.js';
import type { OfferForm } from './offers.dto.js';
import { wordsOf } from './offer-words.js';

const STYLE = `${DOCUMENT_STYLE}
form:has([value=ACCEPT]:checked) .decline,form:has([value=DECLINE]:checked) .accept{display:none}`;

/** The offer word for word, and the form to answer it. */
export function offerPage(
  page: Page,
  offer: Offered,
  { notes, filled }: { notes: readonly Note[]; filled: OfferForm },
): string {
  const words = wordsOf(page.locale);
  return paperPage(
    page,
    { words, paper: offer, style: STYLE },
    {
      notes: [...notes, ...outcome(page.locale, offer)],
      text: [...offer.document[page.locale].map(htmlOf), pdfLink(page.locale)],
      form: () => form(page.locale, offer, filled),
    },
  );
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
