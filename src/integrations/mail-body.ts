import { escapeHtml } from '../domain/notification/escape-html.js';
import type { MessageText } from './message-text.js';

export function plainBody(text: MessageText): string {
  const block = (heading: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', `${heading}:`, ...lines.map((line) => `- ${oneLine(line)}`)];
  return [
    text.intro,
    '',
    ...text.rows.map(({ label, value }) => `${label}: ${oneLine(value)}`),
    ...block(text.headings.why, text.why),
    ...block(text.headings.changes, text.changes),
    '',
    `${text.button}: ${text.link}`,
    '',
    text.footer,
    '',
  ].join('\n');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** No images, no scripts, nothing from elsewhere; colours are left to the reader's own theme. */
export function htmlBody(text: MessageText): string {
  const list = (heading: string, lines: readonly string[]) =>
    lines.length === 0
      ? ''
      : `<p><b>${escapeHtml(heading)}</b></p><ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
  const rows = text.rows
    .map(
      ({ label, value }) =>
        `<tr><td style="padding:2px 16px 2px 0;vertical-align:top">${escapeHtml(label)}</td><td>${escapeHtml(value)}</td></tr>`,
    )
    .join('');
  const link = escapeHtml(text.link);
  return [
    '<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">',
    `<meta name="viewport" content="width=device-width"><title>${escapeHtml(text.subject)}</title></head>`,
    `<body style="font-family:sans-serif;line-height:1.5"><h2>${escapeHtml(text.intro)}</h2><table>${rows}</table>`,
    list(text.headings.why, text.why),
    list(text.headings.changes, text.changes),
    `<p><a href="${link}" style="display:inline-block;padding:10px 20px;border:1px solid;border-radius:6px">`,
    `${escapeHtml(text.button)}</a></p><p style="font-size:12px">${escapeHtml(text.footer)}</p></body></html>`,
  ].join('');
}
