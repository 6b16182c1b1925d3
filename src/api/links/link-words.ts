import type { Locale } from '../../domain/notification/locale.js';
import type { LinkEnd } from '../../queries/link/link-view.js';

interface Words {
  heading: string;
  labels: { number: string; amount: string; initiator: string; stage: string; due: string };
  approve: string;
  reject: string;
  choose: string;
  comment: string;
  confirm: string;
  open: string;
  asHolder: (name: string) => string;
  needsLogin: string;
  unknown: string;
  tooMany: string;
  incomplete: string;
  refused: string;
  done: string;
  end: Record<LinkEnd, string>;
  did: Readonly<Record<string, string>>;
  by: (who: string | null, did: string, at: string) => string;
  heldBy: (name: string) => string;
  /** what an answer takes that this page does not */
  needs: (action: 'APPROVE' | 'REJECT', what: readonly string[]) => string;
  missing: (what: readonly string[]) => string;
  requirement: Readonly<Record<string, string>>;
}

const zh: Words = {
  heading: '审批',
  labels: { number: '单号', amount: '金额', initiator: '发起人', stage: '节点', due: '截止' },
  approve: '同意',
  reject: '驳回',
  choose: '您的决定',
  comment: '意见（驳回时必填）',
  confirm: '提交决定',
  open: '登录并查看详情',
  asHolder: (name) => `此链接属于 ${name}。请以 ${name} 的身份登录后处理。`,
  needsLogin: '此事项需登录后处理。',
  unknown: '此链接无效或已被取代。请在收件箱中查看。',
  tooMany: '请求过多，请稍后再试。',
  incomplete: '请选择同意或驳回；驳回时请填写意见。',
  refused: '未能提交：情况已变化。',
  done: '已提交，谢谢。',
  end: {
    DECIDED: '此任务已处理。',
    MOVED: '此任务已不在您手中。',
    OVER: '此任务已不再需要处理。',
    PARKED: '此任务正在等待他人的意见。',
    CHANGED: '邮件发出后内容已变更，请查看最新内容。',
    EXPIRED: '此链接已过期，请登录处理。',
  },
  did: {
    APPROVE: '同意',
    REJECT: '驳回',
    RETURN: '退回',
    ABSTAIN: '弃权',
    TRANSFER: '转交',
    APPROVED: '批准',
    REJECTED: '驳回',
    WITHDRAWN: '撤回',
    TERMINATED: '终止',
    EXPIRED: '因超时结束',
  },
  by: (who, did, at) => `${who ?? '系统'} 于 ${at} ${did}。`,
  heldBy: (name) => `现由 ${name} 处理。`,
  needs: (action, what) => `${action === 'APPROVE' ? '同意' : '驳回'}需要${what.join('、')}，请登录后处理。`,
  missing: (what) => `未提交：缺少${what.join('、')}。`,
  requirement: {
    comment: '意见',
    attachment: '附件',
    signature: '签名',
    stepUp: '再次验证身份',
    ATTACHMENT: '附件',
    SIGNATURE: '签名',
    STEP_UP: '再次验证身份',
  },
};

const en: Words = {
  heading: 'Approval',
  labels: { number: 'Number', amount: 'Amount', initiator: 'Submitted by', stage: 'Stage', due: 'Due' },
  approve: 'Approve',
  reject: 'Reject',
  choose: 'Your decision',
  comment: 'Comment (required to reject)',
  confirm: 'Send the decision',
  open: 'Sign in and see everything',
  asHolder: (name) => `This link belongs to ${name}. Sign in as ${name} to decide.`,
  needsLogin: 'This one needs you to sign in.',
  unknown: 'This link is not valid any more. Your inbox has what waits for you.',
  tooMany: 'Too many requests; try again in a while.',
  incomplete: 'Choose approve or reject; a rejection needs a comment.',
  refused: 'Not sent: things have changed.',
  done: 'Sent. Thank you.',
  end: {
    DECIDED: 'This task has been answered.',
    MOVED: 'This task is no longer yours.',
    OVER: 'This task needs nobody any more.',
    PARKED: 'This task waits for somebody else’s opinion.',
    CHANGED: 'The content has changed since the mail was sent; look at it first.',
    EXPIRED: 'This link has expired; sign in to decide.',
  },
  did: {
    APPROVE: 'approved',
    REJECT: 'rejected',
    RETURN: 'returned it',
    ABSTAIN: 'abstained',
    TRANSFER: 'passed it on',
    APPROVED: 'approved',
    REJECTED: 'rejected',
    WITHDRAWN: 'withdrew it',
    TERMINATED: 'terminated it',
    EXPIRED: 'ended it: out of time',
  },
  by: (who, did, at) => `${who ?? 'The system'} ${did}, ${at}.`,
  heldBy: (name) => `${name} has it now.`,
  needs: (action, what) =>
    `To ${action === 'APPROVE' ? 'approve' : 'reject'} takes ${what.join(', ')}: sign in to do it.`,
  missing: (what) => `Not sent; missing: ${what.join(', ')}.`,
  requirement: {
    comment: 'a comment',
    attachment: 'a file',
    signature: 'a signature',
    stepUp: 'proof of who you are',
    ATTACHMENT: 'a file',
    SIGNATURE: 'a signature',
    STEP_UP: 'proof of who you are',
  },
};

export function wordsOf(locale: Locale): Words {
  return locale === 'en' ? en : zh;
}
