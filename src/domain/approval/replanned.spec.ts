import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, people, planOf, stage } from '../../../test/builders/approval.js';
import type { Measure } from './envelope.js';
import type { RoundFacts } from './events.js';
import type { DimensionSpec, StageSpec } from './stage-spec.js';

const DISCOUNT: DimensionSpec = { name: 'discountPct', direction: 'AT_MOST' };
const TERM: DimensionSpec = { name: 'termDays', direction: 'AT_MOST' };
const AMOUNT: DimensionSpec = { name: 'amount', direction: 'AT_MOST', money: true };

const facts = (values: Record<string, Measure>, subjectHash: string): RoundFacts => ({
  ...FACTS,
  subjectHash,
  measured: {
    values: { discountPct: '22', termDays: '30', amount: '78000', ...values },
    currency: 'CNY',
    shared: [],
  },
});
const line = (key: string, rank: number, holder: string, over: Partial<StageSpec> = {}) =>
  stage(key, { rank, envelope: [DISCOUNT], ...people(holder), ...over });
const lead = line('lead', 1, 'lead');
const director = line('director', 2, 'director');
const boss = line('boss', 3, 'boss');
const finance = line('finance', 1, 'f1', { branch: 'finance', envelope: [TERM] });
const credit = line('credit', 1, 'f2', { branch: 'credit', envelope: [AMOUNT] });

function changed(request: Case, by: string, values: Record<string, Measure>, specs: readonly StageSpec[]) {
  const of = facts(values, `hash-${JSON.stringify(values)}`);
  const plan = planOf(specs, request.directory, of);
  request.vote(by, 'APPROVE', {
    edit: { facts: of, plan, fields: Object.keys(values), accept: ['lead', 'director', 'boss', 'finance'] },
  });
  return request.current;
}
const path = (request: Case) =>
  request.current.stages.map(({ spec, state }) => `${spec.key} ${state}`).join(' · ');

describe('AE-SUB-2 AE-ENV-2 a level below the one that decides, after an approver’s edit', () => {
  /** On the path: the director, who decides, with finance beside; what the edited content asks for by its policy. */
  it.each<[string, Record<string, Measure>, StageSpec[], string]>([
    [
      'less discount: the lower level is not asked, the higher one has answered',
      { discountPct: '12', amount: '88000' },
      [lead],
      'finance SKIPPED · director PASSED',
    ],
    [
      'the same discount: nor is it',
      { amount: '77000' },
      [lead, director],
      'finance SKIPPED · director PASSED',
    ],
    [
      'more discount: it is, having more to answer for',
      { discountPct: '24' },
      [lead, director],
      'finance SKIPPED · lead ACTIVE · director PASSED',
    ],
    [
      'a level above is asked, whatever became better',
      { discountPct: '12' },
      [boss],
      'finance SKIPPED · director PASSED · boss ACTIVE',
    ],
    [
      'another function is asked: nobody has answered for it',
      { discountPct: '12' },
      [lead, finance, credit],
      'credit ACTIVE · finance ACTIVE · director PASSED',
    ],
    [
      'one that answers for nothing of its own is for the very content: it is asked',
      { discountPct: '12' },
      [stage('first', { rank: 1, ...people('lead') })],
      'finance SKIPPED · first ACTIVE · director PASSED',
    ],
  ])('%s', (_what, values, specs, expected) => {
    const request = new Case([director, finance], { facts: facts({}, 'hash-1') });
    changed(request, 'director', values, specs);
    expect(path(request).split(' · ').sort()).toEqual(expected.split(' · ').sort());
  });

  it('of nobody else to ask, the request is approved by the higher level alone', () => {
    const request = new Case([director], { facts: facts({}, 'hash-1') });
    expect(changed(request, 'director', { discountPct: '12' }, [lead]).state).toBe('APPROVED');
  });

  it('nor does a later edit of another function ask it, while the higher yes covers the content', () => {
    const request = new Case([director, finance], { facts: facts({}, 'hash-1') });
    changed(request, 'director', { discountPct: '12' }, [lead, finance]);
    changed(request, 'f1', { discountPct: '12', termDays: '20' }, [lead, finance]);
    expect(request.current.state).toBe('APPROVED');
  });

  it('a higher level that has not answered yet answers for nobody', () => {
    const request = new Case([director, finance], { facts: facts({}, 'hash-1') });
    changed(request, 'f1', { termDays: '20' }, [lead, director, finance]);
    expect(path(request)).toContain('lead ACTIVE');
  });

  it('what moves by itself asks a lower level as little', () => {
    const request = new Case([director, finance], { facts: facts({}, 'hash-1') });
    request.vote('director', 'APPROVE');
    const of = facts({ discountPct: '12' }, 'hash-1');
    request.run(
      {
        type: 'REASSESS',
        facts: of,
        plan: planOf([lead, finance], request.directory, of),
        cause: { kind: 'COST', id: 'c1', text: 'cost' },
        changes: [{ name: 'marginFlag', before: 'RED', after: 'GREEN' }],
      },
      'system:pricing',
    );
    expect(request.current.stages.map(({ spec }) => spec.key)).not.toContain('lead');
  });
});
