import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Exact, sumAmounts } from '../money.js';
import { coveredOnAccount } from './on-account.js';

const item = (dueOn: string, outstanding: string, over: object = {}) => ({
  dueOn,
  currency: 'CNY',
  outstanding,
  disputed: '0',
  ...over,
});

describe('money on account before a letter (processes.md 3.4; OCA credit-control#211)', () => {
  it.each([
    [
      'the oldest first',
      [item('2026-04-01', '500'), item('2026-03-01', '300')],
      { CNY: '400' },
      ['100', '300'],
    ],
    ['no more than there is to pay', [item('2026-03-01', '300')], { CNY: '400' }, ['300']],
    ['not what is in dispute', [item('2026-03-01', '300', { disputed: '200' })], { CNY: '400' }, ['100']],
    ['not in another currency', [item('2026-03-01', '300')], { EUR: '400' }, ['0']],
    [
      'of the same day the first',
      [item('2026-03-01', '3'), item('2026-03-01', '4')],
      { CNY: '5' },
      ['3', '2'],
    ],
    ['nothing on account', [item('2026-03-01', '300')], {}, ['0']],
  ])('%s', (_case, items, onAccount, covered) => {
    expect(coveredOnAccount(items, onAccount)).toEqual(covered);
  });

  it('gives all of the money or pays all of the items, whatever they are', () => {
    const cents = fc.integer({ min: 0, max: 10 ** 7 }).map((n) => (n / 100).toFixed(2));
    const items = fc.array(
      fc
        .record({ day: fc.integer({ min: 10, max: 28 }), amount: cents })
        .map(({ day, amount }) => item(`2026-03-${day}`, amount)),
    );
    fc.assert(
      fc.property(items, cents, (all, money) => {
        const covered = sumAmounts(coveredOnAccount(all, { CNY: money }));
        expect(covered.toFixed()).toBe(
          Exact.min(money, sumAmounts(all.map((one) => one.outstanding))).toFixed(),
        );
      }),
    );
  });
});
