import type { LadderItem } from './ladder.js';
import type { CollectionPolicy } from './policy.js';

export const CASE_STATES = ['OPEN', 'ON_HOLD', 'ESCALATED', 'LEGAL', 'CLOSED'] as const;
export type CaseState = (typeof CASE_STATES)[number];

export interface StandingOf {
  state: CaseState;
  pausedUntil: string | null;
  today: string;
  policy: Pick<CollectionPolicy, 'ladder'>;
  /** what is open and not with the lawyers */
  items: readonly Pick<LadderItem, 'lastDay'>[];
  /** how many items are with the lawyers */
  inLegal: number;
}

/**
 * What a case is by its items. CLOSED: nothing is open. LEGAL: something is with the lawyers; what is open besides is dunned
 * as ever. ESCALATED: an item has come to the end of the ladder and people decide. ON_HOLD until its day is over.
 */
export function standingOf({ state, pausedUntil, today, policy, items, inLegal }: StandingOf): CaseState {
  if (items.length === 0) return inLegal > 0 ? 'LEGAL' : 'CLOSED';
  if (state === 'ON_HOLD' && pausedUntil !== null && pausedUntil >= today) return 'ON_HOLD';
  if (inLegal > 0) return 'LEGAL';
  const end = policy.ladder.find(({ action }) => action === 'LEGAL')?.day;
  const isAtEnd = items.some(({ lastDay }) => end !== undefined && lastDay !== null && lastDay >= end);
  return isAtEnd ? 'ESCALATED' : 'OPEN';
}
