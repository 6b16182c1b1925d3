import type { Locale } from '../domain/notification/locale.js';
import type { MessageText } from './message-text.js';

export interface SigningMailContent {
  name: string;
  organisation: string | null;
  number: string;
  version: number;
  seller: string;
  /** in the customer's own time */
  until: string;
  link: string;
}

const TEXTS = {
  'zh-CN': {
    subject: '请签署合同',
    intro: (name: string, seller: string) => `${name}，您好：${seller} 请您签署以下合同，PDF 见附件。`,
    number: '合同编号',
    organisation: '代表单位',
    until: '请在此前签署',
    button: '查看并签署',
    footer: '打开链接不会改变任何内容；签署或拒绝需在页面上提交。此链接仅供您本人使用，请勿转发。',
  },
  en: {
    subject: 'Please sign the contract',
    intro: (name: string, seller: string) =>
      `Dear ${name}, ${seller} asks you to sign the following contract; the PDF is attached.`,
    number: 'Number',
    organisation: 'You sign for',
    until: 'Please sign before',
    button: 'See and sign',
    footer:
      'Opening the link changes nothing; you sign or decline on the page. The link is for you alone: do not pass it on.',
  },
} as const;

/** What a signer reads before opening the page on which they sign. */
export function signingText(content: SigningMailContent, locale: Locale): MessageText {
  const words = TEXTS[locale];
  const { name, organisation, number, version, seller, until, link } = content;
  return {
    subject: `${words.subject}: ${number} v${version}`,
    intro: words.intro(name, seller),
    rows: [
      { label: words.number, value: `${number} v${version}` },
      ...(organisation === null ? [] : [{ label: words.organisation, value: organisation }]),
      { label: words.until, value: until },
    ],
    why: [],
    changes: [],
    headings: { why: '', changes: '' },
    button: words.button,
    link,
    footer: words.footer,
  };
}
