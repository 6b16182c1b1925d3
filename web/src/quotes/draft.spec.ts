import { describe, expect, it } from '@jest/globals';
import type { QuoteView } from '../api/types.js';
import { bodyOf, draftOf } from './draft.js';

const line = (over: object) => ({
  product: { id: 'p1' },
  qty: '10',
  unitNet: '4772.79',
  discountPct: '1',
  free: false,
  freight: '0',
  note: null,
  ...over,
});
const quote = (dealDiscountPct: string, over: object) =>
  ({
    opportunity: null,
    customer: { id: 'c1' },
    currency: 'CNY',
    lines: [line(over)],
    dealDiscountPct,
    freight: '0',
    commissionPct: '0',
    termDays: 30,
    instalments: [],
    deliveryDays: null,
    warrantyMonths: null,
    nonStandardClauses: [],
    validUntil: null,
    note: null,
  }) as unknown as QuoteView;
const asked = ({ lines: [first] }: ReturnType<typeof bodyOf>) => first;

describe('a quotation that is edited again', () => {
  it('keeps the discount of its line', () => {
    expect(asked(bodyOf(draftOf(quote('0', {}))))).toMatchObject({ discountPct: '1' });
  });

  it('keeps the price of its line under a discount on the whole deal, which is not taken off twice', () => {
    const body = bodyOf(draftOf(quote('2', { discountPct: '2.98' })));
    expect(body.dealDiscountPct).toBe('2');
    expect(asked(body)).toEqual({ productId: 'p1', qty: '10', unitNet: '4772.79' });
  });

  it('keeps what is given away', () => {
    expect(asked(bodyOf(draftOf(quote('2', { free: true, discountPct: '100' }))))).toMatchObject({
      free: true,
    });
  });
});
