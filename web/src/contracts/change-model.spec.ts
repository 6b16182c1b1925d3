import { describe, expect, it } from '@jest/globals';
import type { ContractVersionView } from '../api/types.js';
import { saidBy, typedOf, wrongNumbers, type Numbers } from './change-model.js';

const NOW = {
  termDays: 30,
  deliveryDays: 20,
  warrantyMonths: null,
  durationMonths: null,
  lines: [{ no: 1, name: 'Pump', qty: '2', unitNet: '100.00', net: '200.00' }],
  instalments: [{ trigger: 'SIGNING', pct: '100', days: 10 }],
  clauses: [{ key: 'quality', title: 'Quality', text: 'as sampled', standard: true, version: 1 }],
} as unknown as ContractVersionView;

const typing = (numbers: Partial<Numbers>) => {
  const typed = typedOf(NOW);
  return { ...typed, numbers: { ...typed.numbers, ...numbers } };
};

describe('a change of a contract as it is typed', () => {
  it('says nothing while nothing is typed', () => {
    expect(saidBy(typedOf(NOW), NOW)).toEqual({});
    expect(wrongNumbers(typedOf(NOW))).toEqual([]);
  });

  it('says only what moves; what was agreed on and is emptied is agreed on no more', () => {
    expect(saidBy(typing({ termDays: ' 45 ', deliveryDays: '' }), NOW)).toEqual({
      termDays: 45,
      deliveryDays: null,
    });
  });

  it.each([
    [{ termDays: '' }, '/termDays'],
    [{ termDays: '3O' }, '/termDays'],
    [{ termDays: '-1' }, '/termDays'],
    [{ deliveryDays: '4.5' }, '/deliveryDays'],
    [{ warrantyMonths: 'two' }, '/warrantyMonths'],
    [{ durationMonths: '1e3' }, '/durationMonths'],
  ])('%j is no number of days or months', (numbers, pointer) => {
    expect(wrongNumbers(typing(numbers))).toEqual([pointer]);
  });

  it.each(['', 'ten', '1.5'])('an instalment "%s" days after its trigger is none', (days) => {
    const typed = typedOf(NOW);
    const instalments = typed.instalments.map((row) => ({ ...row, days }));
    expect(wrongNumbers({ ...typed, instalments })).toEqual(['/instalments/0/days']);
  });
});
