import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Case, company, FACTS, people, stage } from '../../../test/builders/approval.js';
import {
  breaches,
  covers,
  holds,
  seenEnvelope,
  type Bound,
  type Measure,
  type Measured,
} from './envelope.js';
import type { DimensionSpec } from './stage-spec.js';

const DISCOUNT: DimensionSpec = { name: 'discountPct', direction: 'AT_MOST', widest: '18' };
const NET: DimensionSpec = { name: 'netTotal', direction: 'AT_MOST', money: true };
const EXPOSURE: DimensionSpec = { name: 'exposure', direction: 'AT_MOST', money: true, byAuthority: true };
const MARGIN: DimensionSpec = {
  name: 'marginFlag',
  direction: 'AT_LEAST',
  order: ['RED', 'AMBER', 'GREEN'],
};
const CLAUSES: DimensionSpec = {
  name: 'clauses',
  direction: 'WITHIN',
  widest: ['penalty', 'warranty', 'ip'],
};

const measured = (values: Record<string, Measure> = {}, currency = 'CNY'): Measured => ({
  values: {
    discountPct: '15',
    netTotal: '85000',
    exposure: '85000',
    marginFlag: 'AMBER',
    clauses: ['penalty'],
    goods: ['A × 2'],
    ...values,
  },
  currency,
  shared: ['goods'],
});
const subject = (values: Record<string, Measure> = {}, currency = 'CNY', subjectHash = 'hash-2') => ({
  subjectHash,
  measured: measured(values, currency),
});
const seen = (...envelope: DimensionSpec[]) =>
  seenEnvelope(stage('x', { envelope }), subject({}, 'CNY', 'hash-1'));
const dimensions = (...args: Parameters<typeof breaches>) =>
  breaches(...args).map(({ dimension }) => dimension);

describe('AE-ENV-1 one dimension holds', () => {
  const flags = ['RED', 'AMBER', 'GREEN'];
  it.each<[Bound['direction'], Measure | null, Measure | null, boolean, string[]?]>([
    ['AT_MOST', '15', '15', true],
    ['AT_MOST', '15', '15.0', true],
    ['AT_MOST', '15', '14', true],
    ['AT_MOST', '15', '15.000001', false],
    ['AT_MOST', '15', '9', true],
    ['AT_MOST', '0.30', '0.3', true],
    ['AT_MOST', '99999999999999999999.1', '99999999999999999999.2', false],
    ['AT_MOST', '-1', '-2', true],
    ['AT_MOST', '15', 'much', false],
    ['AT_MOST', '15', ['9'], false],
    ['AT_MOST', '15', null, false],
    ['AT_MOST', null, '1', false],
    ['AT_MOST', null, null, true],
    ['AT_LEAST', '20', '20', true],
    ['AT_LEAST', '20', '21', true],
    ['AT_LEAST', '20', '19.99', false],
    ['AT_LEAST', 'AMBER', 'GREEN', true, flags],
    ['AT_LEAST', 'AMBER', 'RED', false, flags],
    ['AT_LEAST', 'AMBER', 'BLUE', false, flags],
    ['AT_MOST', 'AMBER', 'RED', true, flags],
    ['AT_MOST', 'NONE', 'NONE', true, flags],
    ['AT_MOST', true, false, true, ['false', 'true']],
    ['AT_MOST', false, true, false, ['false', 'true']],
    ['WITHIN', ['a', 'b'], ['b'], true],
    ['WITHIN', ['a', 'b'], [], true],
    ['WITHIN', ['a', 'b'], ['a', 'c'], false],
    ['WITHIN', [], [], true],
    ['WITHIN', ['a'], 'a', false],
    ['SAME', '15', '15', true],
    ['SAME', '15', '14', false],
    ['SAME', ['a', 'b'], ['b', 'a'], true],
    ['SAME', ['a', 'b'], ['a'], false],
    ['SAME', true, true, true],
    ['SAME', true, false, false],
    ['SAME', 'true', true, false],
    ['SAME', null, null, true],
    ['SAME', null, 'x', false],
  ])('%s %j: %j is %s', (direction, allowed, value, inside, ...[order]) => {
    expect(holds({ direction, allowed, ...(order ? { order } : {}) }, value)).toBe(inside);
  });
});

describe('AE-ENV-2 covered or not, and by which dimension', () => {
  it.each<[string, DimensionSpec[], Record<string, Measure>, string[]]>([
    ['discount 15 → 14', [DISCOUNT], { discountPct: '14' }, []],
    ['discount 15 → 16', [DISCOUNT], { discountPct: '16' }, ['discountPct']],
    ['discount 15 → 16 of a stage that does not own it', [EXPOSURE], { discountPct: '16' }, []],
    ['exposure up', [EXPOSURE], { exposure: '85000.01' }, ['exposure']],
    ['exposure down', [EXPOSURE], { exposure: '84999.99' }, []],
    ['margin better', [MARGIN], { marginFlag: 'GREEN' }, []],
    ['margin worse', [MARGIN], { marginFlag: 'RED' }, ['marginFlag']],
    ['a clause less', [CLAUSES], { clauses: [] }, []],
    ['another clause', [CLAUSES], { clauses: ['ip'] }, ['clauses']],
    ['what nobody owns breaks whoever approved', [DISCOUNT], { goods: ['A × 3'] }, ['goods']],
    [
      'several at once are all named',
      [DISCOUNT, CLAUSES],
      { discountPct: '16', clauses: ['ip'] },
      ['discountPct', 'clauses'],
    ],
    ['a stage that owns nothing', [], { discountPct: '99' }, []],
  ])('%s', (_what, envelope, values, broken) => {
    expect(dimensions(seen(...envelope), subject(values))).toEqual(broken);
    expect(covers(seen(...envelope), subject(values))).toBe(broken.length === 0);
  });

  it('another currency breaks all money, whatever the number', () => {
    const dollars = subject({ netTotal: '1', exposure: '1' }, 'USD');
    expect(breaches(seen(DISCOUNT, NET), dollars)).toEqual([
      { dimension: 'currency', allowed: 'CNY', value: 'USD' },
    ]);
    expect(dimensions(seen(DISCOUNT), dollars)).toEqual([]);
  });

  it('says what was allowed and what is asked', () => {
    expect(breaches(seen(DISCOUNT), subject({ discountPct: '16' }))).toEqual([
      { dimension: 'discountPct', allowed: '15', value: '16' },
    ]);
  });

  it('a stage without envelope data covers the very content and nothing else', () => {
    const envelope = seenEnvelope(stage('x'), subject({}, 'CNY', 'hash-1'));
    expect(dimensions(envelope, subject({ discountPct: '14' }))).toEqual(['content']);
    expect(covers(envelope, subject({}, 'CNY', 'hash-1'))).toBe(true);
    expect(dimensions(null, subject())).toEqual(['content']);
  });
});

describe('AE-ENV-1 of any subject', () => {
  const hundredths = fc.integer({ min: 0, max: 10_000 }).map((n) => (n / 100).toFixed(2));
  const clauses = fc.uniqueArray(fc.constantFrom('penalty', 'warranty', 'ip', 'venue'));
  const values = fc.record({ discountPct: hundredths, exposure: hundredths, clauses });
  const all = [DISCOUNT, EXPOSURE, CLAUSES];
  const envelopeOf = (of: Record<string, Measure>) =>
    seenEnvelope(stage('x', { envelope: all }), subject(of, 'CNY', 'seen'));

  it('what was seen is covered, under whatever hash', () => {
    fc.assert(fc.property(values, (v) => covers(envelopeOf(v), subject(v))));
  });

  it('what is smaller in every dimension is covered; then only equals are covered both ways', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const inside =
          Number(b.discountPct) <= Number(a.discountPct) &&
          Number(b.exposure) <= Number(a.exposure) &&
          b.clauses.every((clause) => a.clauses.includes(clause));
        expect(covers(envelopeOf(a), subject(b))).toBe(inside);
      }),
    );
  });

  it('what a covered subject covers is covered', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const [ab, bc] = [covers(envelopeOf(a), subject(b)), covers(envelopeOf(b), subject(c))];
        expect(!ab || !bc || covers(envelopeOf(a), subject(c))).toBe(true);
      }),
    );
  });

  it('a stage that owns fewer dimensions is broken by no more of them', () => {
    fc.assert(
      fc.property(values, values, fc.subarray(all), (a, b, some) => {
        const fewer = seenEnvelope(stage('x', { envelope: some }), subject(a, 'CNY', 'seen'));
        const named = dimensions(fewer, subject(b));
        const owned = new Set(some.map(({ name }) => name));
        expect(named).toEqual(dimensions(envelopeOf(a), subject(b)).filter((name) => owned.has(name)));
      }),
    );
  });
});

describe('AE-ENV-1 an approval and its envelope', () => {
  const facts = { ...FACTS, exposure: { amount: '85000', currency: 'CNY' }, measured: measured() };
  const asked = (directory = company()) =>
    new Case([stage('lead', { envelope: [DISCOUNT, NET, EXPOSURE, CLAUSES] })], { facts, directory });
  const boundsOf = (request: Case) =>
    Object.fromEntries(
      request
        .lastSeat('lead')!
        .decision!.envelope!.bounds!.map(({ name, direction, allowed }) => [name, [direction, allowed]]),
    );

  it('is the values seen when its approver says nothing', () => {
    const request = asked();
    request.vote('lead', 'APPROVE');
    expect(request.lastSeat('lead')!.decision!.envelope).toEqual({
      subjectHash: 'hash-1',
      currency: 'CNY',
      bounds: [
        { name: 'discountPct', direction: 'AT_MOST', allowed: '15' },
        { name: 'netTotal', direction: 'AT_MOST', money: true, allowed: '85000' },
        { name: 'exposure', direction: 'AT_MOST', money: true, allowed: '85000' },
        { name: 'clauses', direction: 'WITHIN', allowed: ['penalty'] },
        { name: 'goods', direction: 'SAME', allowed: ['A × 2'] },
      ],
    });
  });

  it('goes as far as the policy and the own money limit let it, the limit included', () => {
    const request = asked();
    request.vote('lead', 'APPROVE', {
      envelope: [
        { dimension: 'discountPct', allowed: '18' },
        { dimension: 'exposure', allowed: '500000' },
        { dimension: 'clauses', allowed: ['penalty', 'ip'] },
      ],
    });
    expect(boundsOf(request)).toMatchObject({
      discountPct: ['AT_MOST', '18'],
      exposure: ['AT_MOST', '500000'],
      clauses: ['WITHIN', ['penalty', 'ip']],
    });
  });

  it('narrowed to exactly what was seen, a smaller discount is not covered either', () => {
    const request = asked();
    request.vote('lead', 'APPROVE', { envelope: [{ dimension: 'discountPct', exact: true }] });
    expect(boundsOf(request)).toMatchObject({ discountPct: ['SAME', '15'] });
    const { envelope } = request.lastSeat('lead')!.decision!;
    expect(dimensions(envelope!, subject({ discountPct: '14' }))).toEqual(['discountPct']);
  });

  it.each([
    ['beyond the policy', { dimension: 'discountPct', allowed: '18.01' }, 'discountPct', '18'],
    ['beyond the own limit', { dimension: 'exposure', allowed: '500000.01' }, 'exposure', '500000'],
    ['a clause beyond the policy', { dimension: 'clauses', allowed: ['penalty', 'x'] }, 'clauses', undefined],
    ['a dimension nobody may widen', { dimension: 'netTotal', allowed: '85001' }, 'netTotal', null],
  ])('is refused %s, and nothing has happened', (_what, wish, dimension, widest) => {
    const request = asked();
    expect(() => request.vote('lead', 'APPROVE', { envelope: [wish] })).toThrow(
      expect.objectContaining({
        code: 'ENVELOPE_BEYOND_AUTHORITY',
        details: expect.objectContaining(widest === undefined ? { dimension } : { dimension, widest }),
      }),
    );
    expect(request.holders()).toEqual(['lead']);
  });

  it.each([
    ['no dimension of the stage', { dimension: 'termDays', allowed: '30' }],
    ['a shared one has no direction', { dimension: 'goods', allowed: ['A × 3'] }],
    ['less than what is approved', { dimension: 'discountPct', allowed: '14' }],
    ['no number', { dimension: 'discountPct', allowed: 'much' }],
    ['a set for a number', { dimension: 'discountPct', allowed: ['18'] }],
    ['nothing said', { dimension: 'discountPct' }],
    ['two things said', { dimension: 'discountPct', allowed: '18', exact: true }],
  ])('is refused as %s', (_what, wish) => {
    expect(() => asked().vote('lead', 'APPROVE', { envelope: [wish] })).toThrow(
      expect.objectContaining({ code: 'ENVELOPE_INVALID' }),
    );
  });

  it('only an approval has one', () => {
    const wish = [{ dimension: 'discountPct', exact: true }];
    expect(() => asked().vote('lead', 'REJECT', { envelope: wish })).toThrow('ENVELOPE_INVALID');
    const request = asked();
    request.vote('lead', 'REJECT');
    expect(request.lastSeat('lead')!.decision).not.toHaveProperty('envelope');
  });

  it('whoever has no money limit does not widen the exposure', () => {
    const request = new Case([stage('x', { envelope: [EXPOSURE], ...people('f1') })], { facts });
    expect(() =>
      request.vote('f1', 'APPROVE', { envelope: [{ dimension: 'exposure', allowed: '85001' }] }),
    ).toThrow('ENVELOPE_BEYOND_AUTHORITY');
  });

  it('AE-ENV-2 what time approves has one, too', () => {
    const request = new Case([stage('lead', { envelope: [DISCOUNT] })], {
      facts,
      ladder: [['auto', 'AUTO_APPROVE', 8, { amount: '100000', currency: 'CNY' }]],
    });
    request.later(8).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(request.lastSeat('lead')).toMatchObject({ state: 'AUTO_APPROVED' });
    expect(boundsOf(request)).toEqual({ discountPct: ['AT_MOST', '15'], goods: ['SAME', ['A × 2']] });
  });
});
