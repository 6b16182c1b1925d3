import { grouped, oneLine, type Block, type Blocks, type BothLanguages } from '../document/document.js';
import { Exact, formatAmount, roundAmount } from '../money.js';
import { QUOTATION_WORDS, type QuotationWords } from './quotation-words.js';

/** What of an approved quotation its customer reads: all of it is material, nothing of cost, list price or margin. */
export interface QuotationContent {
  number: string;
  version: number;
  seller: string;
  material: {
    customer: { name: string; uscc: string | null };
    currency: string;
    lines: readonly {
      no: number;
      sku: string;
      name: string;
      qty: string;
      unitNet: string;
      net: string;
      free: boolean;
    }[];
    dealDiscountPct: string;
    netTotal: string;
    /** the amounts contain it; absent: the document says nothing of tax */
    vatPct?: string;
    termDays: number;
    instalments: readonly { trigger: string; pct: string; days: number }[];
    deliveryDays: number | null;
    warrantyMonths: number | null;
    nonStandardClauses: readonly string[];
    validUntil: string;
  };
}

/** The quotation in Chinese and in English, from the same figures: the same content is always the same document. */
export function quotationDocument(content: QuotationContent): BothLanguages {
  return {
    'zh-CN': blocksOf(content, QUOTATION_WORDS['zh-CN']),
    en: blocksOf(content, QUOTATION_WORDS.en),
  } as BothLanguages;
}

function blocksOf(content: QuotationContent, words: QuotationWords): Blocks {
  const { number, version, seller, material } = content;
  const { customer } = material;
  return [
    { kind: 'title', text: words.title },
    {
      kind: 'facts',
      rows: [
        [words.number, `${number} v${version}`],
        [words.seller, oneLine(seller)],
        [words.buyer, oneLine(customer.name)],
        ...(customer.uscc === null ? [] : [[words.uscc, customer.uscc] as const]),
        [words.currency, material.currency],
        [words.validUntil, material.validUntil],
      ],
    },
    { kind: 'heading', text: words.goods },
    goods(material, words),
    { kind: 'facts', rows: totals(material, words) },
    { kind: 'heading', text: words.terms },
    { kind: 'facts', rows: terms(material, words) },
    { kind: 'prose', text: words.closing(material.validUntil) },
  ];
}

function goods({ lines, currency }: QuotationContent['material'], words: QuotationWords): Block {
  const money = (amount: string) => grouped(formatAmount(amount, currency));
  return {
    kind: 'table',
    columns: [
      { title: words.no, align: 'right', weight: 7 },
      { title: words.sku, align: 'left', weight: 16 },
      { title: words.name, align: 'left', weight: 33 },
      { title: words.qty, align: 'right', weight: 11 },
      { title: words.unitPrice, align: 'right', weight: 15 },
      { title: words.amount, align: 'right', weight: 18 },
    ],
    rows: lines.map(({ no, sku, name, qty, unitNet, net, free }) => [
      String(no),
      oneLine(sku),
      oneLine(name),
      grouped(qty),
      free ? words.free : money(unitNet),
      money(net),
    ]),
  };
}

function totals(material: QuotationContent['material'], words: QuotationWords): [string, string][] {
  const { currency, netTotal, vatPct, dealDiscountPct } = material;
  const money = (amount: string) => `${grouped(amount)} ${currency}`;
  const discount: [string, string][] = new Exact(dealDiscountPct).isZero()
    ? []
    : [[words.dealDiscount, words.included(dealDiscountPct)]];
  if (vatPct === undefined) return [...discount, [words.total, money(netTotal)]];
  const tax = taxIn(netTotal, vatPct, currency);
  const beforeTax = formatAmount(new Exact(netTotal).minus(tax), currency);
  return [
    ...discount,
    [words.beforeTax, money(beforeTax)],
    [words.tax(vatPct), money(tax)],
    [words.totalWithTax, money(netTotal)],
  ];
}

/** The tax inside an amount that contains it: amount × rate ÷ (100 + rate), rounded HALF_UP to the currency's decimals. */
export function taxIn(amount: string, vatPct: string, currency: string): string {
  const tax = new Exact(amount).times(vatPct).div(new Exact(100).plus(vatPct));
  return formatAmount(roundAmount(tax, currency), currency);
}

function terms(material: QuotationContent['material'], words: QuotationWords): [string, string][] {
  const { termDays, instalments, deliveryDays, warrantyMonths, nonStandardClauses } = material;
  const plan = instalments.map(({ trigger, pct, days }) =>
    words.instalment(words.triggers[trigger] ?? trigger, pct, days),
  );
  const clauses = nonStandardClauses.map((key) => words.clauses[key] ?? key);
  return [
    [words.payment, termDays === 0 ? words.atOnce : words.days(termDays)],
    ...(plan.length === 0 ? [] : [[words.plan, plan.join(words.separator)] as [string, string]]),
    ...(deliveryDays === null ? [] : [[words.delivery, words.days(deliveryDays)] as [string, string]]),
    ...(warrantyMonths === null ? [] : [[words.warranty, words.months(warrantyMonths)] as [string, string]]),
    ...(clauses.length === 0 ? [] : [[words.special, clauses.join(words.separator)] as [string, string]]),
  ];
}
