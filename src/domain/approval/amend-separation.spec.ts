import { describe, expect, it } from '@jest/globals';
import { Case, company, FACTS, people, person, planOf, stage } from '../../../test/builders/approval.js';
import type { Separation } from './separation-rules.js';

const SPECS = [
  stage('X', { ...people('f1', 'f2'), quorum: { kind: 'COUNT', count: 1 } }),
  stage('Y', { rank: 2, ...people('f1', 'f3'), quorum: { kind: 'COUNT', count: 1 } }),
];
const DISTINCT: Separation = { kind: 'DISTINCT', stages: ['X', 'Y'] };
const NOT_REPORT: Separation = { kind: 'NOT_REPORT_OF_INITIATOR' };
/** one dimension covers both contents, so that only what separates duties can break a stage */
const measured = { values: { term: '30' }, currency: 'CNY', shared: ['term'] };

/** Approved by f1 in both stages; changed, and submitted under a policy that separates duties as given. */
function amended(before: Separation[], after: Separation[]): Case {
  const facts = { ...FACTS, measured, separation: before, dedupe: 'NONE' as const };
  const directory = company(person('f1', { managerId: 'rep' }));
  const request = new Case(SPECS, { facts, directory });
  request.vote('f1', 'APPROVE');
  request.vote('f1', 'APPROVE');
  expect(request.current.state).toBe('APPROVED');
  const wider = { ...facts, subjectHash: 'hash-2', measured: { ...measured, values: { term: '31' } } };
  const plan = (of: typeof facts) => planOf(SPECS, request.directory, of);
  request.run({ type: 'AMEND', facts: wider, plan: plan(wider) }, 'rep');
  const now = { ...facts, separation: after, policy: { ...FACTS.policy, version: 2, id: 'policy-2' } };
  request.run({ type: 'SUBMIT_AMENDMENT', facts: now, plan: plan(now) }, 'rep');
  return request;
}
const states = (request: Case) => request.current.stages.map(({ state }) => state);

describe('AE-ENV-3, AE-SOD-1 an amendment under a newer policy goes on with approvals of before', () => {
  it('nothing new: all of them stand', () => {
    expect(amended([], []).current.state).toBe('APPROVED');
  });

  it('two stages are to be distinct now: the second is asked again, of somebody else', () => {
    const request = amended([], [DISTINCT]);
    expect(states(request)).toEqual(['PASSED', 'ACTIVE']);
    expect(request.holders()).toEqual(['f3']);
    const opening = request.log.filter(({ type }) => type === 'request.submitted').at(-1);
    expect(opening).toMatchObject({ broken: [{ stageKey: 'Y', code: 'SEPARATION', breaches: [] }] });
  });

  it('reports of the initiator are kept out now: both stages are asked again', () => {
    const request = amended([], [NOT_REPORT]);
    expect(states(request)).toEqual(['ACTIVE', 'PLANNED']);
    expect(request.holders()).toEqual(['f2']);
  });

  it('what the policy of the approval said already was judged when they were given', () => {
    const request = new Case(SPECS, {
      facts: { ...FACTS, measured, separation: [NOT_REPORT], dedupe: 'NONE' },
    });
    request.vote('f1', 'APPROVE');
    request.vote('f1', 'APPROVE');
    request.directory = company(person('f1', { managerId: 'rep' }));
    const wider = {
      ...request.facts,
      subjectHash: 'hash-2',
      measured: { ...measured, values: { term: '31' } },
    };
    request.run({ type: 'AMEND', facts: wider, plan: planOf(SPECS, request.directory, wider) }, 'rep');
    const { facts } = request;
    const plan = planOf(SPECS, request.directory, facts);
    request.run({ type: 'SUBMIT_AMENDMENT', facts, plan }, 'rep');
    expect(request.current.state).toBe('APPROVED');
  });
});
