import { describe, expect, it } from '@jest/globals';
import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import { lintPolicy } from './lint.js';
import { decisionTable, LADDERS, stage } from './seed/build.js';
import { isApprovalContent } from './shape.js';

const AMOUNT = { name: 'amount', label: 'Amount', type: 'decimal' } as const;

function policy(over: Partial<ApprovalPolicyContent> = {}): ApprovalPolicyContent {
  const spec = stage({
    key: 'S',
    title: 'x',
    block: 0,
    branch: 'S',
    resolver: { kind: 'MANAGER', levels: 1 },
  });
  return {
    jdm: decisionTable([AMOUNT], [{ id: 'r1', when: {}, stages: ['S'], rule: 'r', text: 't' }]),
    inputs: [AMOUNT],
    stages: [spec],
    ladders: LADDERS,
    withdraw: 'ANYTIME',
    ...over,
  };
}

describe('people in several stages (AE-DUP-1)', () => {
  it.each<[unknown, boolean]>([
    [undefined, true],
    ['NONE', true],
    ['ADJACENT', true],
    ['FIRST_COUNTS', true],
    ['LAST_COUNTS', true],
    ['SOMETIMES', false],
    [true, false],
  ])('dedupe: %j', (dedupe, expected) => {
    expect(isApprovalContent({ ...policy(), dedupe })).toBe(expected);
  });

  it.each<[unknown, boolean]>([
    [true, true],
    ['yes', false],
  ])('freshLook: %j', (freshLook, expected) => {
    const [spec] = policy().stages;
    expect(isApprovalContent({ ...policy(), stages: [{ ...spec, freshLook }] })).toBe(expected);
  });

  it.each<[NonNullable<ApprovalPolicyContent['dedupe']>, string[]]>([
    ['NONE', ['S FRESH_LOOK_UNUSED WARNING']],
    ['ADJACENT', []],
  ])('a fresh look under %s', async (dedupe, expected) => {
    const stages = policy().stages.map((spec) => ({ ...spec, freshLook: true }));
    const problems = await lintPolicy(policy({ dedupe, stages }));
    expect(problems.map(({ at, code, severity }) => `${at} ${code} ${severity}`)).toEqual(expected);
  });
});
