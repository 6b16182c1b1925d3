import { describe, expect, it } from '@jest/globals';
import { libraryOn, markStandard, standardClauses } from './clause-library.js';
import type { LibraryClause } from './policy.js';

const V1 = { key: 'delivery', title: '交付 Delivery', text: 'Within 30 days.', validUntil: '2026-12-31' };
const V2 = {
  key: 'delivery',
  title: '交付 Delivery',
  text: 'Within 45 days.',
  version: 2,
  validFrom: '2026-07-01',
};
const SPARE = { key: 'spare-parts', title: '备件 Spare parts', text: 'For ten years.', onDemand: true };
const PENALTY = { key: 'penalty', title: '违约金 Penalty', text: '1 % a week.', standard: false };
const LIBRARY: readonly LibraryClause[] = [V1, V2, SPARE, PENALTY];
const words = ({ key, title, text }: LibraryClause) => ({ key, title, text });

describe('the clause library (issue 5.4)', () => {
  it.each([
    ['2026-06-30', 1],
    ['2026-07-01', 2],
    ['2027-01-01', 2],
  ])('offers on %s version %i, the highest one valid', (day, version) => {
    const [delivery] = libraryOn(LIBRARY, day);
    expect(delivery!.version ?? 1).toBe(version);
  });

  it('a new contract takes what is standard and in every contract', () => {
    expect(standardClauses(LIBRARY, '2026-07-01')).toEqual([{ ...words(V2), version: 2, standard: true }]);
  });

  it.each<[string, LibraryClause, boolean, number | undefined]>([
    ['of the version offered', V2, true, 2],
    ['of an older version that is still valid', V1, true, 1],
    ['taken from what is offered on demand', SPARE, true, 1],
    ['of a clause the library marks as non-standard', PENALTY, false, 1],
    ['that somebody changed', { ...V2, text: 'Within 90 days.' }, false, undefined],
    ['under another title', { ...V2, title: 'Delivery' }, false, undefined],
    ['of nobody', { key: 'own', title: 'x', text: 'y' }, false, undefined],
    ['that differ by line ends only', { ...V2, text: 'Within 45 days.\r\n' }, true, 2],
  ])('words %s', (_case, clause, standard, version) => {
    const [marked] = markStandard([words(clause)], { library: LIBRARY, day: '2026-08-01' });
    expect([marked!.standard, marked!.version]).toEqual([standard, version]);
  });

  it('a version that was replaced leaves alone the contract that holds it, and no other', () => {
    const held = standardClauses(LIBRARY, '2026-06-01');
    const later = { library: LIBRARY, day: '2027-01-01' };
    expect(markStandard([words(V1)], { ...later, held })).toEqual(held);
    expect(markStandard([words(V1)], later)[0]!.standard).toBe(false);
  });

  it('words that a contract holds as its own become standard when the library takes them over', () => {
    const held = [{ key: 'delivery', title: V2.title, text: V2.text, standard: false }];
    const [marked] = markStandard([words(V2)], { library: LIBRARY, day: '2026-08-01', held });
    expect(marked).toEqual({ ...words(V2), standard: true, version: 2 });
  });
});
