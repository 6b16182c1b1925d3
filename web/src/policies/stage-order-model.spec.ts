import { describe, expect, it } from '@jest/globals';
import {
  addStage,
  aloneAfter,
  duplicateStage,
  layoutOf,
  moveStage,
  offeredPlaces,
  placeStage,
  removeStage,
  renameStage,
  rowsAsking,
} from './stage-order-model.js';
import { readTable } from './table-model.js';

const stage = (key: string, block: number, branch: string, rank = 0) => ({
  key,
  title: key,
  block,
  branch,
  rank,
});

/** LEAD then DIRECTOR, beside them LEGAL; afterwards CEO; its table asks for LEAD twice. */
const CONTENT = {
  inputs: [],
  stages: [
    stage('LEAD', 0, 'line'),
    stage('DIRECTOR', 0, 'line', 1),
    stage('LEGAL', 0, 'legal'),
    { ...stage('CEO', 1, 'main'), onReject: { kind: 'RETURN_STAGE', key: 'LEAD' } },
  ],
  ladders: [],
  separation: [
    { kind: 'DISTINCT', stages: ['LEAD', 'CEO'] },
    { kind: 'MIN_PERSONS', count: 2 },
  ],
  cc: [{ on: 'STAGE_PASSED', stageKey: 'LEAD', to: { kind: 'MANAGER', levels: 1 } }],
  cases: [{ name: 'one', facts: {}, stages: ['LEAD'] }],
  jdm: {
    nodes: [
      {
        type: 'decisionTableNode',
        content: {
          inputs: [],
          outputs: [
            { id: 'o-stages', field: 'stages' },
            { id: 'o-quorum', field: 'quorum' },
            { id: 'o-rule', field: 'rule' },
          ],
          rules: [
            {
              _id: 'r1',
              'o-stages': '["LEAD"]',
              'o-quorum': '{"LEAD":{"kind":"ALL"}}',
              'o-rule': '"LEAD signs"',
            },
            { _id: 'r2', 'o-stages': '["LEAD","CEO"]', 'o-quorum': '', 'o-rule': '"both"' },
          ],
        },
      },
    ],
  },
};
type Content = Parameters<typeof layoutOf>[0];

/** `LEAD>DIRECTOR|LEGAL CEO`: steps by space, branches by |, turns by >. */
const written = (content: Content): string =>
  layoutOf(content)
    .map((step) => step.map((branch) => branch.map(({ key }) => String(key)).join('>')).join('|'))
    .join(' ');

describe('AE-POL-1 the order of stages in the editor', () => {
  it('is read as steps, branches and turns, whatever order they are written in', () => {
    expect(written(CONTENT)).toBe('LEAD>DIRECTOR|LEGAL CEO');
    expect(written({ ...CONTENT, stages: [...CONTENT.stages].reverse() })).toBe('LEGAL|LEAD>DIRECTOR CEO');
  });

  it.each<[string, -1 | 1, string]>([
    ['DIRECTOR', -1, 'DIRECTOR>LEAD|LEGAL CEO'],
    ['LEAD', 1, 'DIRECTOR>LEAD|LEGAL CEO'],
    ['LEAD', -1, 'LEAD DIRECTOR|LEGAL CEO'],
    ['LEGAL', 1, 'LEAD>DIRECTOR LEGAL CEO'],
    ['CEO', -1, 'CEO LEAD>DIRECTOR|LEGAL'],
    ['CEO', 1, 'LEAD>DIRECTOR|LEGAL CEO'],
  ])('%s moved by %d', (key, by, order) => {
    expect(written(moveStage(CONTENT, key, by))).toBe(order);
  });

  it('back and forth is as it was, numbers and all', () => {
    const there = moveStage(CONTENT, 'CEO', -1);
    expect(layoutOf(moveStage(there, 'CEO', 1))).toEqual(layoutOf(CONTENT));
  });

  it('names every other place a stage could run at, and puts it there', () => {
    const places = offeredPlaces(layoutOf(CONTENT), 'CEO');
    expect(places.map(({ step, branch, after }) => [step, branch, after && after['key']])).toEqual([
      [0, null, null],
      [0, 'line', 'DIRECTOR'],
      [0, 'legal', 'LEGAL'],
    ]);
    expect(places.map((place) => written(placeStage(CONTENT, 'CEO', place)))).toEqual([
      'LEAD>DIRECTOR|LEGAL|CEO',
      'LEAD>DIRECTOR>CEO|LEGAL',
      'LEAD>DIRECTOR|LEGAL>CEO',
    ]);
    expect(written(aloneAfter(CONTENT, 'LEAD'))).toBe('DIRECTOR|LEGAL LEAD CEO');
  });

  it('a new stage comes last under a key of its own, a copy right after', () => {
    expect(written(addStage(CONTENT, stage('CEO', 0, 'x')))).toBe('LEAD>DIRECTOR|LEGAL CEO CEO_2');
    const twice = duplicateStage(duplicateStage(CONTENT, 'LEAD'), 'LEAD');
    expect(written(twice)).toBe('LEAD>DIRECTOR|LEGAL LEAD_3 LEAD_2 CEO');
    const numbers = layoutOf(twice).map((step) => step.flat()[0]?.['block']);
    expect(numbers).toEqual([0, 1, 2, 3]);
  });

  it('a removed stage stays named where it was, for the linter to say so', () => {
    const without = removeStage(CONTENT, 'LEAD');
    expect(written(without)).toBe('DIRECTOR|LEGAL CEO');
    expect([rowsAsking(CONTENT, 'LEAD'), rowsAsking(CONTENT, 'CEO'), rowsAsking(without, 'LEAD')]).toEqual([
      2, 1, 2,
    ]);
  });

  it('a renamed stage is renamed wherever it is named, and nowhere else', () => {
    const renamed = renameStage(CONTENT, 'LEAD', 'HEAD');
    expect(written(renamed)).toBe('HEAD>DIRECTOR|LEGAL CEO');
    expect(renamed).toMatchObject({
      separation: [{ stages: ['HEAD', 'CEO'] }, { kind: 'MIN_PERSONS', count: 2 }],
      cc: [{ stageKey: 'HEAD' }],
      cases: [{ stages: ['HEAD'] }],
    });
    expect(layoutOf(renamed).at(-1)?.[0]?.[0]?.['onReject']).toEqual({ kind: 'RETURN_STAGE', key: 'HEAD' });
    expect(readTable(renamed)?.rows).toEqual([
      { _id: 'r1', 'o-stages': '["HEAD"]', 'o-quorum': '{"HEAD":{"kind":"ALL"}}', 'o-rule': '"LEAD signs"' },
      { _id: 'r2', 'o-stages': '["HEAD","CEO"]', 'o-quorum': '', 'o-rule': '"both"' },
    ]);
  });
});
