import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json.js';
import type { Money } from '../money.js';
import { editableFields, hiddenFields, keptFromInitiator, writableFields } from './access.js';
import type { RequestKindContent } from './kind.js';
import { only, stepsOf, valuesAt, without, withValue } from './pointer.js';
import { exposureOf, factsOf, relevantContent, subjectKeyOf, titleOf } from './reading.js';
import { fieldTitles, schemaAt, schemaWithout } from './schema.js';

const AMOUNT: JsonObject = {
  type: 'object',
  properties: { amount: { type: 'string', format: 'decimal' }, currency: { type: 'string' } },
};
const KIND: RequestKindContent = {
  titles: { zh: '报销', en: 'Expense' },
  title: '{purpose} {urgent}',
  numberPrefix: 'EX',
  policyKind: 'approval.expense',
  schema: {
    type: 'object',
    required: ['purpose', 'bank'],
    properties: {
      purpose: { type: 'string', 'x-titles': { zh: '事由', en: 'Purpose' } },
      urgent: { type: 'boolean' },
      bank: { $ref: '#/$defs/bank', title: 'Bank' },
      lines: {
        type: 'array',
        items: {
          type: 'object',
          properties: { kind: { type: 'string' }, net: AMOUNT, secret: { type: 'string' } },
        },
      },
      costCentre: { type: 'string' },
    },
    $defs: { bank: { type: 'object', properties: { name: { type: 'string' }, iban: { type: 'string' } } } },
    if: { properties: { bank: { const: 1 } } },
  },
  relevant: ['/purpose', '/lines'],
  facts: [
    { name: 'amount', type: 'decimal', from: '/lines/*/net' },
    { name: 'lines', type: 'decimal', count: '/lines' },
    { name: 'kinds', type: 'strings', from: '/lines/*/kind' },
    { name: 'urgent', type: 'boolean', from: '/urgent' },
    { name: 'bank', type: 'string', from: '/bank/name' },
    { name: 'category', type: 'string', value: 'standard' },
  ],
  exposure: '/lines/*/net',
  subject: '/purpose',
  envelope: [],
  access: {
    INITIATOR: { '/costCentre': 'READ' },
    LEAD: { '/bank': 'HIDDEN', '/lines/*/secret': 'HIDDEN' },
    FINANCE: { '/bank/iban': 'HIDDEN', '/costCentre': 'WRITE' },
  },
};
const DOCUMENT: JsonObject = {
  purpose: 'Fair',
  urgent: true,
  bank: { name: 'ICBC', iban: 'CN1' },
  lines: [
    { kind: 'TRAVEL', net: { amount: '100.50', currency: 'CNY' }, secret: 'x' },
    { kind: 'MEALS', net: { amount: '10.00', currency: 'USD' }, secret: 'y' },
    { kind: 'TRAVEL', net: { amount: '0.50', currency: 'CNY' } },
  ],
};
/** seven yuan to the dollar */
const toBase = ({ amount, currency }: Money): Money =>
  currency === 'CNY' ? { amount, currency } : { amount: String(Number(amount) * 7), currency: 'CNY' };

describe('a document as the engine reads it', () => {
  it('gives the table its facts: money in the base currency and added up, items counted, constants as they are', () => {
    expect(factsOf(KIND, DOCUMENT, toBase)).toEqual({
      amount: '171',
      lines: '3',
      kinds: ['MEALS', 'TRAVEL'],
      urgent: true,
      bank: 'ICBC',
      category: 'standard',
    });
  });

  it('gives 0, false, "" and [] for what is left open', () => {
    expect(factsOf(KIND, {}, toBase)).toEqual({
      amount: '0',
      lines: '0',
      kinds: [],
      urgent: false,
      bank: '',
      category: 'standard',
    });
  });

  it('shows the amount in the currency its parts share, else in the base currency', () => {
    const lines = DOCUMENT['lines'] as readonly JsonObject[];
    const base = { amount: '171', currency: 'CNY' };
    expect(exposureOf(KIND, DOCUMENT, toBase)).toEqual({ amount: base, exposure: base });
    expect(exposureOf(KIND, { lines: [lines[1]!, lines[1]!] }, toBase)).toEqual({
      amount: { amount: '20', currency: 'USD' },
      exposure: { amount: '140', currency: 'CNY' },
    });
    expect(exposureOf(KIND, {}, toBase)).toEqual({ amount: null, exposure: null });
  });

  it('AE-SUB-1 what is approved is the relevant fields under the version of the kind', () => {
    const kind = { versionId: 'v', key: 'expense', version: 2, content: KIND };
    const { purpose, lines } = DOCUMENT;
    expect(relevantContent(kind, DOCUMENT)).toEqual({
      kind: { key: 'expense', version: 2 },
      document: { purpose, lines },
    });
  });

  it('has a title and a subject from its fields', () => {
    expect(titleOf(KIND, DOCUMENT)).toBe('Fair true');
    expect(titleOf(KIND, {})).toBe('Expense · 报销');
    expect(subjectKeyOf(KIND, DOCUMENT)).toBe('Fair');
    expect(subjectKeyOf(KIND, { purpose: ' ' })).toBeNull();
  });
});

describe('row 34: who sees and fills in which field', () => {
  it.each([
    ['whoever started it sees all', { as: 'INITIATOR' } as const, []],
    ['a lead', { as: 'HOLDER', stageKeys: ['LEAD'] } as const, ['/bank', '/lines/*/secret']],
    ['finance', { as: 'HOLDER', stageKeys: ['FINANCE'] } as const, ['/bank/iban']],
    [
      'both at once: what either sees',
      { as: 'HOLDER', stageKeys: ['LEAD', 'FINANCE'] } as const,
      ['/bank/iban'],
    ],
    ['a stage without rules', { as: 'HOLDER', stageKeys: ['CFO'] } as const, []],
    [
      'anybody else: what nobody is kept from',
      { as: 'OTHER' } as const,
      ['/bank', '/lines/*/secret', '/bank/iban'],
    ],
  ])('%s', (_, reader, hidden) => {
    expect(hiddenFields(KIND, reader)).toEqual(hidden);
  });

  it('says what others see where the kind says so', () => {
    const access = { ...KIND.access, OTHERS: { '/bank/iban': 'HIDDEN' as const } };
    expect(hiddenFields({ ...KIND, access }, { as: 'OTHER' })).toEqual(['/bank/iban']);
  });

  it('names what may be written, and what is not the initiator’s to write', () => {
    expect(writableFields(KIND, 'FINANCE')).toEqual(['/costCentre']);
    expect(writableFields(KIND, 'LEAD')).toEqual([]);
    const access = { LEAD: { '/lines': 'WRITE' as const, '/costCentre': 'WRITE' as const } };
    expect(writableFields({ ...KIND, access }, 'LEAD')).toEqual(['/costCentre']);
    expect(editableFields({ ...KIND, access }, 'LEAD')).toEqual(['/lines']);
    expect(keptFromInitiator(KIND)).toEqual(['/costCentre']);
  });

  it('leaves hidden fields out of documents and schemas, names and conditions included', () => {
    const hidden = ['/bank', '/lines/*/secret'];
    expect(without(DOCUMENT, hidden)).toEqual({
      purpose: 'Fair',
      urgent: true,
      lines: (DOCUMENT['lines'] as readonly JsonObject[]).map(({ kind, net }) => ({ kind, net })),
    });
    const text = JSON.stringify(schemaWithout(KIND.schema, hidden));
    expect(text).not.toMatch(/bank|secret|iban/);
    expect(JSON.parse(text)).toMatchObject({
      required: ['purpose'],
      properties: { purpose: { type: 'string' } },
    });
    expect(schemaWithout(KIND.schema, ['/bank/iban'])).toMatchObject({
      properties: { bank: { title: 'Bank', properties: { name: { type: 'string' } } } },
    });
    expect(JSON.stringify(schemaWithout(KIND.schema, ['/bank/iban']))).not.toContain('iban');
  });
});

describe('a field pointer', () => {
  it.each([
    ['/a', ['a']],
    ['/lines/*/net', ['lines', '*', 'net']],
    ['a', null],
    ['/', null],
    ['/*', null],
    ['/a/__proto__', null],
    ['/a~1b', null],
  ])('%s leads %j', (pointer, steps) => {
    expect(stepsOf(pointer)).toEqual(steps);
  });

  it('reads, keeps and sets what it leads to', () => {
    expect(valuesAt(DOCUMENT, '/lines/*/kind')).toEqual(['TRAVEL', 'MEALS', 'TRAVEL']);
    expect(valuesAt(DOCUMENT, '/lines/*/colour')).toEqual([]);
    expect(only({ a: { b: 1, c: 2 }, d: 3 }, ['/a/b'])).toEqual({ a: { b: 1 } });
    expect(withValue({ a: 1 }, '/b/c', 2)).toEqual({ a: 1, b: { c: 2 } });
    expect(withValue({ a: 1, b: 2 }, '/b', undefined)).toEqual({ a: 1 });
  });

  it('finds the field’s schema and its names', () => {
    expect(schemaAt(KIND.schema, '/bank/iban')).toEqual({ type: 'string' });
    expect(schemaAt(KIND.schema, '/lines/*/net/amount')).toMatchObject({ format: 'decimal' });
    expect(schemaAt(KIND.schema, '/lines/net')).toBeNull();
    expect(fieldTitles(KIND.schema, '/purpose')).toEqual({ zh: '事由', en: 'Purpose' });
    expect(fieldTitles(KIND.schema, '/bank')).toEqual({ zh: 'Bank', en: 'Bank' });
    expect(fieldTitles(KIND.schema, '/urgent')).toEqual({ zh: 'urgent', en: 'urgent' });
  });
});
