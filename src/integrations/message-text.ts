import { DateTime } from 'luxon';
import { inLocale, type Locale } from '../domain/notification/locale.js';
import type { NoticeKind } from '../domain/notification/notices.js';

/** What a message says of a request, before it is put into a language. */
export interface MessageContent {
  kind: NoticeKind;
  number: string;
  title: string;
  amount: { amount: string; currency: string } | null;
  initiator: string;
  stage: string | null;
  /** ISO instant; null when no clock runs */
  dueAt: string | null;
  zone: string;
  facts: readonly { label: string; value: string }[];
  why: readonly string[];
  changes: readonly { label: string; before: string | null; after: string | null }[];
  /** who did what this tells of; null for a matter of time */
  by: string | null;
  outcome: string | null;
  link: string;
}

/** A message in one language, without any markup: each channel escapes it in its own way. */
export interface MessageText {
  subject: string;
  intro: string;
  rows: readonly { label: string; value: string }[];
  why: readonly string[];
  changes: readonly string[];
  headings: { why: string; changes: string };
  button: string;
  link: string;
  footer: string;
}

const MAX_FACTS = 6;
const MAX_CHANGES = 8;

const TEXTS = {
  'zh-CN': {
    heading: {
      TASK: '待您审批',
      TASK_MOVED: '任务已转给他人',
      TASK_GONE: '无需再审批',
      REMINDER: '到期提醒',
      URGE: '催办',
      ESCALATION: '审批超时',
      RETURNED: '已退回给您',
      RETURNED_REMINDER: '退回待处理',
      OUTCOME: '审批结果',
      COPY: '抄送',
      STAGE_DECIDED: '节点已处理',
      DEAL_STUCK: '商机久未联系',
      DEAL_SLIPPED: '商机已过预计成交日',
      DEAL_DROPPED: '商机降为管道',
      DEAL_RESUME: '搁置商机到期',
      CONTRACT_DUE: '合同日期将到',
      CONTRACT_LATE: '合同日期已过',
      CONTRACT_ENDING: '合同即将到期',
      CONTRACT_SIGNING: '合同签署有结果',
      OFFER_ANSWERED: '客户已答复报价',
      OFFER_EXPIRING: '报价即将到期',
      OFFER_HANDED_OVER: '报价移交给您',
      CONTRACT_HANDED_OVER: '合同移交给您',
      CONTRACT_DUTY_MOVED: '合同事项移交给您',
    },
    number: '单号',
    amount: '金额',
    initiator: '发起人',
    stage: '节点',
    due: '截止',
    by: '处理人',
    outcome: '结果',
    why: '为什么找您',
    changes: '与上次相比',
    open: '打开',
    footer: '此邮件由系统发出，请勿回复。打开链接不会改变任何内容。',
    state: {
      APPROVED: '已批准',
      REJECTED: '已驳回',
      WITHDRAWN: '已撤回',
      TERMINATED: '已终止',
      EXPIRED: '已过期',
      REVOKED: '已撤销',
      RETURNED: '已退回',
      PASSED: '已通过',
      ACCEPTED: '客户已接受',
      DECLINED: '客户已拒绝',
    },
  },
  en: {
    heading: {
      TASK: 'For your approval',
      TASK_MOVED: 'Passed on to somebody else',
      TASK_GONE: 'No longer needs you',
      REMINDER: 'Reminder',
      URGE: 'Please answer',
      ESCALATION: 'Approval overdue',
      RETURNED: 'Returned to you',
      RETURNED_REMINDER: 'Still returned to you',
      OUTCOME: 'Outcome',
      COPY: 'For your information',
      STAGE_DECIDED: 'Stage decided',
      DEAL_STUCK: 'Deal without contact',
      DEAL_SLIPPED: 'Close date passed',
      DEAL_DROPPED: 'Deal dropped to pipeline',
      DEAL_RESUME: 'Deal on hold: look again',
      CONTRACT_DUE: 'Contract date is near',
      CONTRACT_LATE: 'Contract date has passed',
      CONTRACT_ENDING: 'Contract is about to end',
      CONTRACT_SIGNING: 'Contract signing has ended',
      OFFER_ANSWERED: 'The customer answered',
      OFFER_EXPIRING: 'Quotation expires soon',
      OFFER_HANDED_OVER: 'A quotation is yours now',
      CONTRACT_HANDED_OVER: 'A contract is yours now',
      CONTRACT_DUTY_MOVED: 'Something of a contract is yours to see to now',
    },
    number: 'Number',
    amount: 'Amount',
    initiator: 'Submitted by',
    stage: 'Stage',
    due: 'Due',
    by: 'By',
    outcome: 'Result',
    why: 'Why you',
    changes: 'Changed since last time',
    open: 'Open',
    footer: 'Sent by the system; please do not reply. Opening the link changes nothing.',
    state: {
      APPROVED: 'approved',
      REJECTED: 'rejected',
      WITHDRAWN: 'withdrawn',
      TERMINATED: 'terminated',
      EXPIRED: 'expired',
      REVOKED: 'revoked',
      RETURNED: 'returned',
      PASSED: 'passed',
      ACCEPTED: 'accepted by the customer',
      DECLINED: 'declined by the customer',
    },
  },
} as const;

/** What a request's or stage's state is called. */
export function stateText(state: string, locale: Locale): string {
  const states: Readonly<Record<string, string>> = TEXTS[locale].state;
  return states[state] ?? state;
}

/** Six facts at most, why you, what changed, one link. */
export function messageText(content: MessageContent, locale: Locale): MessageText {
  const words = TEXTS[locale];
  const { number, title, amount, initiator, stage, dueAt, zone, by, outcome } = content;
  const named = title.includes(number) ? title : `${number} ${title}`;
  const row = (label: string, value: string | null) => (value === null ? [] : [{ label, value }]);
  return {
    subject: `${words.heading[content.kind]}: ${named}`,
    intro: words.heading[content.kind],
    rows: [
      ...row(words.number, named),
      ...row(words.outcome, outcome && stateText(outcome, locale)),
      ...row(words.by, by),
      ...row(words.amount, amount && `${amount.amount} ${amount.currency}`),
      ...row(words.initiator, initiator),
      ...row(words.stage, stage && inLocale(stage, locale)),
      ...row(words.due, dueAt && DateTime.fromISO(dueAt, { zone }).toFormat('yyyy-MM-dd HH:mm ZZZZ')),
      ...content.facts
        .slice(0, MAX_FACTS)
        .map(({ label, value }) => ({ label: inLocale(label, locale), value })),
    ],
    why: content.why.map((reason) => inLocale(reason, locale)),
    changes: content.changes
      .slice(0, MAX_CHANGES)
      .map(({ label, before, after }) => `${inLocale(label, locale)}: ${before ?? '–'} → ${after ?? '–'}`),
    headings: { why: words.why, changes: words.changes },
    button: words.open,
    link: content.link,
    footer: words.footer,
  };
}
