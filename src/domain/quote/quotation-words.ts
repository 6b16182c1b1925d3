import type { DocumentLanguage } from '../document/document.js';

export interface QuotationWords {
  title: string;
  number: string;
  seller: string;
  buyer: string;
  uscc: string;
  currency: string;
  validUntil: string;
  goods: string;
  no: string;
  sku: string;
  name: string;
  qty: string;
  unitPrice: string;
  amount: string;
  free: string;
  dealDiscount: string;
  included: (pct: string) => string;
  total: string;
  beforeTax: string;
  tax: (pct: string) => string;
  totalWithTax: string;
  terms: string;
  payment: string;
  atOnce: string;
  plan: string;
  instalment: (trigger: string, pct: string, days: number) => string;
  triggers: Readonly<Record<string, string>>;
  delivery: string;
  warranty: string;
  special: string;
  clauses: Readonly<Record<string, string>>;
  days: (days: number) => string;
  months: (months: number) => string;
  separator: string;
  closing: (validUntil: string) => string;
}

/** The words of a quotation. They are part of what is approved: stored documents keep the ones they were made with. */
export const QUOTATION_WORDS: Readonly<Record<DocumentLanguage, QuotationWords>> = {
  'zh-CN': {
    title: '报价单',
    number: '报价编号',
    seller: '卖方',
    buyer: '买方',
    uscc: '统一社会信用代码',
    currency: '币种',
    validUntil: '有效期至',
    goods: '报价明细',
    no: '序号',
    sku: '型号',
    name: '名称',
    qty: '数量',
    unitPrice: '单价',
    amount: '金额',
    free: '赠送',
    dealDiscount: '整单折扣',
    included: (pct) => `${pct} %，已计入金额`,
    total: '合计',
    beforeTax: '不含税金额',
    tax: (pct) => `增值税（${pct} %）`,
    totalWithTax: '价税合计',
    terms: '商务条款',
    payment: '付款期限',
    atOnce: '款到发货',
    plan: '付款计划',
    instalment: (trigger, pct, days) => `${trigger}${days === 0 ? '' : `后 ${days} 天`} ${pct} %`,
    triggers: {
      SIGNING: '签约',
      DELIVERY: '交货',
      ACCEPTANCE: '验收',
      WARRANTY: '质保期满',
      DATE: '约定日期',
    },
    delivery: '交货期',
    warranty: '质保期',
    special: '特别约定',
    clauses: {
      LIABILITY: '责任限制',
      INTELLECTUAL_PROPERTY: '知识产权',
      FOREIGN_LAW: '境外法律适用',
      EXCLUSIVITY: '独家约定',
      PENALTY: '违约金',
      OTHER: '其他约定',
    },
    days: (days) => `${days} 天`,
    months: (months) => `${months} 个月`,
    separator: '；',
    closing: (validUntil) => `本报价在 ${validUntil} 当日结束前（以买方所在地时间为准）有效。`,
  },
  en: {
    title: 'Quotation',
    number: 'Number',
    seller: 'Seller',
    buyer: 'Buyer',
    uscc: 'Unified social credit code',
    currency: 'Currency',
    validUntil: 'Valid until',
    goods: 'Goods and services',
    no: 'No.',
    sku: 'Item',
    name: 'Description',
    qty: 'Quantity',
    unitPrice: 'Unit price',
    amount: 'Amount',
    free: 'free',
    dealDiscount: 'Discount on the whole',
    included: (pct) => `${pct} %, included in the amounts`,
    total: 'Total',
    beforeTax: 'Total before tax',
    tax: (pct) => `VAT (${pct} %)`,
    totalWithTax: 'Total including VAT',
    terms: 'Terms',
    payment: 'Payment term',
    atOnce: 'in advance',
    plan: 'Payment plan',
    instalment: (trigger, pct, days) => `${pct} % ${days === 0 ? 'at' : `${days} days after`} ${trigger}`,
    triggers: {
      SIGNING: 'signing',
      DELIVERY: 'delivery',
      ACCEPTANCE: 'acceptance',
      WARRANTY: 'end of warranty',
      DATE: 'the agreed date',
    },
    delivery: 'Delivery time',
    warranty: 'Warranty',
    special: 'Special terms',
    clauses: {
      LIABILITY: 'limit of liability',
      INTELLECTUAL_PROPERTY: 'intellectual property',
      FOREIGN_LAW: 'foreign law',
      EXCLUSIVITY: 'exclusivity',
      PENALTY: 'contractual penalty',
      OTHER: 'other agreements',
    },
    days: (days) => `${days} days`,
    months: (months) => `${months} months`,
    separator: '; ',
    closing: (validUntil) => `This offer stands until the end of ${validUntil} where the buyer is.`,
  },
};
