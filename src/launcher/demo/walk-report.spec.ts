import { describe, expect, it } from '@jest/globals';
import type { WalkOutcome } from './deal-walk.js';
import { walkReport } from './walk-report.js';

const walked = (total: string, plan: string): WalkOutcome => ({
  number: 'A1',
  archived: { total, plan },
  approvers: 2,
  stages: [{ stage: 'QUOTED', seconds: 1.5 }],
  stoppedAt: null,
});

describe('the report of a walk', () => {
  it('is clean when all are archived and every plan sums to its contract', () => {
    const { text, isClean } = walkReport([walked('100.10', '100.10'), walked('0.20', '0.20')], [], 2000);
    expect(isClean).toBe(true);
    expect(text).toMatch(/sum of contracts +100\.30 CNY\nsum of payment plans +100\.30 CNY/);
    expect(text).toMatch(/^QUOTED +2 +1\.50 +1\.50$/m);
  });

  it.each([
    ['a plan is a cent short', [walked('100.10', '100.09'), walked('0.19', '0.20')], []],
    ['a deal stopped', [{ ...walked('1.00', '1.00'), archived: null, stoppedAt: 'waited in vain' }], []],
    [
      'a request has nobody to act',
      [walked('1.00', '1.00')],
      [{ requestId: 'r', cause: 'NO_SEAT', title: 'x' }],
    ],
  ])('is not when %s', (_, outcomes, stuck) => {
    expect(walkReport(outcomes, stuck, 1).isClean).toBe(false);
  });
});
