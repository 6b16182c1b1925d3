import { escapeHtml } from '../../domain/notification/escape-html.js';
import type { Locale } from '../../domain/notification/locale.js';
import type { ToSign } from '../../queries/contract/signing-link.js';
import { DOCUMENT_STYLE, htmlOf } from '../http/document-page.js';
import { paperPage } from '../http/customer-page-html.js';
import { timeOf, type Note } from '../http/link-visit.js';
import type { Page } from '../http/plain-page.js';
import type { SigningForm } from './signing.dto.js';
import { wordsOf } from './signing-words.js';

const STYLE = `${DOCUMENT_STYLE}input[type=checkbox]{width:1.25rem;height:1.25rem;flex:none}.consent{display:flex;gap:.75rem}
form:has([value=SIGN]:checked) .decline,form:has([value=DECLINE]:checked) .sign{display:none}`;

/** The contract word for word with its hashes, and the form to sign it. */
export function signingPage(
  page: Page,
  paper: ToSign,
  { notes, filled }: { notes: readonly Note[]; filled: SigningForm },
): string {
  const words = wordsOf(page.locale);
  return paperPage(
    page,
    { words, paper, style: STYLE },
    {
      notes: [...notes, ...outcome(page.locale, paper)],
      text: [...paper.blocks.map(htmlOf), hashes(page.locale, paper)],
      form: () => form(page.locale, paper, filled),
    },
  );
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
