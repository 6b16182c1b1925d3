import { describe, expect, it } from '@jest/globals';
import type { ApprovalPolicyContent, PolicyInput } from '../domain/approval/policy.js';
import type { Resolver } from '../domain/approval/stage-spec.js';
import { DomainError } from '../domain/errors.js';
import { bindStages } from './bind.js';
import { lintPolicy } from './lint.js';
import { decisionTable, LADDERS, stage } from './seed/build.js';
import { isApprovalContent } from './shape.js';

const INPUTS: readonly PolicyInput[] = [
  { name: 'amount', label: 'Amount', type: 'decimal' },
  { name: 'area', label: 'Area', type: 'string', values: ['NORTH', 'SOUTH'] },
  { name: 'approver', label: 'Approver', type: 'string' },
  { name: 'helpers', label: 'Helpers', type: 'strings' },
];
const FACTS = { amount: '100000.01', area: 'NORTH', approver: 'p1', helpers: ['p2', 'p3'] };

const spec = (resolver: Resolver) => stage({ key: 'S', title: 'x', block: 0, branch: 'S', resolver });
const expression = (text: string, yields: 'PERSONS' | 'ROLES' = 'ROLES'): Resolver => ({
  kind: 'EXPRESSION',
  yields,
  expression: text,
});

function bound(resolver: Resolver, facts = FACTS): Resolver {
  return bindStages([spec(resolver)], new Set(['S']), facts)[0]!.resolver;
}

describe('AE-PLAN-4 what a resolver takes from the facts', () => {
  it.each<[Resolver, Partial<Resolver>]>([
    [{ kind: 'FORM_FIELD', input: 'approver' }, { personIds: ['p1'] } as Partial<Resolver>],
    [{ kind: 'FORM_FIELD', input: 'helpers' }, { personIds: ['p2', 'p3'] } as Partial<Resolver>],
    [{ kind: 'HEAD', unit: { input: 'area' } }, { unitId: 'NORTH' } as Partial<Resolver>],
    [expression("number(amount) > 100000 ? 'CFO' : 'FINANCE'"), { found: ['CFO'] } as Partial<Resolver>],
    [expression("area == 'NORTH' ? ['LEGAL', 'CFO'] : []"), { found: ['LEGAL', 'CFO'] } as Partial<Resolver>],
    [expression('helpers', 'PERSONS'), { found: ['p2', 'p3'] } as Partial<Resolver>],
    [expression("area == 'SOUTH' ? 'CFO' : ''"), { found: [] } as Partial<Resolver>],
  ])('%j', (resolver, found) => {
    expect(bound(resolver)).toEqual({ ...resolver, ...found });
  });

  it('a boundary is exact', () => {
    const over = expression("number(amount) > 100000 ? 'CFO' : 'FINANCE'");
    expect(bound(over, { ...FACTS, amount: '100000.00' })).toMatchObject({ found: ['FINANCE'] });
  });

  it('of a group each part by itself; of a stage that is not asked nothing', () => {
    const groups: Resolver = { kind: 'GROUPS', groups: { a: { kind: 'FORM_FIELD', input: 'approver' } } };
    expect(bound(groups)).toMatchObject({ groups: { a: { personIds: ['p1'] } } });
    const broken = spec(expression("number(amount) > 1 ? 'KING' : 'CFO'"));
    expect(bindStages([broken], new Set(), FACTS)).toEqual([broken]);
  });

  it.each([
    ["number(amount) > 1 ? 'KING' : 'CFO'", 'ROLES'],
    ['number(amount)', 'ROLES'],
    ['[1, 2]', 'PERSONS'],
    ["['']", 'PERSONS'],
    ["number('x') > 1 ? 'CFO' : 'CFO'", 'ROLES'],
  ] as const)('%s gives no %s: POLICY_ERROR at the expression', (text, yields) => {
    const refused = (() => {
      try {
        return bound(expression(text, yields));
      } catch (error) {
        return error as DomainError;
      }
    })();
    expect(refused).toBeInstanceOf(DomainError);
    expect(refused).toMatchObject({
      code: 'POLICY_ERROR',
      fields: [{ pointer: '/stages/S/resolver/expression', code: 'EXPRESSION' }],
    });
  });
});

function content(resolver: Resolver): ApprovalPolicyContent {
  return {
    jdm: decisionTable(INPUTS, [{ id: 'r1', when: {}, stages: ['S'], rule: 'r', text: 't' }]),
    inputs: INPUTS,
    stages: [spec(resolver)],
    ladders: LADDERS,
    withdraw: 'ANYTIME',
  };
}

describe('the linter reports a resolver at its place', () => {
  const long = `number(amount) > 1 ? 'CFO' : '${'x'.repeat(500)}'`;
  it.each<[string, Resolver, string[]]>([
    ['an expression', expression("number(amount) > 100000 ? 'CFO' : ['FINANCE', 'LEGAL']"), []],
    ['of persons', expression("area == 'NORTH' ? approver : 'p9'", 'PERSONS'), []],
    ['of a list of persons', expression('helpers', 'PERSONS'), []],
    ['an unknown role', expression("number(amount) > 7 ? 'KING' : 'CFO'"), ['S/resolver EXPRESSION']],
    ['a number', expression('number(amount)'), ['S/resolver EXPRESSION']],
    ['no expression at all', expression("'CFO' ' '"), ['S/resolver EXPRESSION']],
    ['random', expression("rand(2) > 1 ? 'CFO' : 'LEGAL'"), ['S/resolver WORD']],
    ['the clock', expression("d('now') > 1 ? 'CFO' : 'LEGAL'"), ['S/resolver WORD']],
    ['an undeclared fact', expression("margin == '1' ? 'CFO' : 'LEGAL'"), ['S/resolver WORD']],
    ['a loop', expression("some([1..1000000000], # > 5) ? 'CFO' : 'LEGAL'"), ['S/resolver LOOP']],
    ['too long', expression(long), ['S/resolver CELL_TOO_LONG']],
    ['too deep', expression(`${'('.repeat(40)}'CFO'${')'.repeat(40)}`), ['S/resolver TOO_DEEP']],
    ['a form field', { kind: 'FORM_FIELD', input: 'approver' }, []],
    ['an undeclared form field', { kind: 'FORM_FIELD', input: 'boss' }, ['S/resolver UNKNOWN_INPUT']],
    ['a form field of numbers', { kind: 'FORM_FIELD', input: 'amount' }, ['S/resolver RESOLVER_INPUT']],
    ['the head of a list', { kind: 'HEAD', unit: { input: 'helpers' } }, ['S/resolver RESOLVER_INPUT']],
    ['the head of the initiator’s unit', { kind: 'HEAD', unit: 'INITIATOR' }, []],
  ])('%s', async (_, resolver, expected) => {
    const problems = await lintPolicy(content(resolver));
    expect([...new Set(problems.map(({ at, code }) => `${at} ${code}`))]).toEqual(expected);
  });

  it.each<[unknown, boolean]>([
    [{ kind: 'HEAD', unit: 'INITIATOR' }, true],
    [{ kind: 'HEAD', unit: { input: 'area' } }, true],
    [{ kind: 'HEAD', unit: 'SOMEBODY' }, false],
    [{ kind: 'HEAD', unit: 'INITIATOR', unitId: 'x' }, false],
    [{ kind: 'FORM_FIELD', input: 'approver', personIds: ['x'] }, false],
    [{ kind: 'EXPRESSION', yields: 'ROLES', expression: ' ' }, false],
    [{ kind: 'EXPRESSION', yields: 'UNITS', expression: 'area' }, false],
    [{ kind: 'INITIATOR_CHOICE', among: 'LEGAL', scope: 'EVERYWHERE' }, true],
    [{ kind: 'INITIATOR_CHOICE', among: 'LEGAL', scope: 'MOON' }, false],
  ])('the form of %j', (resolver, expected) => {
    expect(isApprovalContent(content(resolver as Resolver))).toBe(expected);
  });
});
