import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Exact, sumAmounts } from '../money.js';
import { movementsOf, type Standing } from './bridge.js';
import { isActiveStage } from './pipeline.js';

const at = (stage: string, worth: string, expectedClose: string | null = '2026-06-30'): Standing => ({
  stage,
  worth,
  expectedClose,
});

describe('row 18 what changed in the pipeline', () => {
  it.each([
    ['a new deal', null, at('QUOTED', '100'), ['NEW 100']],
    ['a deal that came and went', null, at('LOST', '100'), []],
    ['a deal that grew', at('QUOTED', '100'), at('QUOTED', '130.5'), ['UP 30.5']],
    ['a deal that shrank', at('QUOTED', '100'), at('NEGOTIATION', '80'), ['DOWN -20']],
    ['won for more than thought', at('QUOTED', '100'), at('WON', '120'), ['UP 20', 'WON -120']],
    ['lost', at('QUOTED', '100'), at('LOST', '100'), ['LOST -100']],
    ['on hold', at('QUOTED', '100'), at('ON_HOLD', '100'), ['HELD -100']],
    ['reopened', at('LOST', '100'), at('QUOTED', '90'), ['REOPENED 90']],
    ['moved out', at('QUOTED', '1'), at('QUOTED', '1', '2026-07-01'), ['SLIPPED 0']],
    ['pulled in', at('QUOTED', '1'), at('QUOTED', '1', '2026-06-01'), ['PULLED_IN 0']],
    ['nothing', at('QUOTED', '1'), at('NEGOTIATION', '1'), []],
  ] as [string, Standing | null, Standing, string[]][])('%s', (_, before, after, expected) => {
    expect(movementsOf(before, after).map(({ step, delta }) => `${step} ${delta}`)).toEqual(expected);
  });

  it('leads exactly from the open pipeline then to the one now', () => {
    const standing = fc.record({
      stage: fc.constantFrom('QUOTED', 'NEGOTIATION', 'WON', 'LOST', 'ON_HOLD'),
      worth: fc.integer({ min: 0, max: 1_000_000 }).map((cents) => new Exact(cents).div(100).toFixed()),
      expectedClose: fc.constantFrom(null, '2026-06-30', '2026-07-31'),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.option(standing), standing)), (deals) => {
        const open = (side: (Standing | null)[]) =>
          sumAmounts(side.flatMap((deal) => (deal && isActiveStage(deal.stage) ? [deal.worth] : [])));
        const moved = sumAmounts(deals.flatMap(([a, b]) => movementsOf(a, b).map(({ delta }) => delta)));
        return open(deals.map(([a]) => a))
          .plus(moved)
          .eq(open(deals.map(([, b]) => b)));
      }),
    );
  });
});
