import { escapeHtml } from '../../domain/notification/escape-html.js';
import type { Locale } from '../../domain/notification/locale.js';

const STYLE = `:root{color-scheme:light dark}*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;
max-width:34rem;padding:1rem}h1{font-size:1.25rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1rem}
dt{opacity:.75}dd{margin:0;overflow-wrap:anywhere}fieldset{border:1px solid;border-radius:.5rem;margin:0 0 1rem;padding:.5rem 1rem}
fieldset label{display:flex;gap:.75rem;align-items:center;min-height:2.75rem}input[type=radio]{width:1.25rem;height:1.25rem}
textarea{width:100%;min-height:5rem;font:inherit;padding:.5rem}button,.button{display:block;width:100%;min-height:2.75rem;
font:inherit;text-align:center;padding:.5rem;border:1px solid;border-radius:.5rem;margin:1rem 0;color:inherit;
background:transparent;text-decoration:none}button{background:#1450a3;border-color:#1450a3;color:#fff}
[role=alert],[role=status]{border-left:4px solid;padding:.5rem 1rem;margin:1rem 0}`;

export interface Page {
  locale: Locale;
  /** of the style tag (CSP) */
  nonce: string;
}

/** A page without scripts and without anything from elsewhere; works on any phone. @param style beside what all pages have */
export function plainPage({ locale, nonce }: Page, title: string, body: string, style = ''): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style nonce="${escapeHtml(nonce)}">${STYLE}${style}</style></head><body><main>${body}</main></body></html>`;
}
