import { describe, expect, it } from '@jest/globals';
import { company, FACTS, grant, people, person, row, stage } from '../../../test/builders/approval.js';
import type { Resolver } from './stage-spec.js';
import { buildPlan } from './plan.js';
import { staffStage } from './resolve.js';

const CHAIN = (mode: 'EVERY_LEVEL' | 'FINAL_ONLY' | 'FIRST_AND_FINAL'): Resolver => ({
  kind: 'CHAIN_TO_LIMIT',
  mode,
  topRole: null,
});
const who = (amount: string) => ({ ...FACTS, exposure: { amount, currency: 'CNY' } });
const holders = (staffing: ReturnType<typeof staffStage>) => staffing.seats.map((seat) => seat.holderId);

describe('chain to a money limit', () => {
  it.each<[string, 'EVERY_LEVEL' | 'FINAL_ONLY' | 'FIRST_AND_FINAL', string[]]>([
    ['499999.99', 'FINAL_ONLY', ['lead']],
    ['500000', 'FINAL_ONLY', ['lead']],
    ['500000.01', 'FINAL_ONLY', ['director']],
    ['1000000', 'EVERY_LEVEL', ['lead', 'director']],
    ['1000000.01', 'EVERY_LEVEL', ['lead', 'director', 'boss']],
    ['4000000', 'FIRST_AND_FINAL', ['lead', 'boss']],
    ['400000', 'FIRST_AND_FINAL', ['lead']],
  ])('AE-MGR-1 %s CNY, %s asks %j', (amount, mode, expected) => {
    expect(holders(staffStage(stage('x', { resolver: CHAIN(mode) }), who(amount), company()))).toEqual(
      expected,
    );
  });

  it('AE-MGR-1 too weak a top is the empty policy', () => {
    const staffing = staffStage(stage('x', { resolver: CHAIN('FINAL_ONLY') }), who('5000000.01'), company());
    expect(staffing).toMatchObject({ outcome: 'BLOCK', code: 'EMPTY' });
  });

  it('AE-MGR-1 an inactive manager is skipped and named', () => {
    const directory = company(
      person('lead', {
        active: false,
        managerId: 'director',
        grants: [grant('TEAM_LEAD', 'team', '500000')],
      }),
    );
    const staffing = staffStage(stage('x', { resolver: CHAIN('FINAL_ONLY') }), who('100'), directory);
    expect(holders(staffing)).toEqual(['director']);
    expect(staffing.dropped).toEqual([{ personId: 'lead', code: 'INACTIVE' }]);
  });

  it('AE-MGR-1 a cycle is an error of the organisation', () => {
    const directory = company(person('boss', { managerId: 'lead' }));
    expect(() =>
      staffStage(stage('x', { resolver: CHAIN('FINAL_ONLY') }), who('99999999'), directory),
    ).toThrow('ORG_CYCLE');
  });

  it('AE-MGR-1 a limit in another currency is no authority', () => {
    const usd = { ...FACTS, exposure: { amount: '1', currency: 'USD' } };
    expect(staffStage(stage('x', { resolver: CHAIN('FINAL_ONLY') }), usd, company()).outcome).toBe('BLOCK');
  });
});

describe('role holders', () => {
  it('NEAREST takes the closest scope, EVERY all that cover the unit', () => {
    const directory = company(
      person('lead2', { grants: [grant('TEAM_LEAD', 'region')] }),
      person('lead3', { grants: [grant('TEAM_LEAD', 'elsewhere')] }),
    );
    const role = (take: 'NEAREST' | 'EVERY') =>
      stage('x', { resolver: { kind: 'ROLE', role: 'TEAM_LEAD', take } });
    expect(holders(staffStage(role('NEAREST'), FACTS, directory))).toEqual(['lead']);
    expect(holders(staffStage(role('EVERY'), FACTS, directory))).toEqual(['lead', 'lead2']);
  });

  it('AE-ABS-5 an absent member of a pool is left out while others can act', () => {
    const directory = company(
      person('f1', {
        grants: [grant('FINANCE')],
        away: { until: '2026-04-01T00:00:00.000Z', delegateId: 'boss' },
      }),
    );
    const staffing = staffStage(
      stage('x', { resolver: { kind: 'ROLE', role: 'FINANCE', take: 'EVERY' } }),
      FACTS,
      directory,
    );
    expect(holders(staffing)).toEqual(['f2', 'f3', 'f4']);
    expect(staffing.dropped).toEqual([{ personId: 'f1', code: 'AWAY' }]);
  });
});

describe('absence', () => {
  const away = (delegateId: string | null) => ({ until: '2026-04-01T00:00:00.000Z', delegateId });
  const lead = (delegateId: string | null) =>
    person('lead', {
      managerId: 'director',
      grants: [grant('TEAM_LEAD', 'team', '500000')],
      away: away(delegateId),
    });

  it('the delegate holds the seat, the owner stays named', () => {
    const [seat] = staffStage(stage('x'), FACTS, company(lead('f1'))).seats;
    expect(seat).toMatchObject({ ownerId: 'lead', holderId: 'f1' });
  });

  it('AE-ABS-3 a chain of delegates is followed', () => {
    const directory = company(lead('f1'), person('f1', { away: away('f2') }));
    expect(holders(staffStage(stage('x'), FACTS, directory))).toEqual(['f2']);
  });

  it('AE-ABS-3 two who stand in for each other fall back to the manager', () => {
    const directory = company(lead('f1'), person('f1', { away: away('lead') }));
    expect(holders(staffStage(stage('x'), FACTS, directory))).toEqual(['director']);
  });

  it('AE-SOD-3 the initiator never becomes the delegate', () => {
    expect(holders(staffStage(stage('x'), FACTS, company(lead('rep'))))).toEqual(['director']);
  });
});

describe('the initiator among the approvers', () => {
  const own = { ...FACTS, initiatorId: 'lead', selfIds: ['lead'] };

  it('AE-SELF-1 goes up one level', () => {
    expect(holders(staffStage(stage('x'), own, company()))).toEqual(['director']);
  });

  it('AE-SELF-1 REMOVE_IF_OTHERS leaves the others', () => {
    expect(
      holders(staffStage(stage('x', { ...people('lead', 'f1'), self: 'REMOVE_IF_OTHERS' }), own, company())),
    ).toEqual(['f1']);
  });

  it('AE-SELF-1 BLOCK blocks', () => {
    expect(staffStage(stage('x', { self: 'BLOCK' }), own, company())).toMatchObject({
      outcome: 'BLOCK',
      code: 'SELF',
    });
  });

  it('AE-SELF-1 another account of the same human is the same person', () => {
    const directory = company(person('lead-2nd', { identity: 'lead', managerId: 'director' }));
    expect(holders(staffStage(stage('x', people('lead-2nd')), own, directory))).toEqual(['director']);
  });

  it('AE-SELF-1 ALLOW only below its cap', () => {
    const allow = stage('x', { self: { kind: 'ALLOW', cap: '1000', currency: 'CNY' } });
    expect(
      holders(staffStage(allow, { ...own, exposure: { amount: '1000', currency: 'CNY' } }, company())),
    ).toEqual(['lead']);
    expect(
      holders(staffStage(allow, { ...own, exposure: { amount: '1000.01', currency: 'CNY' } }, company())),
    ).toEqual(['director']);
  });

  it('AE-SELF-2 the top of the tree never passes itself', () => {
    const top = { ...FACTS, initiatorId: 'boss', selfIds: ['boss'] };
    expect(staffStage(stage('x', people('boss')), top, company())).toMatchObject({
      outcome: 'BLOCK',
      code: 'EMPTY',
    });
    const board = stage('x', { ...people('boss'), empty: { kind: 'FALLBACK', role: 'FINANCE' } });
    expect(holders(staffStage(board, top, company()))).toEqual(['f1', 'f2', 'f3', 'f4']);
  });
});

describe('nobody to ask', () => {
  const nobody = { resolver: { kind: 'ROLE', role: 'HR', take: 'EVERY' } } as const;
  it.each([
    ['BLOCK', stage('x', { ...nobody }), 'BLOCK', []],
    ['SKIP needs low risk', stage('x', { ...nobody, empty: { kind: 'SKIP' } }), 'BLOCK', []],
    ['SKIP', stage('x', { ...nobody, empty: { kind: 'SKIP' }, risk: 'LOW' }), 'SKIP', []],
    ['UP_CHAIN', stage('x', { ...nobody, empty: { kind: 'UP_CHAIN' } }), 'SEATS', ['lead']],
    ['ADMIN_QUEUE', stage('x', { ...nobody, empty: { kind: 'ADMIN_QUEUE' } }), 'SEATS', ['a1']],
    ['FALLBACK', stage('x', { ...nobody, empty: { kind: 'FALLBACK', role: 'LEGAL' } }), 'SEATS', ['l1']],
  ])('AE-EMPTY-1 %s', (_name, spec, outcome, expected) => {
    const staffing = staffStage(spec, FACTS, company());
    expect(staffing.outcome).toBe(outcome);
    expect(holders(staffing)).toEqual(expected);
  });
});

describe('the plan', () => {
  const specs = [stage('b', { block: 2 }), stage('a'), stage('c', { block: 2, branch: 'x' })];
  const input = (rows = [row('b', 'a'), row('a')]) => ({
    rows,
    stages: specs,
    who: FACTS,
    directory: company(),
    policyVersion: 3,
  });

  it('AE-PLAN-3 is the union of the rows, ordered by block, each stage once with every reason', () => {
    const plan = buildPlan(input());
    expect(plan.stages.map(({ spec }) => spec.key)).toEqual(['a', 'b']);
    expect(plan.stages[0]!.why.map(({ rowId }) => rowId)).toEqual(['row-b-a', 'row-a']);
    expect(plan.notAsked).toEqual([{ stageKey: 'c', title: 'c' }]);
  });

  it('AE-PLAN-3 the stricter quorum wins', () => {
    const strict = { ...row('a'), quorum: { a: { kind: 'ALL' } as const } };
    expect(buildPlan(input([row('a'), strict])).stages[0]!.spec.quorum).toEqual({ kind: 'ALL' });
  });

  it('AE-PLAN-1 equal inputs give byte-equal plans', () => {
    expect(JSON.stringify(buildPlan(input()))).toBe(JSON.stringify(buildPlan(input())));
    const shuffled = { ...company(), people: Object.fromEntries(Object.entries(company().people).reverse()) };
    const pool = [stage('p', { resolver: { kind: 'ROLE', role: 'FINANCE', take: 'EVERY' } })];
    const plan = (directory = company()) => buildPlan({ ...input([row('p')]), stages: pool, directory });
    expect(JSON.stringify(plan(shuffled))).toBe(JSON.stringify(plan()));
  });

  it('AE-Q-8 one human twice in a stage is one seat', () => {
    const directory = company(person('f1b', { identity: 'f1', grants: [grant('FINANCE')] }));
    const staffing = staffStage(
      stage('x', { resolver: { kind: 'PERSON', personIds: ['f1', 'f1b'], weights: { f1b: 3 } } }),
      FACTS,
      directory,
    );
    expect(staffing.seats).toMatchObject([{ holderId: 'f1', weight: 3 }]);
  });

  it('AE-PLAN-5 a chosen approver outside the range is dropped', () => {
    const spec = stage('x', { resolver: { kind: 'INITIATOR_CHOICE', among: 'FINANCE' } });
    const staffing = staffStage(spec, { ...FACTS, chosen: { x: ['f2', 'l1'] } }, company());
    expect(holders(staffing)).toEqual(['f2']);
    expect(staffing.dropped).toEqual([{ personId: 'l1', code: 'NOT_ALLOWED' }]);
  });
});
