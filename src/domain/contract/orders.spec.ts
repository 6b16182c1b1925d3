import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../errors.js';
import { Exact } from '../money.js';
import {
  afterOrderAct,
  mustCoverOrders,
  mustFit,
  mustServe,
  orderActsIn,
  remaining,
  type OrderAct,
  type OrderBasis,
  type Quantity,
} from './orders.js';

const AGREED = [
  { no: 1, qty: '10' },
  { no: 2, qty: '2.5' },
];

describe('what becomes of orders when the term is over (processes 3.2: EXPIRED)', () => {
  it.each<[OrderBasis['state'], boolean, string[], string[]]>([
    ['PERFORMING', false, ['CONFIRM', 'CANCEL'], ['DELIVER', 'CANCEL']],
    ['CHANGE_PENDING', false, ['CONFIRM', 'CANCEL'], ['DELIVER', 'CANCEL']],
    ['SUSPENDED', false, ['CANCEL'], ['CANCEL']],
    ['EXPIRED', false, ['CANCEL'], ['DELIVER', 'CANCEL']],
    ['EXPIRED', true, ['CANCEL'], ['CANCEL']],
    ['TERMINATED', false, ['CANCEL'], ['CANCEL']],
    ['ARCHIVED', false, ['CANCEL'], ['CANCEL']],
  ])('%s, held as it ended: %s', (state, heldAtEnd, placed, confirmed) => {
    const basis = { state, heldAtEnd };
    expect(orderActsIn('PLACED', basis)).toEqual(placed);
    expect(orderActsIn('CONFIRMED', basis)).toEqual(confirmed);
    for (const order of ['PLACED', 'CONFIRMED'] as const)
      for (const act of ['CONFIRM', 'DELIVER', 'CANCEL'] satisfies OrderAct[])
        if (orderActsIn(order, basis).includes(act)) expect(() => mustServe(basis, act)).not.toThrow();
  });

  it.each<[OrderBasis['state'], boolean, OrderAct, string]>([
    ['EXPIRED', false, 'CONFIRM', 'CONTRACT_STATE'],
    ['EXPIRED', true, 'DELIVER', 'CONTRACT_SUSPENDED'],
    ['SUSPENDED', false, 'DELIVER', 'CONTRACT_SUSPENDED'],
    ['TERMINATED', false, 'DELIVER', 'CONTRACT_STATE'],
  ])('%s, held as it ended: %s: %s is refused', (state, heldAtEnd, act, code) => {
    expect(() => mustServe({ state, heldAtEnd }, act)).toThrow(expect.objectContaining({ code }));
  });
});

describe('orders against a contract in force (issue 5.5)', () => {
  it('what is left of a line is what was agreed less what is ordered', () => {
    expect(
      remaining(AGREED, [
        { no: 1, qty: '3' },
        { no: 1, qty: '0.5' },
      ]),
    ).toEqual([
      { no: 1, qty: '6.5' },
      { no: 2, qty: '2.5' },
    ]);
  });

  it.each<[string, Quantity[], string]>([
    ['more than is left', [{ no: 1, qty: '7.000001' }], 'OVER_REMAINING'],
    ['a line there is not', [{ no: 3, qty: '1' }], 'INVALID'],
    [
      'a line twice',
      [
        { no: 1, qty: '4' },
        { no: 1, qty: '4' },
      ],
      'DUPLICATE',
    ],
    ['nothing', [{ no: 1, qty: '0' }], 'INVALID'],
    ['less than nothing', [{ no: 1, qty: '-1' }], 'INVALID'],
  ])('refuses %s', (_what, asked, code) => {
    try {
      mustFit(asked, AGREED, [{ no: 1, qty: '3' }]);
      throw new Error('accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      expect((error as DomainError).fields.map((field) => field.code)).toEqual([code]);
    }
  });

  it('whatever is asked, what was accepted never exceeds what was agreed', () => {
    const asked = fc.array(
      fc.record({ no: fc.constantFrom(1, 2), qty: fc.integer({ min: 1, max: 9 }).map(String) }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(asked, (orders) => {
        const taken: Quantity[] = [];
        for (const order of orders) {
          try {
            mustFit([order], AGREED, taken);
            taken.push(order);
          } catch {
            continue;
          }
        }
        expect(remaining(AGREED, taken).every(({ qty }) => new Exact(qty).gte(0))).toBe(true);
      }),
    );
  });

  it('a change does not take away what is ordered', () => {
    const before = [
      { no: 1, name: 'Pump', qty: '5' },
      { no: 2, name: 'Valve', qty: '4' },
    ];
    const ordered = [{ no: 1, qty: '3' }];
    const covers = (name: string, qty: string, no = 1) =>
      mustCoverOrders([{ no, name, qty }], before, ordered);
    expect(() => covers('Pump', '2')).toThrow('LINES_BELOW_ORDERED');
    expect(() => covers('Pump', '5', 2)).toThrow('LINES_BELOW_ORDERED');
    expect(() => covers('Pump', '3')).not.toThrow();
  });

  it('a change does not put other goods under the number of a line that is ordered', () => {
    const before = [{ no: 1, name: 'Pump', qty: '5' }];
    const other = [{ no: 1, name: 'Consulting', qty: '5' }];
    expect(() => mustCoverOrders(other, before, [{ no: 1, qty: '3' }])).toThrow('LINES_BELOW_ORDERED');
    expect(() => mustCoverOrders(other, before, [])).not.toThrow();
  });

  it('is confirmed before it is delivered, and not cancelled afterwards', () => {
    expect(afterOrderAct('PLACED', 'CONFIRM')).toBe('CONFIRMED');
    expect(() => afterOrderAct('PLACED', 'DELIVER')).toThrow('ORDER_STATE');
    expect(() => afterOrderAct('DELIVERED', 'CANCEL')).toThrow('ORDER_STATE');
  });
});
