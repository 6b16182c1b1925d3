import { describe, expect, it } from '@jest/globals';
import { REQUEST_KINDS } from '../seed/request-kinds.js';
import { documentProblems } from './validate.js';

const { schema } = REQUEST_KINDS['expense']!;
const item = { date: '2026-03-02', category: 'MEALS', amount: { amount: '80.50', currency: 'CNY' } };
const GOOD = { purpose: 'Dinner with a customer', bankAccount: '6222 0000 1111', items: [item] };
const problems = (document: object) =>
  documentProblems(schema, JSON.parse(JSON.stringify(document))).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

describe('a document against the schema of its kind', () => {
  it('has no problems when it follows it', () => {
    expect(problems(GOOD)).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ['an empty one', {}, ['/purpose REQUIRED', '/items REQUIRED', '/bankAccount REQUIRED']],
    ['an empty text', { ...GOOD, purpose: '' }, ['/purpose MIN_LENGTH']],
    ['a field of its own', { ...GOOD, approved: true }, ['/approved ADDITIONAL_PROPERTIES']],
    ['no lines', { ...GOOD, items: [] }, ['/items MIN_ITEMS']],
    ['another category', { ...GOOD, items: [{ ...item, category: 'WINE' }] }, ['/items/0/category ENUM']],
    ['a date that is none', { ...GOOD, items: [{ ...item, date: '2026-02-30' }] }, ['/items/0/date FORMAT']],
    ['an account of letters', { ...GOOD, bankAccount: 'my account' }, ['/bankAccount PATTERN']],
    [
      'a number as an amount',
      { ...GOOD, items: [{ ...item, amount: { amount: 80.5, currency: 'CNY' } }] },
      ['/items/0/amount/amount TYPE'],
    ],
    [
      'a third decimal',
      { ...GOOD, items: [{ ...item, amount: { amount: '80.505', currency: 'CNY' } }] },
      ['/items/0/amount/amount TOO_PRECISE'],
    ],
    [
      'a negative amount',
      { ...GOOD, items: [{ ...item, amount: { amount: '-1.00', currency: 'CNY' } }] },
      ['/items/0/amount/amount NEGATIVE'],
    ],
    [
      'a currency nobody knows',
      { ...GOOD, items: [{ ...item, amount: { amount: '1.00', currency: 'XXX' } }] },
      ['/items/0/amount/currency CURRENCY_UNKNOWN'],
    ],
  ])('names field and rule of %s', (_, document, expected) => {
    expect(problems(document)).toEqual(expected);
  });

  it('has a size', () => {
    expect(problems({ ...GOOD, note: 'x'.repeat(70_000) })).toEqual([' TOO_LARGE']);
  });

  it('takes no longer for a pattern that would go through every way there is', () => {
    const evil = {
      type: 'object',
      additionalProperties: false,
      properties: { a: { type: 'string', maxLength: 1000, pattern: '^(a+)+$' } },
    };
    const before = performance.now();
    expect(documentProblems(evil, { a: `${'a'.repeat(900)}!` }).map(({ code }) => code)).toEqual(['PATTERN']);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
