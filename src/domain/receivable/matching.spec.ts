import { describe, expect, it } from '@jest/globals';
import { suggestMatch, type Candidate } from './matching.js';

const item = (
  id: string,
  customerId: string,
  invoiceNo: string,
  outstanding: string,
  dueOn = '2026-03-31',
): Candidate => ({
  id,
  customerId,
  invoiceNo,
  outstanding,
  dueOn,
});
const ITEMS = [
  item('a1', 'A', 'INV-2026-0001', '100.00'),
  item('a2', 'A', 'INV-2026-0002', '250.00', '2026-02-28'),
  item('b1', 'B', 'INV-2026-0003', '100.00'),
];

describe('whom a payment is from, and what it is for (processes 3.4)', () => {
  it.each([
    ['the invoice named', '77.00', 'payment inv 20260001', null, ['NONE', null]],
    ['the invoice named', '77.00', 'Pmt INV-2026-0001 thanks', null, ['REFERENCE', 'A', 'a1']],
    ['as people write it', '77.00', '货款inv2026/0002。', null, ['REFERENCE', 'A', 'a2']],
    ['full width', '77.00', 'ＩＮＶ－２０２６－０００３', 'A', ['REFERENCE', 'B', 'b1']],
    [
      'two invoices, oldest first',
      '350.00',
      'INV-2026-0001, INV-2026-0002',
      null,
      ['REFERENCE', 'A', 'a2', 'a1'],
    ],
    ['of two customers, payer unknown', '200.00', 'INV-2026-0001 INV-2026-0003', null, ['NONE', null]],
    ['of two customers, payer known', '200.00', 'INV-2026-0001 INV-2026-0003', 'B', ['REFERENCE', 'B', 'b1']],
    ['a longer number is another invoice', '77.00', 'INV-2026-00011', null, ['NONE', null]],
    ['the payer and exactly an item', '250.00', '', 'A', ['AMOUNT', 'A', 'a2']],
    ['the payer and exactly all', '350.00', '', 'A', ['AMOUNT', 'A', 'a2', 'a1']],
    ['the payer only', '99.99', '', 'A', ['PAYER', 'A']],
    ['the amount alone says nothing', '100.00', '', null, ['NONE', null]],
    ['a payer who owes nothing', '0.01', '', 'C', ['PAYER', 'C']],
  ])('%s: %s, "%s", %s', (_, amount, reference, payerId, expected) => {
    const { basis, customerId, designation } = suggestMatch({ amount, reference, payerId }, ITEMS);
    expect([basis, customerId, ...designation.map(({ debtId }) => debtId)]).toEqual(expected);
  });

  it('a number too short to be a name is not looked for', () => {
    const short = [item('x', 'X', '12', '5.00')];
    expect(suggestMatch({ amount: '1.00', reference: 'room 12', payerId: null }, short).basis).toBe('NONE');
  });
});
