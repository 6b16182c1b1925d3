import { describe, expect, it } from '@jest/globals';
import { changesBetween } from './changes.js';

describe('what changed between two versions', () => {
  it.each([
    ['discountPct', '10', '12.5', 'WORSE'],
    ['discountPct', '10', '9.99', 'BETTER'],
    ['termDays', '30', '60', 'WORSE'],
    ['marginPct', '12', '9', 'WORSE'],
    ['unitNet', '99.5', '100', 'BETTER'],
    ['unitNet', '-1', '-2', 'WORSE'],
    ['note', '1', '2', 'NEUTRAL'],
    ['discountPct', '10', 'ten', 'NEUTRAL'],
  ])('%s from %s to %s is %s for us', (name, before, after, direction) => {
    expect(changesBetween({ [name]: before }, { [name]: after }, {})).toEqual([
      { path: `/${name}`, label: name, before, after, direction },
    ]);
  });

  it('matches lines by their own key, so that an inserted line changes no other', () => {
    const before = {
      lines: [
        { sku: 'A', qty: '1' },
        { sku: 'B', qty: '2' },
      ],
    };
    const after = {
      lines: [
        { sku: 'C', qty: '9' },
        { sku: 'A', qty: '1' },
        { sku: 'B', qty: '3' },
      ],
    };
    expect(changesBetween(before, after, { qty: 'Quantity' })).toEqual([
      { path: '/lines/B/qty', label: 'Quantity', before: '2', after: '3', direction: 'NEUTRAL' },
      { path: '/lines/C/sku', label: 'sku', before: null, after: 'C', direction: 'NEUTRAL' },
      { path: '/lines/C/qty', label: 'Quantity', before: null, after: '9', direction: 'NEUTRAL' },
    ]);
  });

  it('compares amounts exactly, beyond what a floating number holds', () => {
    const [row] = changesBetween({ unitNet: '9007199254740993.1' }, { unitNet: '9007199254740993.2' }, {});
    expect(row!.direction).toBe('BETTER');
  });

  it('is empty for the same content, whatever the order of members', () => {
    expect(changesBetween({ a: '1', b: ['x', 'y'] }, { b: ['x', 'y'], a: '1' }, {})).toEqual([]);
  });
});
