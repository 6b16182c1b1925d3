import { describe, expect, it } from '@jest/globals';
import { stage } from '../../../test/builders/approval.js';
import { breaches, covers, seenEnvelope, type Measure } from './envelope.js';
import type { DimensionSpec } from './stage-spec.js';

const DISCOUNT: DimensionSpec = { name: 'discountPct', direction: 'AT_MOST' };
const AT_FIRST: Record<string, Measure> = { discountPct: '15', goods: 'A × 2' };

/** A subject in which every value but the discount belongs to all stages. */
const subject = (subjectHash: string, values: Record<string, Measure>) => ({
  subjectHash,
  measured: {
    values,
    currency: 'CNY',
    shared: Object.keys(values).filter((name) => name !== 'discountPct' && name !== 'rebate'),
  },
});
const seen = (...envelope: DimensionSpec[]) =>
  seenEnvelope(stage('x', { envelope }), subject('hash-1', AT_FIRST));

describe('a value the subject did not have when it was approved', () => {
  it('AE-ENV-2 is not covered by what was said before it was there', () => {
    const envelope = seen(DISCOUNT);
    expect(covers(envelope, subject('hash-2', { ...AT_FIRST, discountPct: '14' }))).toBe(true);
    expect(breaches(envelope, subject('hash-2', { ...AT_FIRST, termination: '2026-12-31' }))).toEqual([
      { dimension: 'termination', allowed: null, value: '2026-12-31' },
    ]);
  });

  it('AE-ENV-2 of a stage of its own is that stage’s: it was bound to there being none', () => {
    const envelope = seen(DISCOUNT, { name: 'rebate', direction: 'AT_MOST' });
    expect(breaches(envelope, subject('hash-2', { ...AT_FIRST, rebate: '3' }))).toEqual([
      { dimension: 'rebate', allowed: null, value: '3' },
    ]);
  });
});
