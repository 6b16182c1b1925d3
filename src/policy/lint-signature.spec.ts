import { describe, expect, it } from '@jest/globals';
import type { LadderSpec, StageSpec } from '../domain/approval/stage-spec.js';
import { lintPolicy } from './lint.js';
import { decisionTable, stage } from './seed/build.js';

const AMOUNT = { name: 'amount', label: 'Amount', type: 'decimal' } as const;
const rungs = {
  FAST: { id: 'auto', kind: 'AUTO_APPROVE', atPercent: 100, cap: { amount: '1000', currency: 'CNY' } },
  SLOW: { id: 'stuck', kind: 'INCIDENT', atPercent: 100 },
} as const;
const LADDERS: LadderSpec[] = [
  { key: 'FAST', workMinutes: 480, rungs: [rungs.FAST, { id: 'end', kind: 'EXPIRE', atPercent: 200 }] },
  { key: 'SLOW', workMinutes: 480, rungs: [rungs.SLOW] },
];

function found(over: Partial<StageSpec>) {
  const resolver = { kind: 'MANAGER', levels: 1 } as const;
  return lintPolicy({
    jdm: decisionTable([AMOUNT], [{ id: 'r1', when: {}, stages: ['S'], rule: 'r', text: 't' }]),
    inputs: [AMOUNT],
    stages: [stage({ key: 'S', title: 'x', block: 0, branch: 'S', resolver, ...over })],
    ladders: LADDERS,
    withdraw: 'ANYTIME',
  });
}

describe('AE-REQ-1 time approves nothing that must be signed', () => {
  it.each<[string, Partial<StageSpec>, string[]]>([
    [
      'an approval is signed',
      { ladder: 'FAST', requires: { APPROVE: ['COMMENT', 'SIGNATURE'] } },
      ['AUTO_APPROVE_UNSIGNED'],
    ],
    ['only a rejection is', { ladder: 'FAST', requires: { REJECT: ['SIGNATURE'] } }, []],
    ['an approval takes a file', { ladder: 'FAST', requires: { APPROVE: ['ATTACHMENT'] } }, []],
    ['time only raises an incident', { ladder: 'SLOW', requires: { APPROVE: ['SIGNATURE'] } }, []],
  ])('%s', async (_case, over, expected) => {
    const problems = await found(over);
    expect(problems.filter(({ code }) => code === 'AUTO_APPROVE_UNSIGNED').map(({ code }) => code)).toEqual(
      expected,
    );
  });

  it('says so in both languages, at the stage', async () => {
    const problems = await found({ ladder: 'FAST', requires: { APPROVE: ['SIGNATURE'] } });
    expect(problems.find(({ code }) => code === 'AUTO_APPROVE_UNSIGNED')).toMatchObject({
      at: 'S',
      severity: 'ERROR',
      message: 'an approval is signed here, which ladder FAST with AUTO_APPROVE could not do',
      messageZh: '该节点的同意需要签名，不能使用到期自动同意的时限阶梯',
    });
  });
});
