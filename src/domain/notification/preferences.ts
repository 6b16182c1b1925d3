import type { NoticeKind } from './notices.js';

/** Ways to a person. IN_APP is the list in the console; CHAT are robots of one person. */
export const PERSONAL_CHANNELS = ['IN_APP', 'MAIL', 'CHAT'] as const;
export type PersonalChannel = (typeof PERSONAL_CHANNELS)[number];

/** The ways a kind is told by: what time says of deals and contracts is in the console only. */
export function channelsOf(kind: NoticeKind): readonly PersonalChannel[] {
  return /^(DEAL|CONTRACT)_/.test(kind) ? ['IN_APP'] : PERSONAL_CHANNELS;
}

/** Mailed unless the person says otherwise; the rest is only in the console until they ask for it. */
export const MAILED_BY_DEFAULT: readonly NoticeKind[] = [
  'TASK',
  'REMINDER',
  'URGE',
  'ESCALATION',
  'RETURNED',
  'RETURNED_REMINDER',
  'OUTCOME',
  'COPY',
  'OFFER_ANSWERED',
  'OFFER_EXPIRING',
  'OFFER_HANDED_OVER',
];

/** What holds for a person who has not chosen: everything, except mail that only says something is over. */
export function isOnByDefault(kind: NoticeKind, channel: PersonalChannel): boolean {
  return channel !== 'MAIL' || MAILED_BY_DEFAULT.includes(kind);
}
