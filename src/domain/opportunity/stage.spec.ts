import { describe, expect, it } from '@jest/globals';
import { changeStage, type OpportunityStage, type StageChange } from './stage.js';

const DEAL = { stage: 'PROPOSAL' as OpportunityStage, customerId: 'c', engagedOn: '2026-01-05' };
const to = (stage: OpportunityStage, more: Partial<StageChange> = {}): StageChange => ({
  to: stage,
  lostReason: null,
  competitor: null,
  ...more,
});

describe('a deal at PROPOSAL', () => {
  it.each([
    ['QUOTED', null],
    ['PROSPECTING', null],
    ['ON_HOLD', null],
    ['WON', '2026-02-01'],
  ] as const)('goes to %s and closes %s', (stage, closedOn) => {
    expect(changeStage(DEAL, to(stage), '2026-02-01')).toEqual({
      stage,
      closedOn,
      lostReason: null,
      competitor: null,
    });
  });

  it('is lost with a reason and a competitor only', () => {
    expect(() => changeStage(DEAL, to('LOST'), '2026-02-01')).toThrow('VALIDATION');
    const lost = changeStage(DEAL, to('LOST', { lostReason: 'price', competitor: 'Acme' }), '2026-02-01');
    expect(lost).toEqual({ stage: 'LOST', closedOn: '2026-02-01', lostReason: 'price', competitor: 'Acme' });
  });

  it('never closes before it began', () => {
    expect(changeStage({ ...DEAL, engagedOn: '2026-03-01' }, to('WON'), '2026-02-01').closedOn).toBe(
      '2026-03-01',
    );
  });

  it('does not close without a customer, and does not go where it is', () => {
    expect(() => changeStage({ ...DEAL, customerId: null }, to('WON'), '2026-02-01')).toThrow('VALIDATION');
    expect(() => changeStage(DEAL, to('PROPOSAL'), '2026-02-01')).toThrow('OPPORTUNITY.STATE');
  });
});

describe('a lost deal', () => {
  it('is reopened without close date and reason', () => {
    expect(changeStage({ ...DEAL, stage: 'LOST' }, to('NEGOTIATION'), '2026-02-01')).toEqual({
      stage: 'NEGOTIATION',
      closedOn: null,
      lostReason: null,
      competitor: null,
    });
  });
});
