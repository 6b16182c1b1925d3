import type { ClauseTemplate } from './policy.js';

export interface Clause extends ClauseTemplate {
  /** false once its words differ from the library's: legal review looks at it */
  standard: boolean;
  /** of the library, whose words these are; left out: nobody's, or taken before the library had versions */
  version?: number;
}

/** What the text of a contract is made from. Amounts and percents are decimal strings, dates `YYYY-MM-DD`. */
export interface ContractTerms {
  number: string;
  version: number;
  seller: string;
  buyer: string;
  currency: string;
  total: string;
  termDays: number;
  deliveryDays: number | null;
  warrantyMonths: number | null;
  /** of its term; left out or null: until it is performed */
  durationMonths?: number | null;
  lines: readonly { no: number; name: string; qty: string; unitNet: string; net: string }[];
  instalments: readonly { trigger: string; pct: string; days: number }[];
}

/**
 * The contract as plain text, the same bytes for the same terms and clauses: what is approved, sealed and signed. Its
 * SHA-256 over UTF-8 is the text hash.
 */
export function renderContract(terms: ContractTerms, clauses: readonly Clause[]): string {
  const filled = clauses.map((clause, index) => `${index + 1}. ${clause.title}\n${fill(clause.text, terms)}`);
  const lines = terms.lines.map(
    ({ no, name, qty, unitNet, net }) => `${no}. ${name} × ${qty} @ ${unitNet} = ${net}`,
  );
  const payments = terms.instalments.map(({ trigger, pct, days }) => `- ${pct} % · ${trigger} + ${days}`);
  return normaliseText(
    [
      `销售合同 SALES CONTRACT ${terms.number} v${terms.version}`,
      `卖方 Seller: ${terms.seller}\n买方 Buyer: ${terms.buyer}`,
      `标的 Goods\n${lines.join('\n')}`,
      `总价 Total: ${terms.total} ${terms.currency}`,
      ...(terms.durationMonths ? [`期限 Term: ${terms.durationMonths} 个月 months`] : []),
      `付款 Payment (${terms.termDays} days)${payments.length > 0 ? `\n${payments.join('\n')}` : ''}`,
      ...filled,
    ].join('\n\n'),
  );
}

/** One form for every way the same words may arrive: NFC, LF, no trailing blanks, one newline at the end. */
export function normaliseText(text: string): string {
  const lines = text
    .normalize('NFC')
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  return `${lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()}\n`;
}

function fill(text: string, terms: ContractTerms): string {
  const places: Readonly<Record<string, string>> = {
    deliveryDays: terms.deliveryDays === null ? '30' : String(terms.deliveryDays),
    warrantyMonths: terms.warrantyMonths === null ? '12' : String(terms.warrantyMonths),
    termDays: String(terms.termDays),
  };
  return text.replace(/\{(\w+)\}/g, (place, name: string) => places[name] ?? place);
}
