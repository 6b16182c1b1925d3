import type { SigningLinkEnd } from '../../domain/contract/signing.js';
import type { Locale } from '../../domain/notification/locale.js';
import type { PaperWords } from '../http/customer-page-html.js';

export type Missing = 'answer' | 'name' | 'consent' | 'reason';

interface Words extends PaperWords {
  download: string;
  until: (at: string) => string;
  invited: (name: string, organisation: string | null) => string;
  answer: string;
  sign: string;
  decline: string;
  name: string;
  title: string;
  reason: string;
  consent: (number: string) => string;
  textHash: string;
  documentHash: string;
  confirm: string;
  incomplete: Record<Missing, string>;
  done: { SIGN: string; DECLINE: string };
  answered: { SIGNED: (name: string, at: string) => string; DECLINED: (name: string, at: string) => string };
  end: Record<Exclude<SigningLinkEnd, 'ANSWERED'>, (number: string) => string>;
  notTheName: string;
}

const zh: Words = {
  heading: '签署合同',
  other: 'English',
  download: '下载待签 PDF',
  question: (seller, email) => `如有疑问，请联系 ${seller}${email === null ? '' : `（${email}）`}。`,
  until: (at) => `请在 ${at} 前签署。`,
  invited: (name, organisation) =>
    organisation === null ? `受邀签署人：${name}` : `受邀签署人：${name}，代表 ${organisation}`,
  answer: '您的答复',
  sign: '签署合同',
  decline: '拒绝签署',
  name: '键入您的姓名作为签名',
  title: '您的职务',
  reason: '原因（拒绝时必填）',
  consent: (number) => `我已阅读 ${number} 全文，有权签署，并同意以键入姓名的方式作出具有约束力的电子签名。`,
  textHash: '合同文本的 SHA-256',
  documentHash: '待签 PDF 的 SHA-256',
  confirm: '提交',
  incomplete: {
    answer: '请选择签署或拒绝。',
    name: '请键入姓名。',
    consent: '签署须勾选同意。',
    reason: '拒绝签署请填写原因。',
  },
  done: { SIGN: '签名已收到，谢谢。', DECLINE: '已收到您的答复，谢谢。' },
  answered: {
    SIGNED: (name, at) => `${name} 已于 ${at} 签署。`,
    DECLINED: (name, at) => `${name} 已于 ${at} 拒绝签署。`,
  },
  end: {
    DECLINED: (number) => `合同 ${number} 已被另一签署方拒签，此链接不再可用。`,
    EXPIRED: (number) => `合同 ${number} 的签署期限已过，此链接不再可用。`,
    CLOSED: (number) => `合同 ${number} 的签署已撤回，此链接不再可用。`,
  },
  unknown: '此链接无效。',
  tooMany: '请求过多，请稍后再试。',
  refused: '未能提交，请稍后再试或联系卖方。',
  changed: '待签文件已变更，请重新阅读。',
  notTheName: '姓名与受邀签署人不一致；如应由他人签署，请联系卖方。',
  employee: '您正以员工身份登录。合同须由客户本人签署，请退出登录或将链接转给客户。',
};

const en: Words = {
  heading: 'Sign the contract',
  other: '中文',
  download: 'Download the PDF to sign',
  question: (seller, email) => `Questions? Ask ${seller}${email === null ? '' : ` (${email})`}.`,
  until: (at) => `Please sign before ${at}.`,
  invited: (name, organisation) =>
    organisation === null ? `Invited to sign: ${name}` : `Invited to sign: ${name}, for ${organisation}`,
  answer: 'Your answer',
  sign: 'Sign the contract',
  decline: 'Decline to sign',
  name: 'Type your name as your signature',
  title: 'Your position',
  reason: 'Reason (required to decline)',
  consent: (number) =>
    `I have read all of ${number}, I may sign it, and I agree that my typed name is my binding electronic signature.`,
  textHash: 'SHA-256 of the text of this contract',
  documentHash: 'SHA-256 of the PDF to sign',
  confirm: 'Send',
  incomplete: {
    answer: 'Choose whether you sign or decline.',
    name: 'Type your name.',
    consent: 'To sign, tick that you agree.',
    reason: 'To decline, give a reason.',
  },
  done: { SIGN: 'We have your signature. Thank you.', DECLINE: 'We have your answer. Thank you.' },
  answered: {
    SIGNED: (name, at) => `${name} signed, ${at}.`,
    DECLINED: (name, at) => `${name} declined to sign, ${at}.`,
  },
  end: {
    DECLINED: (number) => `Another signer has declined contract ${number}; this link has ended.`,
    EXPIRED: (number) => `The time to sign contract ${number} is over; this link has ended.`,
    CLOSED: (number) => `Contract ${number} has been taken back from its signers; this link has ended.`,
  },
  unknown: 'This link is not valid.',
  tooMany: 'Too many requests; try again in a while.',
  refused: 'Not sent. Try again later or ask the seller.',
  changed: 'The document to sign has changed; read it again.',
  notTheName: 'This is not the name that was invited; if somebody else is to sign, ask the seller.',
  employee:
    'You are signed in as an employee. The customer signs the contract: sign out, or pass the link to the customer.',
};

export function wordsOf(locale: Locale): Words {
  return locale === 'en' ? en : zh;
}
