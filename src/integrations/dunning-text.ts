import type { Locale } from '../domain/notification/locale.js';
import type { MessageText } from './message-text.js';

export interface DunningContent {
  no: string;
  name: string;
  customer: string;
  company: string;
  action: string;
  level: number;
  lines: readonly { invoiceNo: string; amount: string; currency: string; dueOn: string }[];
  link: string;
}

type Tone = 'STATEMENT' | 'REMINDER' | 'DUE_NOTICE' | 'L1' | 'L2' | 'L3' | 'L4';

const TEXTS: Readonly<
  Record<
    Locale,
    {
      subjects: Record<Tone, string>;
      intros: Record<Tone, (name: string, company: string) => string>;
      line: (amount: string, dueOn: string) => string;
      no: string;
      customer: string;
      button: string;
      footer: string;
    }
  >
> = {
  'zh-CN': {
    subjects: {
      STATEMENT: '对账提示',
      REMINDER: '付款提醒',
      DUE_NOTICE: '款项今日到期',
      L1: '逾期付款提醒',
      L2: '逾期付款催告',
      L3: '催款函',
      L4: '最后催告函',
    },
    intros: {
      STATEMENT: (name, company) => `${name}，您好：以下应付 ${company} 的款项即将到期，请核对。`,
      REMINDER: (name, company) => `${name}，您好：以下应付 ${company} 的款项将于近日到期，请安排付款。`,
      DUE_NOTICE: (name, company) => `${name}，您好：以下应付 ${company} 的款项今日到期。`,
      L1: (name, company) =>
        `${name}，您好：以下应付 ${company} 的款项已过付款期限，如已付款请忽略本函，否则请尽快安排。`,
      L2: (name, company) =>
        `${name}：以下应付 ${company} 的款项至今未付。请即付款；逾期利息自到期次日起计算。`,
      L3: (name, company) => `${name}：${company} 现正式催告贵方支付以下逾期款项。付清之前暂停赊销发货。`,
      L4: (name, company) =>
        `${name}：请于本函发出后十日内向 ${company} 付清以下款项，逾期将移交法务处理，不再另行通知。`,
    },
    line: (amount, dueOn) => `${amount}，到期日 ${dueOn}`,
    no: '函件编号',
    customer: '客户',
    button: '公司网址',
    footer: '金额已扣除有争议的部分及截至发函时已入账的款项。如有疑问请直接回复本邮件。',
  },
  en: {
    subjects: {
      STATEMENT: 'Statement of what falls due',
      REMINDER: 'Payment reminder',
      DUE_NOTICE: 'Payment is due today',
      L1: 'Payment overdue',
      L2: 'Payment overdue: second notice',
      L3: 'Formal demand for payment',
      L4: 'Final demand for payment',
    },
    intros: {
      STATEMENT: (name, company) =>
        `Dear ${name}, the following falls due to ${company} soon. Please check it.`,
      REMINDER: (name, company) => `Dear ${name}, the following falls due to ${company} in the next days.`,
      DUE_NOTICE: (name, company) => `Dear ${name}, the following is due to ${company} today.`,
      L1: (name, company) =>
        `Dear ${name}, the following to ${company} is past its due date. If you have paid, please disregard this letter.`,
      L2: (name, company) =>
        `Dear ${name}, the following to ${company} is still unpaid. Please pay now; interest runs from the day after the due date.`,
      L3: (name, company) =>
        `Dear ${name}, ${company} formally demands payment of the following. Until then nothing is delivered on credit.`,
      L4: (name, company) =>
        `Dear ${name}, pay the following to ${company} within ten days of this letter; after that it goes to our lawyers without further notice.`,
    },
    line: (amount, dueOn) => `${amount}, due ${dueOn}`,
    no: 'Letter',
    customer: 'Customer',
    button: 'Our site',
    footer:
      'Amounts are without what is in dispute and what was booked up to this letter. For questions just answer this mail.',
  },
};

/** A letter of the ladder, friendlier or firmer by its level. */
export function dunningText(of: DunningContent, locale: Locale): MessageText {
  const words = TEXTS[locale];
  const tone = (of.level === 0 ? of.action : `L${of.level}`) as Tone;
  return {
    subject: `${words.subjects[tone]} ${of.no}`,
    intro: words.intros[tone](of.name, of.company),
    rows: [
      { label: words.no, value: of.no },
      { label: words.customer, value: of.customer },
      ...of.lines.map(({ invoiceNo, amount, currency, dueOn }) => ({
        label: invoiceNo,
        value: words.line(`${amount} ${currency}`, dueOn),
      })),
    ],
    why: [],
    changes: [],
    headings: { why: '', changes: '' },
    button: words.button,
    link: of.link,
    footer: words.footer,
  };
}
