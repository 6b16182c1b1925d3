import { describe, expect, it } from '@jest/globals';
import { lintContract } from './lint-contract.js';
import { CONTRACT_TERMS } from './seed/contract-terms.js';

describe('the parameters of contracts', () => {
  it('of a new installation have nothing to say against', () => {
    expect(lintContract(CONTRACT_TERMS)).toEqual([]);
  });

  const [first] = CONTRACT_TERMS.clauses;
  it('may hold several versions of a clause', () => {
    const next = { ...first!, version: 2, validFrom: '2027-01-01', text: '新的文本' };
    expect(lintContract({ ...CONTRACT_TERMS, clauses: [...CONTRACT_TERMS.clauses, next] })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['no clauses', { clauses: [] }, 'clauses'],
    ['a clause twice', { clauses: [first, first] }, 'clauses/1'],
    [
      'a version twice',
      {
        clauses: [
          { ...first, version: 2 },
          { ...first, version: 2, text: 'x' },
        ],
      },
      'clauses/1',
    ],
    ['half a version', { clauses: [{ ...first, version: 1.5 }] }, 'clauses/0/version'],
    ['a standard of its own', { clauses: [{ ...first, standard: 'yes' }] }, 'clauses/0/standard'],
    ['a day there is not', { clauses: [{ ...first, validFrom: '2026-02-30' }] }, 'clauses/0/validFrom'],
    [
      'an end before the beginning',
      { clauses: [{ ...first, validFrom: '2026-03-02', validUntil: '2026-03-01' }] },
      'clauses/0/validFrom',
    ],
    ['a clause without a text', { clauses: [{ ...first, text: ' ' }] }, 'clauses/0'],
    ['a place nobody fills', { clauses: [{ ...first, text: '{price} RMB' }] }, 'clauses/0'],
    [
      'a milestone of its own kind',
      { milestones: [{ kind: 'PARTY', days: 1, ownerRole: 'OPS' }] },
      'milestones/0',
    ],
    [
      'a milestone after half a day',
      { milestones: [{ kind: 'DELIVERY', days: 0.5, ownerRole: 'OPS' }] },
      'milestones/0/days',
    ],
    [
      'an owner nobody can be',
      { milestones: [{ kind: 'DELIVERY', days: 1, ownerRole: 'KING' }] },
      'milestones/0/ownerRole',
    ],
    ['reminders in disorder', { signatureReminderDays: [7, 3] }, 'signatureReminderDays'],
    ['a lapse on the day of the last reminder', { signatureLapseDays: 14 }, 'signatureLapseDays'],
    ['no day to seal', { sealWorkDays: 0 }, 'sealWorkDays'],
  ])('with %s are refused', (_case, over, at) => {
    expect(lintContract({ ...CONTRACT_TERMS, ...over })).toMatchObject([{ at, code: 'PARAMETER' }]);
  });
});
