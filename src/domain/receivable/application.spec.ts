import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Exact, sumAmounts } from '../money.js';
import { applyPayment, legalOrder, type ApplicationRules } from './application.js';
import { claimOf, INTEREST_MODES, levelAfterReversal, type OpenDebt } from './debt.js';

const RULES: ApplicationRules = {
  levelDropPct: '90',
  toleranceAmount: { CNY: '1' },
  tolerancePct: '0.1',
};
const debt = (over: Partial<OpenDebt> = {}): OpenDebt => ({
  id: 'a',
  dueOn: '2026-03-31',
  costs: '0.00',
  interest: '0.00',
  principal: '10000.00',
  original: '10000.00',
  interestMode: 'NONE',
  level: 0,
  secured: '0',
  burdenPct: '0',
  ...over,
});
const pay = (amount: string, valueDate = '2026-06-30') => ({ amount, currency: 'CNY', valueDate });

describe('§3.9 Application: invoice 10 000 + interest 120 + costs 80, 10 000 paid without a word', () => {
  const late = { costs: '80.00', interest: '120.00', level: 2 };

  it('BOOKED: costs 80, interest 120, principal 9 800; 200 stay overdue one level down', () => {
    expect(applyPayment(pay('10000'), [debt({ ...late, interestMode: 'BOOKED' })], RULES)).toEqual({
      unapplied: '0.00',
      parts: [
        {
          debtId: 'a',
          costs: '80.00',
          interest: '120.00',
          principal: '9800.00',
          amount: '10000.00',
          writtenOff: '0.00',
          residual: '200.00',
          settled: false,
          levelAfter: 1,
          lapsed: '0.00',
        },
      ],
    });
  });

  it('MEMO: principal 0, settled, the interest that was only told lapses', () => {
    const { parts, unapplied } = applyPayment(pay('10000'), [debt({ ...late, interestMode: 'MEMO' })], RULES);
    expect(unapplied).toBe('0.00');
    expect(parts[0]).toMatchObject({
      principal: '10000.00',
      interest: '0.00',
      costs: '0.00',
      residual: '0.00',
      settled: true,
      levelAfter: 0,
      lapsed: '200.00',
    });
  });
});

describe('order of application (processes 3.4; civil code 560)', () => {
  const ids = (debts: OpenDebt[], on: string) =>
    legalOrder(debts, on).map((group) => group.map(({ id }) => id));

  it.each<[string, Partial<OpenDebt>, Partial<OpenDebt>, string[][]]>([
    ['due before not due', { dueOn: '2026-07-01' }, { dueOn: '2026-06-30', secured: '9' }, [['b'], ['a']]],
    ['least secured', { secured: '500' }, { secured: '0', dueOn: '2026-05-01' }, [['b'], ['a']]],
    ['heaviest burden', { burdenPct: '3' }, { burdenPct: '4.5', dueOn: '2026-05-01' }, [['b'], ['a']]],
    ['earliest due', { dueOn: '2026-04-02' }, { dueOn: '2026-04-01' }, [['b'], ['a']]],
    ['equal in everything: together', {}, {}, [['a', 'b']]],
  ])('%s', (_, a, b, expected) => {
    expect(ids([debt(a), debt({ id: 'b', ...b })], '2026-06-30')).toEqual(expected);
  });

  it('equals are paid in proportion, by largest remainder: 100.00 over 1:1:1 is 33.34, 33.33, 33.33', () => {
    const three = ['a', 'b', 'c'].map((id) => debt({ id, principal: '300.00', original: '300.00' }));
    const { parts } = applyPayment(pay('100.00'), three, RULES);
    expect(parts.map(({ amount }) => amount)).toEqual(['33.34', '33.33', '33.33']);
  });

  it('what the contract agrees comes before what the payer says, and that before the law', () => {
    const debts = ['a', 'b', 'c'].map((id, index) =>
      debt({ id, dueOn: `2026-0${index + 1}-01`, principal: '100.00', original: '100.00' }),
    );
    const said = applyPayment(pay('150'), debts, RULES, { designated: [{ debtId: 'c' }] });
    expect(said.parts.map(({ debtId, amount }) => [debtId, amount])).toEqual([
      ['a', '50.00'],
      ['c', '100.00'],
    ]);
    const both = applyPayment(pay('150'), debts, RULES, {
      agreed: [{ debtId: 'b' }],
      designated: [{ debtId: 'c', amount: '40' }],
    });
    expect(both.parts.map(({ debtId, amount }) => [debtId, amount])).toEqual([
      ['a', '10.00'],
      ['b', '100.00'],
      ['c', '40.00'],
    ]);
  });

  it('a designation beyond what is open, or of what is not open, is refused by name', () => {
    const fields = (designated: { debtId: string; amount?: string }[]) => {
      try {
        applyPayment(pay('20000'), [debt()], RULES, { designated });
      } catch (error) {
        return (error as { fields: { pointer: string; code: string }[] }).fields.map((f) => [
          f.pointer,
          f.code,
        ]);
      }
      return [];
    };
    expect(fields([{ debtId: 'a', amount: '10000.01' }])).toEqual([
      ['/items/0/amount', 'BEYOND_OUTSTANDING'],
    ]);
    expect(fields([{ debtId: 'x' }])).toEqual([['/items/0/itemId', 'UNKNOWN']]);
  });
});

describe('partial, over and short payments', () => {
  it.each([
    // paid, principal, level before, residual, written off, settled, level after
    ['4000.00', 3, '6000.00', '0.00', false, 3],
    ['8999.99', 3, '1000.01', '0.00', false, 3],
    ['9000.00', 3, '1000.00', '0.00', false, 2],
    ['9000.00', 0, '1000.00', '0.00', false, 0],
    ['9989.99', 1, '10.01', '0.00', false, 0],
    ['9990.00', 1, '0.00', '10.00', true, 0], // 0.1 % of 10 000
    ['10000.00', 4, '0.00', '0.00', true, 0],
  ])(
    '%s of 10 000 at level %i leaves %s, gives up %s',
    (paid, level, residual, writtenOff, settled, levelAfter) => {
      const { parts } = applyPayment(pay(paid), [debt({ level })], RULES);
      expect(parts[0]).toMatchObject({ residual, writtenOff, settled, levelAfter });
    },
  );

  it('of a small invoice 1 CNY is given up, 1.01 is not', () => {
    const small = debt({ principal: '72.27', original: '72.27' });
    expect(applyPayment(pay('71.27'), [small], RULES).parts[0]).toMatchObject({ writtenOff: '1.00' });
    expect(applyPayment(pay('71.26'), [small], RULES).parts[0]).toMatchObject({ residual: '1.01' });
  });

  it('what is too much stays as unapplied cash', () => {
    expect(applyPayment(pay('10000.50'), [debt()], RULES).unapplied).toBe('0.50');
    expect(applyPayment(pay('5'), [], RULES)).toEqual({ parts: [], unapplied: '5.00' });
  });

  it('the level falls once, with the payment that reaches 90 %', () => {
    const before = debt({ principal: '900.00', level: 2 });
    expect(applyPayment(pay('100'), [before], RULES).parts[0]).toMatchObject({ levelAfter: 2 });
  });

  it('reversed: at least the level of before, or what the ladder reached since', () => {
    expect(levelAfterReversal(1, 2)).toBe(2);
    expect(levelAfterReversal(3, 2)).toBe(3);
  });
});

describe('whatever is paid', () => {
  const cents = (max: number) => fc.integer({ min: 0, max }).map((n) => (n / 100).toFixed(2));
  const debts = fc
    .array(
      fc.record({
        dueOn: fc.constantFrom('2026-01-01', '2026-06-30', '2026-12-31'),
        principal: cents(500_000),
        interest: cents(9_000),
        costs: cents(9_000),
        interestMode: fc.constantFrom(...INTEREST_MODES),
        secured: fc.constantFrom('0', '100'),
        burdenPct: fc.constantFrom('0', '4.5'),
        level: fc.integer({ min: 0, max: 4 }),
      }),
      { maxLength: 8 },
    )
    .map((rows) => rows.map((row, i): OpenDebt => ({ ...row, id: `d${i}`, original: row.principal })));

  it('Σ applied + unapplied = the payment, and nothing is applied beyond what is open', () => {
    fc.assert(
      fc.property(debts, cents(2_000_000), (all, amount) => {
        const { parts, unapplied } = applyPayment(pay(amount), all, RULES);
        expect(sumAmounts([...parts.map((part) => part.amount), unapplied]).equals(amount)).toBe(true);
        for (const part of parts) {
          const claim = claimOf(all.find(({ id }) => id === part.debtId)!);
          expect(sumAmounts([part.amount, part.writtenOff, part.residual]).equals(claim)).toBe(true);
          expect(new Exact(part.residual).gte(0)).toBe(true);
          expect(sumAmounts([part.costs, part.interest, part.principal]).equals(part.amount)).toBe(true);
        }
      }),
    );
  });

  it('cash stays unapplied only when nothing is open any more', () => {
    fc.assert(
      fc.property(debts, cents(2_000_000), (all, amount) => {
        const { parts, unapplied } = applyPayment(pay(amount), all, RULES);
        const open = sumAmounts(all.map(claimOf)).minus(sumAmounts(parts.map((part) => part.amount)));
        expect(new Exact(unapplied).isZero() || open.isZero()).toBe(true);
      }),
    );
  });
});
