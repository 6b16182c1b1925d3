import type { Locale } from '../../domain/notification/locale.js';
import type { OfferEnd } from '../../domain/quote/offer.js';
import type { PaperWords } from '../http/customer-page-html.js';

interface Words extends PaperWords {
  download: string;
  answer: string;
  accept: string;
  decline: string;
  name: string;
  title: string;
  reason: string;
  binding: (number: string) => string;
  hash: string;
  confirm: string;
  incomplete: { answer: string; name: string; title: string; reason: string };
  done: { ACCEPT: string; DECLINE: string };
  answered: { ACCEPT: (name: string, at: string) => string; DECLINE: (name: string, at: string) => string };
  /** in place of a name that was erased */
  somebody: string;
  end: Record<Exclude<OfferEnd, 'ANSWERED'>, (number: string) => string>;
  rate: string;
}

const zh: Words = {
  heading: '报价',
  other: 'English',
  download: '下载 PDF',
  question: (seller, email) => `如有疑问，请联系 ${seller}${email === null ? '' : `（${email}）`}。`,
  answer: '您的答复',
  accept: '接受报价',
  decline: '不接受',
  name: '您的姓名',
  title: '您的职务（接受时必填）',
  reason: '原因（不接受时必填）',
  binding: (number) => `接受即表示您有权代表买方，并同意 ${number} 的全部内容。答复只能提交一次。`,
  hash: '本报价文本的 SHA-256',
  confirm: '提交答复',
  incomplete: {
    answer: '请选择接受或不接受。',
    name: '请填写姓名。',
    title: '接受报价请填写职务。',
    reason: '不接受请填写原因。',
  },
  done: { ACCEPT: '已收到您的接受，谢谢。', DECLINE: '已收到您的答复，谢谢。' },
  answered: {
    ACCEPT: (name, at) => `${name} 已于 ${at} 接受本报价。`,
    DECLINE: (name, at) => `${name} 已于 ${at} 答复不接受本报价。`,
  },
  somebody: '客户方',
  end: {
    ANSWERED_ELSEWHERE: (number) => `报价 ${number} 已经答复，此链接不再可用。`,
    EXPIRED: (number) => `报价 ${number} 已过有效期，此链接不再可用。请索取新的报价。`,
    SUPERSEDED: (number) => `报价 ${number} 已被新版本取代，此链接不再可用。请使用新版本的链接。`,
    CLOSED: (number) => `报价 ${number} 已收回，此链接不再可用。`,
  },
  unknown: '此链接无效。',
  tooMany: '请求过多，请稍后再试。',
  refused: '未能提交，请稍后再试或联系卖方。',
  changed: '报价内容已更新，请重新阅读后再答复。',
  rate: '汇率变动较大，卖方需先确认价格，请联系卖方。',
  employee: '您正以员工身份登录。报价须由客户本人答复，请退出登录或将链接转给客户。',
};

const en: Words = {
  heading: 'Quotation',
  other: '中文',
  download: 'Download PDF',
  question: (seller, email) => `Questions? Ask ${seller}${email === null ? '' : ` (${email})`}.`,
  answer: 'Your answer',
  accept: 'Accept the offer',
  decline: 'Decline',
  name: 'Your name',
  title: 'Your position (required to accept)',
  reason: 'Reason (required to decline)',
  binding: (number) =>
    `By accepting you state that you may act for the buyer and agree to everything in ${number}. An answer is given once.`,
  hash: 'SHA-256 of the text of this offer',
  confirm: 'Send the answer',
  incomplete: {
    answer: 'Choose whether you accept or decline.',
    name: 'Give your name.',
    title: 'To accept, give your position.',
    reason: 'To decline, give a reason.',
  },
  done: { ACCEPT: 'We have your acceptance. Thank you.', DECLINE: 'We have your answer. Thank you.' },
  answered: {
    ACCEPT: (name, at) => `${name} accepted this offer, ${at}.`,
    DECLINE: (name, at) => `${name} declined this offer, ${at}.`,
  },
  somebody: 'The buyer',
  end: {
    ANSWERED_ELSEWHERE: (number) => `Quotation ${number} has been answered; this link has ended.`,
    EXPIRED: (number) => `Quotation ${number} is no longer valid; this link has ended. Ask for a new one.`,
    SUPERSEDED: (number) =>
      `Quotation ${number} has been replaced by a newer version; this link has ended. Use the link of the newer one.`,
    CLOSED: (number) => `Quotation ${number} has been taken back; this link has ended.`,
  },
  unknown: 'This link is not valid.',
  tooMany: 'Too many requests; try again in a while.',
  refused: 'Not sent. Try again later or ask the seller.',
  changed: 'The offer has changed; read it again before you answer.',
  rate: 'The exchange rate has moved; the seller has to confirm the price first. Please ask them.',
  employee:
    'You are signed in as an employee. The customer answers an offer: sign out, or pass the link to the customer.',
};

export function wordsOf(locale: Locale): Words {
  return locale === 'en' ? en : zh;
}
