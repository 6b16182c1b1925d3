import { describe, expect, it } from '@jest/globals';
import type { DimensionSpec } from '../domain/approval/stage-spec.js';
import { envelopeProblems } from './lint-envelopes.js';
import { QUOTE_POLICY } from './seed/quote-policy.js';
import { stage } from './seed/build.js';
import { isApprovalContent } from './shape.js';

const policy = (...envelope: DimensionSpec[]) => ({
  ...QUOTE_POLICY,
  stages: [
    stage({
      key: 'A',
      title: 'x',
      block: 0,
      branch: 'a',
      resolver: { kind: 'MANAGER', levels: 1 },
      envelope,
    }),
  ],
});
const found = (content: ReturnType<typeof policy>) =>
  envelopeProblems(content).map(({ at, code }) => `${at} ${code}`);

describe('AE-ENV-1 dimensions of an envelope', () => {
  const discount = { name: 'discountPct', direction: 'AT_MOST' } as const;
  it.each<[string, DimensionSpec, boolean]>([
    ['a decimal', { ...discount, widest: '18' }, true],
    ['no decimal', { ...discount, widest: 'much' }, false],
    ['one of its order', { ...discount, order: ['LOW', 'HIGH'], widest: 'HIGH' }, true],
    ['none of its order', { ...discount, order: ['LOW', 'HIGH'], widest: 'HIGHER' }, false],
    ['the own limit', { ...discount, byAuthority: true }, true],
    ['two ends', { ...discount, byAuthority: true, widest: '18' }, false],
    ['an own limit upwards', { ...discount, direction: 'AT_LEAST', byAuthority: true }, false],
    ['a set', { name: 'clauses', direction: 'WITHIN', widest: ['A'] }, true],
    ['a text for a set', { name: 'clauses', direction: 'WITHIN', widest: 'A' }, false],
    ['an order of a set', { name: 'clauses', direction: 'WITHIN', order: ['A'] }, false],
    ['what stays the same', { name: 'goods', direction: 'SAME', widest: 'A' }, false],
  ])('%s', (_what, dimension, fine) => {
    const content = policy(dimension);
    expect(isApprovalContent(content)).toBe(true);
    expect(found(content)).toEqual(fine ? [] : [`A/${dimension.name} ENVELOPE_DIMENSION`]);
  });

  it('each once, with a direction there is', () => {
    expect(found(policy(discount, discount))).toEqual(['A/discountPct DUPLICATE']);
    const odd = policy({ ...discount, direction: 'LESS' as 'SAME' });
    expect(isApprovalContent(odd)).toBe(false);
  });
});
