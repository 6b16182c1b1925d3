import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PolicyInput } from '../domain/approval/policy.js';
import { DomainError } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import { decisionTable } from './seed/build.js';
import { readTable } from './table.js';

const INPUTS: readonly PolicyInput[] = [{ name: 'amount', label: 'Amount', type: 'decimal' }];
const row = (cell: string) => ({ id: 'r', when: { amount: cell }, stages: [], rule: 'r', text: 't' });

/** What reading ends in: the table, or a refusal in our own words. Anything else fails the test. */
function outcome(jdm: Json): string {
  try {
    readTable({ jdm, inputs: INPUTS, stages: [] });
    return 'read';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('a table from outside', () => {
  it('whatever it is, it is read or refused', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (jdm) => {
        expect(outcome(jdm as Json)).toBe('POLICY_ERROR');
      }),
      { numRuns: 500 },
    );
  });

  it('whatever is put into a cell, it is read or refused', () => {
    const pieces = fc.constantFrom(
      'amount',
      '>',
      '5',
      "'",
      '"',
      '(',
      ')',
      '$',
      '`',
      'some',
      'd',
      '#',
      ' ',
      'rand',
      '..',
      '\u{1F600}',
    );
    const cell = fc.oneof(
      fc.string({ maxLength: 600 }),
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(cell, (text) => {
        expect(['read', 'POLICY_ERROR']).toContain(outcome(decisionTable(INPUTS, [row(text)])));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['words', 'a '.repeat(125_000)],
    ['quotes', `'"`.repeat(125_000)],
    ['spaces', `a${' '.repeat(249_000)}`],
    ['calls', 'a( '.repeat(80_000)],
  ])('250 kB of %s in one cell is refused within a second', (_case, cell) => {
    const started = performance.now();
    expect(outcome(decisionTable(INPUTS, [row(cell)]))).toBe('POLICY_ERROR');
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
