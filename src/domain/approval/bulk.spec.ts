import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, people, stage } from '../../../test/builders/approval.js';
import type { BulkObstacle } from './bulk.js';
import { bulkObstacle } from './bulk.js';
import type { StageSpec } from './stage-spec.js';

type Spec = Pick<StageSpec, 'noBulk' | 'bulkLimit' | 'risk'>;

describe('AE-BULK-1 which items may be decided together', () => {
  it.each<[string, Spec, string | null, boolean, BulkObstacle | null]>([
    ['no money', { risk: 'NORMAL' }, null, false, null],
    ['at the house limit', { risk: 'NORMAL' }, '100000', false, null],
    ['above the house limit', { risk: 'NORMAL' }, '100000.01', false, 'HIGH_RISK'],
    ['above it at low risk', { risk: 'LOW' }, '900000', false, null],
    ['at the limit of the stage', { risk: 'NORMAL', bulkLimit: '250000.0000' }, '250000', false, null],
    ['above that of a low-risk stage', { risk: 'LOW', bulkLimit: '250000' }, '250000.5', false, 'HIGH_RISK'],
    ['a stage that wants each alone', { risk: 'LOW', noBulk: true }, null, false, 'NO_BULK'],
    ['an opinion', { risk: 'LOW' }, null, true, 'ADVICE'],
  ])('%s', (_what, spec, exposure, isAdvice, expected) => {
    expect(bulkObstacle(spec, exposure, isAdvice)).toBe(expected);
  });
});

describe('AE-BULK-1 an answer given together with others', () => {
  it('counts like any other where the stage allows it', () => {
    const small = new Case([stage('A', people('lead'))]);
    small.vote('lead', 'APPROVE', { bulk: true });
    expect(small.current.state).toBe('APPROVED');
  });

  it.each(['APPROVE', 'REJECT', 'RETURN', 'ABSTAIN'] as const)(
    'is refused for %s above the limit',
    (action) => {
      const large = { ...FACTS, exposure: { amount: '100000.01', currency: 'CNY' } };
      const request = new Case([stage('A', people('lead'))], { facts: large });
      expect(() => request.vote('lead', action, { bulk: true })).toThrow('BULK_NOT_ALLOWED');
      expect(request.openSeat('lead')?.state).toBe('OPEN');
      request.vote('lead', action);
      expect(request.openSeat('lead')).toBeUndefined();
    },
  );

  it('hears first that it is stale', () => {
    const request = new Case([stage('A', { ...people('lead'), noBulk: true })]);
    expect(() => request.vote('lead', 'APPROVE', { bulk: true, subjectHash: 'old' })).toThrow(
      'STALE_SUBJECT',
    );
    expect(() => request.vote('lead', 'APPROVE', { bulk: true })).toThrow('BULK_NOT_ALLOWED');
  });
});
