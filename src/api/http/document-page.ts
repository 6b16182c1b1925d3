import type { Block } from '../../domain/document/document.js';
import { escapeHtml } from '../../domain/notification/escape-html.js';

/** How a document and the form beneath it look on a customer's page, on a phone too. */
export const DOCUMENT_STYLE = `body{max-width:52rem}h2{font-size:1.05rem;margin:1.5rem 0 .5rem}nav{text-align:right}.hash{font-size:.8rem;overflow-wrap:anywhere;opacity:.75}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .5rem;border-bottom:1px solid #8886;vertical-align:top}.right{text-align:right}th,.right{white-space:nowrap}
input[type=text]{width:100%;min-height:2.75rem;font:inherit;padding:.5rem}form>label{display:block;margin:.75rem 0}nav a,nav span{display:inline-block;padding:.6rem}
@media(max-width:40rem){thead{display:none}tr{display:block;border-bottom:1px solid #8888;padding:.5rem 0}td,td.right{display:flex;justify-content:space-between;gap:1rem;border:0;padding:.1rem 0;text-align:right}
td::before{content:attr(data-label);opacity:.75;text-align:left;flex:none}}`;

/** A block of a document, word for word. */
export function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escapeHtml(block.text)}</h1>`;
    case 'heading':
      return `<h2>${escapeHtml(block.text)}</h2>`;
    case 'prose':
      return `<p>${escapeHtml(block.text).replaceAll('\n', '<br>')}</p>`;
    case 'facts':
      return `<dl>${block.rows.map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`;
    case 'table': {
      const side = block.columns.map(({ align }) => (align === 'right' ? ' class="right"' : ''));
      const head = block.columns.map(({ title }, n) => `<th scope="col"${side[n]}>${escapeHtml(title)}</th>`);
      const cell = (text: string, n: number) =>
        `<td${side[n]} data-label="${escapeHtml(block.columns[n]?.title ?? '')}">${escapeHtml(text)}</td>`;
      return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${block.rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</tbody></table>`;
    }
  }
}
