import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, people, planOf, stage } from '../../../test/builders/approval.js';
import type { DomainError } from '../errors.js';
import type { ApprovalCommand } from './command.js';
import type { Measure } from './envelope.js';
import type { RoundFacts } from './events.js';
import type { DimensionSpec, StageSpec } from './stage-spec.js';

const DISCOUNT: DimensionSpec = { name: 'discountPct', direction: 'AT_MOST', widest: '20' };
const TERM: DimensionSpec = { name: 'termDays', direction: 'AT_MOST' };
const ALL = { quorum: { kind: 'ALL' as const } };

const facts = (
  values: Record<string, Measure>,
  subjectHash: string,
  over: Partial<RoundFacts> = {},
): RoundFacts => ({
  ...FACTS,
  subjectHash,
  measured: { values: { discountPct: '15', termDays: '30', ...values }, currency: 'CNY', shared: [] },
  ...over,
});
const lead = stage('lead', { envelope: [DISCOUNT] });
const finance = stage('finance', { rank: 2, envelope: [TERM], ...people('f1') });
const boss = stage('boss', { rank: 3, envelope: [DISCOUNT, TERM], ...people('boss') });
const submitted = (...specs: StageSpec[]) => new Case(specs, { facts: facts({}, 'hash-1') });

interface Edit {
  accept?: string[];
  specs?: readonly StageSpec[];
  over?: Partial<RoundFacts>;
  vote?: Partial<Extract<ApprovalCommand, { type: 'DECIDE' }>>;
}
const edit = (
  request: Case,
  by: string,
  values: Record<string, Measure>,
  { accept = [], specs, over, vote }: Edit = {},
) => {
  const of = facts(values, `hash-${JSON.stringify(values)}`, over);
  const plan = planOf(specs ?? request.specs, request.directory, of);
  return request.vote(by, 'APPROVE', {
    edit: { facts: of, plan, fields: Object.keys(values), accept },
    ...vote,
  });
};
const refusal = (work: () => unknown): DomainError => {
  try {
    work();
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('expected a refusal');
};
const visits = (request: Case) =>
  Object.fromEntries(request.current.stages.map(({ spec, visit, state }) => [spec.key, `${state} ${visit}`]));

describe('AE-SUB-2 an approver edits with their own decision', () => {
  it.each<[string, Record<string, Measure>, string[]]>([
    ['less discount is inside what the lead approved', { discountPct: '14' }, []],
    ['the very bound is', { discountPct: '15.00' }, []],
    ['more discount is not', { discountPct: '15.01' }, ['lead']],
    ['a longer term is not the lead’s to answer for', { termDays: '60' }, []],
    ['both at once', { discountPct: '16', termDays: '60' }, ['lead']],
  ])('%s', (_what, values, broken) => {
    const request = submitted(lead, finance, boss);
    request.vote('lead', 'APPROVE');
    const before = request.current;
    if (broken.length > 0) {
      const refused = refusal(() => edit(request, 'f1', values));
      expect(refused).toMatchObject({ code: 'WOULD_INVALIDATE' });
      const { stages } = refused.details as { stages: { stageKey: string }[] };
      expect(stages.map(({ stageKey }) => stageKey)).toEqual(broken);
      expect(request.current).toBe(before);
    }
    edit(request, 'f1', values, { accept: broken });
    expect(request.current.subjectHash).toBe(`hash-${JSON.stringify(values)}`);
    expect(request.stageState('finance')).toBe('PASSED');
    expect(request.holders()).toEqual(broken.length > 0 ? ['lead'] : ['boss']);
  });

  it('edit and decision are one: the answer is to the new content, and its envelope holds the new values', () => {
    const request = submitted(lead, finance);
    request.vote('lead', 'APPROVE');
    const events = edit(request, 'f1', { termDays: '60' });
    expect(events.map(({ type }) => type).slice(0, 2)).toEqual(['subject.edited', 'seat.decided']);
    expect(events[0]).toMatchObject({
      from: 'hash-1',
      subjectHash: 'hash-{"termDays":"60"}',
      fields: ['termDays'],
    });
    expect(request.lastSeat('f1')!.decision).toMatchObject({
      subjectHash: 'hash-{"termDays":"60"}',
      edited: true,
      envelope: { bounds: [{ name: 'termDays', allowed: '60' }] },
    });
    expect(request.current.state).toBe('APPROVED');
  });

  it('accepted, the broken stage opens its next visit with fresh people; the decider’s own yes stands', () => {
    const request = submitted(lead, finance, boss);
    request.vote('lead', 'APPROVE');
    edit(request, 'f1', { discountPct: '16' }, { accept: ['lead'] });
    expect(visits(request)).toEqual({ lead: 'ACTIVE 2', finance: 'PASSED 1', boss: 'PLANNED 0' });
    request.vote('lead', 'APPROVE');
    expect(request.holders()).toEqual(['boss']);
    request.vote('boss', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('whoever is asked again is told the reasons of the new content, not those of the old', () => {
    const request = submitted(lead, finance);
    request.vote('lead', 'APPROVE');
    const of = facts({ discountPct: '16' }, 'x');
    const plan = planOf(request.specs, request.directory, of);
    const why = [{ rule: 'now', text: '16 %', inputs: {}, policyVersion: 1, rowId: 'r' }];
    const stages = plan.stages.map((planned) => ({ ...planned, why }));
    const change = { facts: of, plan: { ...plan, stages }, fields: [], accept: ['lead'] };
    request.vote('f1', 'APPROVE', { edit: change });
    expect(request.openSeat('lead')!.why[0]!.text).toBe('16 % → named by the policy');
    expect(request.lastSeat('f1')!.why[0]!.text).toBe('test row → named by the policy');
  });

  it('accepting one stage does not accept another', () => {
    const other = stage('director', { branch: 'b', envelope: [DISCOUNT], ...people('director') });
    const request = submitted(lead, other, finance);
    request.vote('lead', 'APPROVE');
    request.vote('director', 'APPROVE');
    expect(refusal(() => edit(request, 'f1', { discountPct: '16' }, { accept: ['lead'] })).code).toBe(
      'WOULD_INVALIDATE',
    );
    edit(request, 'f1', { discountPct: '16' }, { accept: ['lead', 'director'] });
    expect(request.holders().sort()).toEqual(['director', 'lead']);
  });

  it('in a countersign only those whose own yes is left are asked again, the decider is not', () => {
    const both = stage('both', { envelope: [DISCOUNT], ...ALL, ...people('f1', 'f2', 'f3') });
    const request = submitted(both, boss);
    request.vote('f1', 'APPROVE', { envelope: [{ dimension: 'discountPct', allowed: '18' }] });
    request.vote('f2', 'APPROVE');
    edit(request, 'f3', { discountPct: '16' }, { accept: ['both'] });
    expect(visits(request)['both']).toBe('ACTIVE 2');
    expect(request.holders()).toEqual(['f2']);
    request.vote('f2', 'APPROVE');
    expect(request.holders()).toEqual(['boss']);
  });

  it('open tasks of others stay, and whoever has the old page open is told', () => {
    const request = submitted(lead, stage('legal', { branch: 'b', ...people('l1') }));
    const [task, seen] = [request.openSeat('l1')!, request.current.subjectHash];
    edit(request, 'lead', { discountPct: '12' });
    expect(request.openSeat('l1')).toEqual(task);
    expect(() => request.vote('l1', 'APPROVE', { subjectHash: seen })).toThrow('STALE_SUBJECT');
    request.vote('l1', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('a stage without dimensions approved the very content: any edit breaks it', () => {
    const request = submitted(stage('lead'), finance);
    request.vote('lead', 'APPROVE');
    expect(refusal(() => edit(request, 'f1', { termDays: '20' })).details).toMatchObject({
      stages: [{ stageKey: 'lead', code: 'OUTSIDE', breaches: [{ dimension: 'content' }] }],
    });
  });

  it('the same content is no edit', () => {
    const request = submitted(lead, finance);
    const of = facts({}, 'hash-1');
    request.vote('lead', 'APPROVE', {
      edit: { facts: of, plan: planOf(request.specs, request.directory, of), fields: [], accept: [] },
    });
    expect(request.log.some(({ type }) => type === 'subject.edited')).toBe(false);
    expect(request.lastSeat('lead')!.decision!.edited).toBeUndefined();
  });

  it.each(['REJECT', 'RETURN', 'ABSTAIN'] as const)('goes with no %s', (action) => {
    const request = submitted(lead, finance);
    const of = facts({ discountPct: '12' }, 'x');
    const change = { facts: of, plan: planOf(request.specs, request.directory, of), fields: [], accept: [] };
    expect(() => request.vote('lead', action, { edit: change })).toThrow('ACTION_NOT_ALLOWED');
  });

  it('is not taken back with the answer: the next one may change it again', () => {
    const request = submitted(lead, finance);
    edit(request, 'lead', { discountPct: '12' });
    expect(() => request.retract('lead')).toThrow('EDITED_WITH_ANSWER');
  });
});

describe('AE-SUB-2 the path of the edited content', () => {
  it('a stage that is newly needed is added in its place, and asked', () => {
    const request = submitted(lead, boss);
    edit(request, 'lead', { termDays: '60' }, { specs: [lead, finance, boss] });
    expect(request.current.stages.map(({ spec }) => spec.key)).toEqual(['lead', 'finance', 'boss']);
    expect(request.holders()).toEqual(['f1']);
  });

  it('one that nobody has answered and nobody needs is left out, its task ends; back again, it is asked', () => {
    const request = submitted(lead, stage('legal', { branch: 'b', ...people('l1') }), boss);
    edit(request, 'lead', { discountPct: '5' }, { specs: [lead, boss] });
    expect(request.current.stages.find(({ spec }) => spec.key === 'legal')).toMatchObject({
      state: 'SKIPPED',
      code: 'NOT_NEEDED',
    });
    expect(request.holders()).toEqual(['boss']);
    edit(request, 'boss', { discountPct: '6' }, { accept: ['lead'] });
    expect(request.holders().sort()).toEqual(['l1', 'lead']);
  });

  it('an answer that holds stays, though nobody would ask for it', () => {
    const request = submitted(lead, finance, boss);
    request.vote('lead', 'APPROVE');
    edit(request, 'f1', { termDays: '20' }, { specs: [finance, boss] });
    expect(visits(request)).toEqual({ lead: 'PASSED 1', finance: 'PASSED 1', boss: 'ACTIVE 1' });
  });

  it('a stage that is asked in another way is asked again', () => {
    const request = submitted(lead, finance, boss);
    request.vote('lead', 'APPROVE');
    const stricter = stage('lead', { envelope: [DISCOUNT], ...ALL, ...people('lead', 'director') });
    const refused = refusal(() =>
      edit(request, 'f1', { termDays: '60' }, { specs: [stricter, finance, boss] }),
    );
    expect(refused.details).toMatchObject({ stages: [{ stageKey: 'lead', code: 'PLAN' }] });
    edit(request, 'f1', { termDays: '60' }, { specs: [stricter, finance, boss], accept: ['lead'] });
    expect(request.holders()).toEqual(['lead', 'director']);
  });

  it('a new stage nobody can sit in is refused', () => {
    const request = submitted(lead, boss);
    const empty = stage('empty', { rank: 2, ...people() });
    expect(
      refusal(() => edit(request, 'lead', { termDays: '60' }, { specs: [lead, empty, boss] })).code,
    ).toBe('NO_APPROVER');
  });

  it('whoever raises the amount above their limit brings in those above them, their own yes stands', () => {
    const chain = stage('chain', {
      ...ALL,
      envelope: [],
      resolver: { kind: 'CHAIN_TO_LIMIT', mode: 'EVERY_LEVEL', topRole: null },
    });
    const request = submitted(chain);
    expect(request.holders()).toEqual(['lead']);
    edit(request, 'lead', { termDays: '60' }, { over: { exposure: { amount: '600000', currency: 'CNY' } } });
    expect(visits(request)).toEqual({ chain: 'ACTIVE 2' });
    expect(request.holders()).toEqual(['director']);
    request.vote('director', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('left out is not passed: a next round that needs the stage asks it', () => {
    const request = submitted(lead, stage('legal', { branch: 'b', ...people('l1') }), boss);
    edit(request, 'lead', { discountPct: '5' }, { specs: [lead, boss] });
    request.vote('boss', 'RETURN', { resume: 'TO_RETURNER' });
    request.resubmit(facts({ discountPct: '5' }, request.current.subjectHash));
    expect(request.stageState('legal')).toBe('ACTIVE');
  });

  it('a return walks again what was needed, not what was left out', () => {
    const legal = stage('legal', { rank: 2, ...people('l1') });
    const request = submitted(lead, legal, boss);
    edit(request, 'lead', { discountPct: '5' }, { specs: [lead, boss] });
    request.vote('boss', 'RETURN', { returnTo: 'lead', resume: 'NEXT' });
    request.vote('lead', 'APPROVE');
    expect(request.stageState('legal')).toBe('SKIPPED');
    expect(request.holders()).toEqual(['boss']);
  });
});

describe('AE-SUB-2 and what waits to be carried', () => {
  it('a yes that a direct way back would take over is judged, too', () => {
    const request = submitted(
      lead,
      finance,
      stage('boss', { rank: 3, envelope: [TERM], ...ALL, ...people('boss', 'f2') }),
    );
    request.vote('lead', 'APPROVE');
    request.vote('f1', 'APPROVE');
    request.vote('boss', 'APPROVE');
    request.vote('f2', 'RETURN', { returnTo: 'finance', resume: 'TO_RETURNER' });
    expect(refusal(() => edit(request, 'f1', { termDays: '60' })).details).toMatchObject({
      stages: [{ stageKey: 'boss', code: 'OUTSIDE' }],
    });
    edit(request, 'f1', { termDays: '60' }, { accept: ['boss'] });
    expect(request.holders()).toEqual(['boss', 'f2']);
  });

  it('a stage that is a request of its own is opened anew on the new content', () => {
    const child = stage('credit', { branch: 'b', resolver: { kind: 'CHILD', policyKind: 'approval.child' } });
    const request = submitted(lead, child);
    const first = request.current.stages.find(({ spec }) => spec.key === 'credit')!.childId;
    edit(request, 'lead', { discountPct: '12' }, { accept: ['credit'] });
    const { childId, visit } = request.current.stages.find(({ spec }) => spec.key === 'credit')!;
    expect(visit).toBe(2);
    expect(childId).not.toBe(first);
  });
});
