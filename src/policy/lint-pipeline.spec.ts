import { describe, expect, it } from '@jest/globals';
import { lintPipeline } from './lint-pipeline.js';
import { PIPELINES } from './seed/pipelines.js';

const STANDARD = PIPELINES['pipeline.standard']!;
const STAGE = STANDARD.stages[0]!;
const found = (content: unknown): string[] => lintPipeline(content).map(({ at, code }) => `${at} ${code}`);

describe('a pipeline', () => {
  it.each(Object.keys(PIPELINES))('%s as it is seeded is in order', (kind) => {
    expect(lintPipeline(PIPELINES[kind])).toEqual([]);
  });

  it.each([
    ['no object', 7, ['content PIPELINE']],
    ['no stages', { ...STANDARD, stages: [] }, ['stages STAGES']],
    ['a stage called WON', { ...STANDARD, stages: [{ ...STAGE, key: 'WON' }] }, ['stages/0/key STAGE_KEY']],
    [
      '101 %',
      { ...STANDARD, stages: [{ ...STAGE, probabilityPct: '101' }] },
      ['stages/0/probabilityPct PERCENT'],
    ],
    [
      'a number',
      { ...STANDARD, stages: [{ ...STAGE, probabilityPct: 10 }] },
      ['stages/0/probabilityPct PERCENT'],
    ],
    [
      'CLOSED while open',
      { ...STANDARD, stages: [{ ...STAGE, forecast: 'CLOSED' }] },
      ['stages/0/forecast FORECAST'],
    ],
    ['the same stage twice', { ...STANDARD, stages: [STAGE, STAGE] }, ['stages REPEATED']],
    [
      'an unknown check',
      { ...STANDARD, stages: [{ ...STAGE, exit: [{ kind: 'LUCK' }] }] },
      ['stages/0/exit/0 CRITERION'],
    ],
    [
      'an item without words',
      { ...STANDARD, stages: [{ ...STAGE, exit: [{ kind: 'CHECK', key: 'a' }] }] },
      ['stages/0/exit/0/label LABEL'],
    ],
    ['no reasons', { ...STANDARD, lossReasons: [] }, ['lossReasons LOSS_REASONS']],
    ['no patience', { ...STANDARD, stuckDays: 0 }, ['stuckDays DAYS']],
    ['half a day', { ...STANDARD, slipWorkDays: 1.5 }, ['slipWorkDays DAYS']],
  ])('with %s is told so', (_, content, expected) => {
    expect(found(content)).toEqual(expected);
  });

  it('may fall, but somebody should look at it', () => {
    const stages = [STANDARD.stages[1]!, STANDARD.stages[0]!];
    expect(lintPipeline({ ...STANDARD, stages })).toMatchObject([{ code: 'FALLING', severity: 'WARNING' }]);
  });
});
