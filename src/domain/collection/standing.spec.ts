import { describe, expect, it } from '@jest/globals';
import { COLLECTION_POLICY } from '../../policy/seed/collection-policy.js';
import { standingOf, type StandingOf } from './standing.js';

const standing = (over: Partial<StandingOf>) =>
  standingOf({
    state: 'OPEN',
    pausedUntil: null,
    today: '2026-03-02',
    policy: COLLECTION_POLICY,
    items: [{ lastDay: 15 }],
    inLegal: 0,
    ...over,
  });

describe('what a case is by its items (processes.md 3.4)', () => {
  it.each<[string, Partial<StandingOf>, string]>([
    ['something is open', {}, 'OPEN'],
    ['nothing is', { items: [] }, 'CLOSED'],
    ['nothing is, after the lawyers had it', { state: 'LEGAL', items: [] }, 'CLOSED'],
    ['the lawyers have all of it', { items: [], inLegal: 1 }, 'LEGAL'],
    ['the lawyers have some of it', { inLegal: 1 }, 'LEGAL'],
    ['what the lawyers had is paid, the rest is open', { state: 'LEGAL' }, 'OPEN'],
    ['an item is at the end of the ladder', { items: [{ lastDay: null }, { lastDay: 90 }] }, 'ESCALATED'],
    ['the item that was is paid', { state: 'ESCALATED' }, 'OPEN'],
    ['its pause lasts', { state: 'ON_HOLD', pausedUntil: '2026-03-02' }, 'ON_HOLD'],
    ['its pause is over', { state: 'ON_HOLD', pausedUntil: '2026-03-01' }, 'OPEN'],
    [
      'its pause is over, at the end of the ladder',
      { state: 'ON_HOLD', pausedUntil: '2026-03-01', items: [{ lastDay: 90 }] },
      'ESCALATED',
    ],
    ['it was paid during its pause', { state: 'ON_HOLD', pausedUntil: '2026-03-09', items: [] }, 'CLOSED'],
  ])('%s', (_case, over, expected) => {
    expect(standing(over)).toBe(expected);
  });
});
