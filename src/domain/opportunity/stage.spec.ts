import { describe, expect, it } from '@jest/globals';
import { PIPELINES } from '../../policy/seed/pipelines.js';
import type { DomainError } from '../errors.js';
import type { ServerCheck } from './pipeline.js';
import { changeStage, missingCriteria, type StageChange, type StageContext } from './stage.js';

const PIPELINE = PIPELINES['pipeline.standard']!;
const DEAL = { stage: 'PROPOSAL', openStage: 'PROPOSAL', customerId: 'c', engagedOn: '2026-01-05' };
const EVERYTHING: ServerCheck[] = [
  'CUSTOMER_KNOWN',
  'NEED_RECORDED',
  'DECIDER_IDENTIFIED',
  'AMOUNT_SET',
  'QUOTE_APPROVED',
  'TERMS_AGREED',
];
const to = (stage: string, more: Partial<StageChange> = {}): StageChange => ({
  to: stage,
  reason: null,
  lostReason: null,
  competitor: null,
  resumeOn: null,
  ...more,
});
const context = (
  met: readonly ServerCheck[] = EVERYTHING,
  more: Partial<StageContext> = {},
): StageContext => ({
  pipeline: PIPELINE,
  facts: { met: new Set(met), ticked: new Set(['PROPOSAL/presented']) },
  today: '2026-02-01',
  hasNext: true,
  ...more,
});
function refusal(work: () => unknown): [string, unknown] {
  try {
    work();
  } catch (error) {
    const { code, fields, details } = error as DomainError;
    const missing =
      (details['missing'] as { stage: string; criterion: { kind: string } }[] | undefined) ?? [];
    return [
      code,
      fields.length > 0
        ? fields.map(({ pointer, code: rule }) => `${pointer} ${rule}`)
        : missing.map(({ stage, criterion }) => `${stage} ${criterion.kind}`),
    ];
  }
  return ['none', []];
}

describe('processes §3.2 the seeded pipeline', () => {
  it.each([
    ['PROSPECTING', '10', 'PIPELINE'],
    ['QUALIFIED', '20', 'PIPELINE'],
    ['PROPOSAL', '40', 'PIPELINE'],
    ['QUOTED', '60', 'BEST_CASE'],
    ['NEGOTIATION', '75', 'BEST_CASE'],
    ['CONTRACTING', '90', 'COMMIT'],
    ['WON', '100', 'CLOSED'],
    ['LOST', '0', 'OMITTED'],
    ['ON_HOLD', '0', 'OMITTED'],
  ])('%s is %s %% and %s', (stage, probabilityPct, forecast) => {
    const from = { ...DEAL, stage: 'ELSEWHERE', openStage: 'CONTRACTING' };
    const change = to(stage, {
      reason: 'because',
      lostReason: 'PRICE',
      competitor: 'Acme',
      resumeOn: '2026-03-01',
    });
    expect(changeStage(from, change, context())).toMatchObject({ stage, probabilityPct, forecast });
  });
});

describe('a deal at PROPOSAL', () => {
  it('goes forward when every stage it leaves or jumps over has met its criteria', () => {
    expect(changeStage(DEAL, to('NEGOTIATION'), context())).toEqual({
      stage: 'NEGOTIATION',
      openStage: 'NEGOTIATION',
      direction: 'FORWARD',
      probabilityPct: '75',
      forecast: 'BEST_CASE',
      closedOn: null,
      lostReason: null,
      resumeOn: null,
    });
  });

  it.each([
    ['QUOTED', ['AMOUNT_SET'], []],
    ['QUOTED', [], ['PROPOSAL AMOUNT_SET']],
    ['NEGOTIATION', ['AMOUNT_SET'], ['QUOTED QUOTE_APPROVED']],
    ['WON', ['AMOUNT_SET', 'QUOTE_APPROVED'], ['NEGOTIATION TERMS_AGREED']],
    ['WON', ['AMOUNT_SET', 'QUOTE_APPROVED', 'TERMS_AGREED'], []],
  ] as [string, ServerCheck[], string[]][])('to %s with %j lacks %j', (stage, met, missing) => {
    const lacks = missingCriteria(DEAL, stage, context(met));
    expect(lacks.map(({ stage: at, criterion }) => `${at} ${criterion.kind}`)).toEqual(missing);
    expect(refusal(() => changeStage(DEAL, to(stage), context(met)))).toEqual(
      missing.length > 0 ? ['OPPORTUNITY.EXIT_CRITERIA', missing] : ['none', []],
    );
  });

  it('does not go forward with an item nobody ticked', () => {
    const facts = { met: new Set(EVERYTHING), ticked: new Set<string>() };
    expect(refusal(() => changeStage(DEAL, to('QUOTED'), context([], { facts })))).toEqual([
      'OPPORTUNITY.EXIT_CRITERIA',
      ['PROPOSAL CHECK'],
    ]);
  });

  it.each([
    ['back without a reason', to('QUALIFIED'), {}, ['/reason REQUIRED']],
    ['on hold without a day', to('ON_HOLD', { reason: 'budget' }), {}, ['/resumeOn REQUIRED']],
    [
      'on hold until today',
      to('ON_HOLD', { reason: 'x', resumeOn: '2026-02-01' }),
      {},
      ['/resumeOn REQUIRED'],
    ],
    ['lost for nothing', to('LOST'), {}, ['/lostReason REQUIRED', '/competitor REQUIRED']],
    [
      'lost for a reason of its own',
      to('LOST', { lostReason: 'MOOD', competitor: 'Acme' }),
      {},
      ['/lostReason UNKNOWN_REASON'],
    ],
    ['forward with nothing planned', to('QUOTED'), { hasNext: false }, ['/next REQUIRED']],
    ['to a stage of another pipeline', to('DEMO'), {}, ['/stage UNKNOWN_STAGE']],
  ] as [string, StageChange, Partial<StageContext>, string[]][])(
    'does not go %s',
    (_, change, more, fields) => {
      expect(refusal(() => changeStage(DEAL, change, context(EVERYTHING, more)))).toEqual([
        'VALIDATION',
        fields,
      ]);
    },
  );

  it('D1 goes back with a reason, whatever is missing', () => {
    expect(changeStage(DEAL, to('PROSPECTING', { reason: 'need changed' }), context([]))).toMatchObject({
      stage: 'PROSPECTING',
      direction: 'BACK',
    });
  });

  it('never closes before it began, and not without a customer', () => {
    expect(changeStage({ ...DEAL, engagedOn: '2026-03-01' }, to('WON'), context()).closedOn).toBe(
      '2026-03-01',
    );
    expect(refusal(() => changeStage({ ...DEAL, customerId: null }, to('WON'), context()))).toEqual([
      'VALIDATION',
      ['/stage NO_CUSTOMER'],
    ]);
    expect(refusal(() => changeStage(DEAL, to('PROPOSAL'), context()))[0]).toBe('OPPORTUNITY.STATE');
  });
});

describe('a deal that was closed or on hold', () => {
  it.each(['LOST', 'WON', 'ON_HOLD'])('%s does not come back past criteria it had not met', (stage) => {
    const deal = { ...DEAL, stage, openStage: 'QUALIFIED' };
    const change = to('NEGOTIATION', { reason: 'new budget' });
    expect(refusal(() => changeStage(deal, change, context(['AMOUNT_SET'])))).toEqual([
      'OPPORTUNITY.EXIT_CRITERIA',
      ['QUALIFIED DECIDER_IDENTIFIED', 'QUOTED QUOTE_APPROVED'],
    ]);
  });

  it('is reopened with a reason, without close date and loss reason', () => {
    const lost = { ...DEAL, stage: 'LOST', openStage: 'NEGOTIATION' };
    expect(refusal(() => changeStage(lost, to('NEGOTIATION'), context()))).toEqual([
      'VALIDATION',
      ['/reason REQUIRED'],
    ]);
    expect(changeStage(lost, to('NEGOTIATION', { reason: 'they called' }), context([]))).toMatchObject({
      stage: 'NEGOTIATION',
      direction: 'REOPENED',
      closedOn: null,
      lostReason: null,
    });
  });

  it('resumes where it was without a reason', () => {
    const held = { ...DEAL, stage: 'ON_HOLD', openStage: 'QUOTED' };
    expect(changeStage(held, to('QUOTED'), context([]))).toMatchObject({
      direction: 'RESUMED',
      resumeOn: null,
    });
  });
});
