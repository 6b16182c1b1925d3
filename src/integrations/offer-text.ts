import type { Locale } from '../domain/notification/locale.js';
import type { OfferMessage } from '../domain/quote/offer.js';
import type { MessageText } from './message-text.js';

export interface OfferMailContent {
  kind: OfferMessage;
  name: string;
  number: string;
  version: number;
  seller: string;
  total: string;
  validUntil: string;
  link: string;
}

const TEXTS = {
  'zh-CN': {
    'quote.offer': '报价',
    'quote.offer-reminder': '报价即将到期',
    intro: (name: string, seller: string) => `${name}，您好：${seller} 为您提供以下报价，PDF 见附件。`,
    number: '报价编号',
    total: '金额',
    validUntil: '有效期至',
    button: '查看并答复',
    footer: '打开链接不会改变任何内容；接受或拒绝需在页面上提交。请勿转发给无权答复的人。',
  },
  en: {
    'quote.offer': 'Quotation',
    'quote.offer-reminder': 'Quotation expires soon',
    intro: (name: string, seller: string) =>
      `Dear ${name}, ${seller} offers you the following; the PDF is attached.`,
    number: 'Number',
    total: 'Amount',
    validUntil: 'Valid until',
    button: 'See and answer',
    footer:
      'Opening the link changes nothing; you accept or decline on the page. Pass it on only to somebody who may answer.',
  },
} as const;

/** What a customer reads of an offer before opening it. */
export function offerText(content: OfferMailContent, locale: Locale): MessageText {
  const words = TEXTS[locale];
  const { kind, name, number, version, seller, total, validUntil, link } = content;
  return {
    subject: `${words[kind]}: ${number} v${version}`,
    intro: words.intro(name, seller),
    rows: [
      { label: words.number, value: `${number} v${version}` },
      { label: words.total, value: total },
      { label: words.validUntil, value: validUntil },
    ],
    why: [],
    changes: [],
    headings: { why: '', changes: '' },
    button: words.button,
    link,
    footer: words.footer,
  };
}
