import type { ReactElement } from 'react';
import { useCodeText } from '../i18n/code-text.js';
import { Tag, type Tone } from './tag.js';

const TONES: Readonly<Record<string, Tone>> = {
  PENDING: 'accent',
  IN_APPROVAL: 'accent',
  IN_REVIEW: 'accent',
  ACTIVE: 'accent',
  SENT: 'accent',
  OPENING: 'accent',
  RUNNING: 'accent',
  RETURNED: 'warn',
  BLOCKED: 'bad',
  EXPIRED: 'warn',
  LAPSED: 'warn',
  APPROVED: 'good',
  ACCEPTED: 'good',
  SEALED: 'good',
  EFFECTIVE: 'good',
  PERFORMING: 'good',
  CHANGE_PENDING: 'accent',
  SUSPENDED: 'warn',
  COMPLETED: 'good',
  CONFIRMED: 'good',
  DELIVERED: 'good',
  IN_FORCE: 'good',
  SIGNED: 'good',
  OPEN: 'warn',
  PASSED: 'good',
  DONE: 'good',
  REJECTED: 'bad',
  DECLINED: 'bad',
  TERMINATED: 'bad',
  REVOKED: 'bad',
  FAILED: 'bad',
  DIFFERS: 'bad',
};

/** A record's state, in words; the colour only repeats them. @param group of the words, where a state has others of its own */
export function StateTag({ state, group = 'state' }: { state: string; group?: string }): ReactElement {
  const words = useCodeText();
  return <Tag tone={TONES[state] ?? 'plain'}>{words(group, state)}</Tag>;
}
