import { describe, expect, it } from '@jest/globals';
import { unpublishedText, type ListVersion, type PriceMove } from './unpublished-prices.js';

const list = (version: number, state: string): ListVersion => ({
  id: `v${version}`,
  currency: 'CNY',
  tier: '',
  region: '',
  version,
  state,
});
const move = (name: string, before: string | null, after: string | null, minQty = '0'): PriceMove => ({
  name,
  minQty,
  before: before === null ? null : { list: before },
  after: after === null ? null : { list: after },
});

describe('prices that an import leaves in a draft', () => {
  it('are named with what holds until they are published', () => {
    const moves = [
      move('GTX Basic', '550', '560'),
      move('GTX Basic', '550', '520', '50'),
      move('GTZ One', null, '100'),
      move('MG Old', '55', null),
      move('MG Special', '55', '55'),
    ];
    expect(unpublishedText([{ list: list(2, 'DRAFT'), holds: list(1, 'ACTIVE'), moves }])).toBe(
      [
        'prices not published: 5 in CNY v2 (DRAFT); v1 holds until somebody of finance hands it over and another one publishes it:',
        '  GTX Basic: 550 → 560',
        '  GTX Basic from 50: 550 → 520',
        '  GTZ One: – → 100',
        '  MG Old: 55 → –',
        '  MG Special: 55, its floor',
        '',
      ].join('\n'),
    );
  });

  it('are counted beyond the first ten; where no list holds nothing can be quoted', () => {
    const moves = Array.from({ length: 12 }, (_, index) => move(`P ${index}`, null, '1'));
    const text = unpublishedText([
      { list: { ...list(1, 'IN_REVIEW'), currency: 'GBP', tier: 'A' }, holds: null, moves },
    ]);
    expect(text).toMatch(
      /^prices not published: 12 in GBP A v1 \(IN_REVIEW\); no list holds until another one publishes it:\n/,
    );
    expect(text).toMatch(/ {2}P 9: – → 1\n {2}and 2 more\n$/);
  });

  it('are nothing to say when all are published, or none differs', () => {
    expect(unpublishedText([])).toBe('');
    expect(unpublishedText([{ list: list(2, 'DRAFT'), holds: list(1, 'ACTIVE'), moves: [] }])).toBe('');
  });
});
