import { escapeHtml } from '../../domain/notification/escape-html.js';
import type { Locale } from '../../domain/notification/locale.js';
import type { ToSign } from '../../queries/contract/signing-link.js';
import { DOCUMENT_STYLE, htmlOf } from '../http/document-page.js';
import { notesHtml, timeOf, type Note } from '../http/link-visit.js';
import { plainPage, type Page } from '../http/plain-page.js';
import type { SigningForm } from './signing.dto.js';
import { wordsOf } from './signing-words.js';

const STYLE = `${DOCUMENT_STYLE}input[type=checkbox]{width:1.25rem;height:1.25rem;flex:none}.consent{display:flex;gap:.75rem}
form:has([value=SIGN]:checked) .decline,form:has([value=DECLINE]:checked) .sign{display:none}`;

export function signingMessagePage(page: Page, text: string): string {
  const { heading } = wordsOf(page.locale);
  return plainPage(page, heading, `<h1>${heading}</h1><p role="alert">${escapeHtml(text)}</p>`);
}

/** The contract word for word with its hashes, and the form while it may be signed; of a link that has ended only that. */
export function signingPage(
  page: Page,
  paper: ToSign,
  { notes, filled }: { notes: readonly Note[]; filled: SigningForm },
): string {
  const words = wordsOf(page.locale);
  const title = `${paper.number} v${paper.version}`;
  const isShown = paper.end === null || paper.end === 'ANSWERED';
  const said = notesHtml([...notes, ...outcome(page.locale, paper)]);
  const question = `<p>${escapeHtml(words.question(paper.seller.name, paper.seller.email))}</p>`;
  const language = page.locale === 'en' ? 'zh-CN' : 'en';
  const body = [
    `<nav><a href="?language=${language}" lang="${language}">${words.other}</a></nav>`,
    ...(isShown ? [] : [`<h1>${words.heading}</h1>`]),
    ...said,
    ...(isShown ? [...paper.blocks.map(htmlOf), hashes(page.locale, paper), question] : [question]),
    ...(paper.end === null ? [form(page.locale, paper, filled)] : []),
  ];
  return plainPage(page, `${words.heading} ${title}`, body.join(''), STYLE);
}

function outcome(locale: Locale, { end, signer, number, version, zone }: ToSign): Note[] {
  const words = wordsOf(locale);
  if (end === null) return [];
  if (end !== 'ANSWERED') return [{ text: words.end[end](`${number} v${version}`), isRefusal: true }];
  if (signer.state === 'PENDING') return [];
  const text = words.answered[signer.state](signer.name, timeOf(signer.at ?? '', zone));
  return [{ text, isRefusal: false }];
}

function hashes(locale: Locale, { textHash, documentHash }: ToSign): string {
  const words = wordsOf(locale);
  return `<p class="hash">${words.textHash}: ${textHash}</p><p class="hash">${words.documentHash}: ${documentHash}</p>
<a class="button" href="?language=${locale}&amp;pdf=1" download>${words.download}</a>`;
}

/** Nothing is chosen beforehand and no name is filled in: whatever follows every link and presses every button signs nothing. */
function form(locale: Locale, paper: ToSign, filled: SigningForm): string {
  const words = wordsOf(locale);
  const number = `${paper.number} v${paper.version}`;
  const { name, organisation } = paper.signer;
  const choice = (value: 'SIGN' | 'DECLINE', text: string) =>
    `<label><input type="radio" name="answer" value="${value}" required${filled.answer === value ? ' checked' : ''}>${text}</label>`;
  const field = (key: 'name' | 'title', label: string, rest: string) =>
    `${label}<input type="text" name="${key}" maxlength="200" value="${escapeHtml(filled[key] ?? '')}"${rest}></label>`;
  return `<form method="post" action="?language=${locale}"><input type="hidden" name="documentHash" value="${paper.documentHash}">
<p>${escapeHtml(words.invited(name, organisation))}</p><p>${words.until(timeOf(paper.expiresAt, paper.zone))}</p>
<fieldset><legend>${words.answer}</legend>${choice('SIGN', words.sign)}${choice('DECLINE', words.decline)}</fieldset>
<label>${field('name', words.name, ' required autocomplete="off"')}
<label class="sign">${field('title', words.title, ' autocomplete="organization-title"')}
<label class="decline">${words.reason}<textarea name="reason" maxlength="2000">${escapeHtml(filled.reason ?? '')}</textarea></label>
<label class="sign consent"><input type="checkbox" name="consent" value="1"><span>${escapeHtml(words.consent(number))}</span></label>
<button type="submit">${words.confirm}</button></form>`;
}
