import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stage } from '../../../test/builders/approval.js';
import { breaches, seenEnvelope, type Measured } from '../approval/envelope.js';
import { canonicalJson, type JsonObject } from '../json.js';
import type { RequestKind } from './kind.js';
import { documentMeasures } from './measures.js';

const AMOUNT: JsonObject = {
  type: 'object',
  properties: { amount: { type: 'string', format: 'decimal' }, currency: { type: 'string' } },
};
const KIND: RequestKind = {
  versionId: 'v1',
  key: 'expense',
  version: 1,
  content: {
    titles: { zh: '报销', en: 'Expense' },
    title: '{purpose}',
    numberPrefix: 'EX',
    policyKind: 'approval.expense',
    schema: {
      type: 'object',
      properties: {
        purpose: { type: 'string' },
        days: { type: 'integer' },
        margin: { type: 'string', format: 'decimal' },
        cities: { type: 'array', items: { type: 'string' } },
        items: {
          type: 'array',
          items: { type: 'object', properties: { what: { type: 'string' }, price: AMOUNT } },
        },
        note: { type: 'string' },
      },
    },
    relevant: ['/purpose', '/days', '/margin', '/cities', '/items'],
    facts: [],
    exposure: '/items/*/price',
    subject: null,
    envelope: [
      { field: '/items/*/price', direction: 'LOWER' },
      { field: '/days', direction: 'LOWER' },
      { field: '/margin', direction: 'HIGHER' },
      { field: '/cities', direction: 'SUBSET' },
      { field: '/purpose', direction: 'EQUAL' },
    ],
    access: {},
  },
};
const item = (what: string, amount: string, currency = 'CNY') => ({ what, price: { amount, currency } });
const DOCUMENT: JsonObject = {
  purpose: 'Fair',
  days: 3,
  margin: '20.50',
  cities: ['Wuhan', 'Chengdu'],
  items: [item('train', '100.00'), item('hotel', '900')],
  note: 'x',
};
const measured = (document: JsonObject): Measured => {
  const { values, open, rest } = documentMeasures(KIND, document);
  return {
    values: { ...values, content: canonicalJson(rest) },
    currency: 'CNY',
    shared: ['content'],
    open,
  };
};
/** What breaks for a stage that says nothing of envelopes, which approved DOCUMENT, when it becomes this. */
const broken = (changes: JsonObject, before: JsonObject = DOCUMENT) => {
  const envelope = seenEnvelope(stage('lead'), { subjectHash: 'seen', measured: measured(before) });
  const after = { subjectHash: 'now', measured: measured({ ...before, ...changes }) };
  return breaches(envelope, after).map(({ dimension }) => dimension);
};

describe('AE-ENV-1 what a document of a kind measures', () => {
  it('is every value its envelope opens, at its own place; the rest is one', () => {
    expect(documentMeasures(KIND, DOCUMENT)).toEqual({
      values: {
        '/items/0/price': '100',
        '/items/1/price': '900',
        '/days': '3',
        '/margin': '20.5',
        '/cities': ['Chengdu', 'Wuhan'],
      },
      open: [
        { name: '/items/0/price', direction: 'AT_MOST' },
        { name: '/items/1/price', direction: 'AT_MOST' },
        { name: '/days', direction: 'AT_MOST' },
        { name: '/margin', direction: 'AT_LEAST' },
        { name: '/cities', direction: 'WITHIN' },
      ],
      rest: {
        kind: { key: 'expense', version: 1 },
        document: {
          purpose: 'Fair',
          items: [
            { what: 'train', price: { currency: 'CNY' } },
            { what: 'hotel', price: { currency: 'CNY' } },
          ],
        },
        moving: ['/cities', '/days', '/items/0/price', '/items/1/price', '/margin'],
      },
    });
  });

  it.each<[string, JsonObject, string[]]>([
    ['nothing', {}, []],
    ['what no approval is about', { note: 'y' }, []],
    ['a lower amount', { items: [item('train', '99.99'), item('hotel', '900')] }, []],
    ['the same amount, written otherwise', { items: [item('train', '100'), item('hotel', '900.0')] }, []],
    ['a cent more', { items: [item('train', '100.01'), item('hotel', '900')] }, ['/items/0/price']],
    [
      'the same sum, moved between lines',
      { items: [item('train', '200'), item('hotel', '800')] },
      ['/items/0/price'],
    ],
    ['another currency', { items: [item('train', '1', 'USD'), item('hotel', '900')] }, ['content']],
    ['a line less', { items: [item('train', '100')] }, ['/items/1/price', 'content']],
    ['a line more', { items: [item('train', '100'), item('hotel', '900'), item('taxi', '1')] }, ['content']],
    ['fewer days', { days: 2 }, []],
    ['more days', { days: 4 }, ['/days']],
    ['more margin', { margin: '20.51' }, []],
    ['less margin', { margin: '20.49' }, ['/margin']],
    ['fewer cities', { cities: ['Wuhan'] }, []],
    ['cities in another order', { cities: ['Chengdu', 'Wuhan'] }, []],
    ['another city', { cities: ['Wuhan', 'Xian'] }, ['/cities']],
    ['another purpose', { purpose: 'Trade fair' }, ['content']],
    ['a value taken out', { margin: null }, ['/margin', 'content']],
  ])('AE-ENV-2 %s', (_, changes, expected) => {
    expect(broken(changes)).toEqual(expected);
  });

  it('AE-ENV-2 a value that was not there does not appear unseen', () => {
    const { days: _days, ...before } = DOCUMENT;
    expect(broken({ days: 1 }, before)).toEqual(['content']);
  });

  it('AE-ENV-2 covers a change exactly when every amount is at most what was seen', () => {
    const cents = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cents, cents), { minLength: 1, maxLength: 5 }), (lines) => {
        const document = (side: 0 | 1) => ({
          ...DOCUMENT,
          items: lines.map((line) => item('x', (line[side] / 100).toFixed(2))),
        });
        const isCovered = broken(document(1), document(0)).length === 0;
        expect(isCovered).toBe(lines.every(([before, after]) => after <= before));
      }),
    );
  });

  it('a stage with dimensions of its own keeps them, and may widen one of the kind by naming its place', () => {
    const spec = stage('lead', { envelope: [{ name: '/days', direction: 'AT_LEAST' }] });
    const { bounds } = seenEnvelope(spec, { subjectHash: 'seen', measured: measured(DOCUMENT) });
    expect(bounds?.map(({ name, direction }) => `${name} ${direction}`)).toEqual([
      '/days AT_LEAST',
      '/items/0/price AT_MOST',
      '/items/1/price AT_MOST',
      '/margin AT_LEAST',
      '/cities WITHIN',
      'content SAME',
    ]);
  });
});
