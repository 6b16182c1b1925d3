import { describe, expect, it } from '@jest/globals';
import { company, person } from '../../test/builders/approval.js';
import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import type { Separation } from '../domain/approval/separation-rules.js';
import type { LadderSpec, Resolver, StageSpec } from '../domain/approval/stage-spec.js';
import { lintPolicy, type LintSurroundings } from './lint.js';
import { decisionTable, LADDERS, stage } from './seed/build.js';
import { isApprovalContent } from './shape.js';

const AMOUNT = { name: 'amount', label: 'Amount', type: 'decimal' } as const;
const named = (...personIds: string[]): Resolver => ({ kind: 'PERSON', personIds });
const FINANCE: Resolver = { kind: 'ROLE', role: 'FINANCE', take: 'EVERY' };

function policy(
  separation: readonly unknown[],
  over: Readonly<Record<string, Partial<StageSpec>>> = {},
  ladders: readonly LadderSpec[] = LADDERS,
): ApprovalPolicyContent {
  const stages = ['X', 'Y'].map((key, block) =>
    stage({ key, title: key, block, branch: 'a', resolver: FINANCE, ...over[key] }),
  );
  const row = { id: 'r1', when: {}, stages: ['X', 'Y'], rule: 'r', text: 't' };
  return {
    jdm: decisionTable([AMOUNT], [row]),
    inputs: [AMOUNT],
    stages,
    ladders,
    withdraw: 'ANYTIME',
    separation: separation as readonly Separation[],
  };
}

async function found(content: ApprovalPolicyContent, surroundings?: LintSurroundings): Promise<string[]> {
  expect(isApprovalContent(content)).toBe(true);
  const problems = await lintPolicy(content, surroundings);
  return problems.map(({ at, code, severity }) => `${at} ${code} ${severity}`);
}

const AUTO: LadderSpec = {
  key: 'AUTO',
  workMinutes: 60,
  rungs: [
    { id: 'auto', kind: 'AUTO_APPROVE', atPercent: 50, cap: { amount: '1000', currency: 'CNY' } },
    { id: 'end', kind: 'INCIDENT', atPercent: 100 },
  ],
};

describe('AE-SOD-1 constraints that cannot be meant', () => {
  const distinct = { kind: 'DISTINCT', stages: ['X', 'Y'] };
  it.each<[string, ApprovalPolicyContent, string[]]>([
    [
      'all kinds, as they should be',
      policy([
        distinct,
        { kind: 'NOT_INITIATOR' },
        { kind: 'NOT_BENEFICIARY', stages: ['X'] },
        { kind: 'NOT_REPORT_OF_INITIATOR' },
        { kind: 'NOT_BOTH', roles: ['FINANCE', 'LEGAL'] },
        { kind: 'MIN_PERSONS', count: 2 },
      ]),
      [],
    ],
    [
      'a stage that is not there',
      policy([distinct, { kind: 'DISTINCT', stages: ['X', 'Z'] }]),
      ['separation/1 SOD_UNKNOWN_STAGE ERROR'],
    ],
    [
      'a stage that is not there, of another kind',
      policy([{ kind: 'NOT_REPORT_OF_INITIATOR', stages: ['Z'] }]),
      ['separation/0 SOD_UNKNOWN_STAGE ERROR'],
    ],
    [
      'a role that is not there',
      policy([{ kind: 'NOT_BOTH', roles: ['FINANCE', 'KING'] }]),
      ['separation/0 SOD_UNKNOWN_ROLE ERROR'],
    ],
    [
      'a stage distinct from itself',
      policy([{ kind: 'DISTINCT', stages: ['X', 'X'] }]),
      ['separation/0 SOD_SAME ERROR'],
    ],
    [
      'a role twice',
      policy([{ kind: 'NOT_BOTH', roles: ['LEGAL', 'LEGAL'] }]),
      ['separation/0 SOD_SAME ERROR'],
    ],
    [
      'two stages of one and the same person',
      policy([distinct], { X: { resolver: named('a') }, Y: { resolver: named('a', 'a') } }),
      ['separation/0 SOD_UNSATISFIABLE ERROR'],
    ],
    [
      'two stages of two persons',
      policy([distinct], { X: { resolver: named('a') }, Y: { resolver: named('a', 'b') } }),
      [],
    ],
    [
      'more persons than the stages name',
      policy([{ kind: 'MIN_PERSONS', count: 3 }], {
        X: { resolver: named('a') },
        Y: { resolver: named('a', 'b') },
      }),
      ['separation/0 SOD_UNSATISFIABLE ERROR'],
    ],
    [
      'a stage that is a request of its own',
      policy([distinct], { Y: { resolver: { kind: 'CHILD', policyKind: 'approval.x' } } }),
      ['separation/0 SOD_CHILD_STAGE ERROR'],
    ],
    [
      'AE-SLA-2 time approves a stage that is distinct from another',
      policy([distinct], { Y: { ladder: 'AUTO' } }, [...LADDERS, AUTO]),
      ['separation/0 SOD_AUTO_APPROVE ERROR'],
    ],
    [
      'self-approval that is allowed and taken back',
      policy([{ kind: 'NOT_INITIATOR' }], { Y: { self: { kind: 'ALLOW', cap: '1', currency: 'CNY' } } }),
      ['separation/0 SOD_SELF_ALLOWED WARNING'],
    ],
  ])('%s', async (_name, content, expected) => {
    expect(await found(content)).toEqual(expected);
  });

  it('of another form is no policy', () => {
    for (const constraint of [
      { kind: 'DISTINCT', stages: ['X'] },
      { kind: 'MIN_PERSONS', count: 1 },
      { kind: 'SOMETHING' },
      7,
    ])
      expect(isApprovalContent(policy([constraint]))).toBe(false);
  });
});

describe('AE-SOD-1 with the people of today', () => {
  const legal: Resolver = { kind: 'ROLE', role: 'LEGAL', take: 'EVERY' };
  const distinct = { kind: 'DISTINCT', stages: ['X', 'Y'] };
  it('one person holds both stages, whoever submits', async () => {
    const content = policy([distinct], { X: { resolver: legal }, Y: { resolver: legal } });
    expect(await found(content, { directory: company() })).toEqual(['Y SOD_UNSATISFIABLE ERROR']);
    const second = company(
      person('l2', { grants: [{ role: 'LEGAL', unitId: null, limit: null, currency: null }] }),
    );
    expect(await found(content, { directory: second })).not.toContain('Y SOD_UNSATISFIABLE ERROR');
  });
});
