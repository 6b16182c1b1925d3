import { describe, expect, it } from '@jest/globals';
import type { StageSpec } from '../domain/approval/stage-spec.js';
import { writesProblems } from './lint-writes.js';
import { stage } from './seed/build.js';
import { QUOTE_POLICY } from './seed/quote-policy.js';

const found = (kind: string | undefined, writes: string[], over: Partial<StageSpec> = {}) => {
  const one = {
    ...stage({ key: 'A', title: 'x', block: 0, branch: 'a', resolver: { kind: 'MANAGER', levels: 1 } }),
    writes,
    ...over,
  };
  return writesProblems({ ...QUOTE_POLICY, stages: [one] }, kind).map(({ at, code }) => `${code} ${at}`);
};

describe('AE-SUB-2 what a policy lets approvers change', () => {
  it.each<[string, string | undefined, string[], string[]]>([
    ['prices and terms of quotations', 'approval.quote', ['/lines/*/discountPct', '/termDays'], []],
    ['as long as the kind is not known', undefined, ['/termDays'], []],
    ['not who buys', 'approval.quote', ['/customerId'], ['WRITES_UNKNOWN A/customerId']],
    ['not twice', 'approval.quote', ['/termDays', '/termDays'], ['DUPLICATE A/termDays']],
    ['nothing of a contract', 'approval.contract', ['/termDays'], ['WRITES_UNKNOWN A/termDays']],
    [
      'nothing of request kinds: those say it themselves',
      'approval.general',
      ['/price'],
      ['WRITES_UNKNOWN A/price'],
    ],
  ])('%s', (_what, kind, writes, problems) => {
    expect(found(kind, writes)).toEqual(problems);
  });

  it('not where a request of its own decides', () => {
    const resolver = { kind: 'CHILD' as const, policyKind: 'approval.general' };
    expect(found('approval.quote', ['/termDays'], { resolver })).toEqual(['WRITES_WITHOUT_SEATS A']);
  });

  it('the seed is in order', () => {
    expect(writesProblems(QUOTE_POLICY, 'approval.quote')).toEqual([]);
  });
});
