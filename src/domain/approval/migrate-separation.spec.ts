import { describe, expect, it } from '@jest/globals';
import { FACTS, people, planOf, stage, type Case } from '../../../test/builders/approval.js';
import {
  DISTINCT_XY,
  first,
  opened,
  refused,
  second,
  UNTIL_ALL_NO,
} from '../../../test/builders/separation.js';
import type { Separation } from './separation-rules.js';
import type { StageSpec } from './stage-spec.js';

/** Moves the request to a policy that separates duties. */
function migrate(request: Case, specs: readonly StageSpec[], separation: readonly Separation[]) {
  const facts = { ...FACTS, separation, policy: { kind: 'approval.test', version: 2, id: 'policy-2' } };
  const plan = planOf(specs, request.directory, facts);
  return request.run({ type: 'MIGRATE', facts, plan, acceptOutcome: true, reason: 'new policy' }, 'a1');
}

describe('AE-POL-2, AE-SOD-1 votes move to another policy only as it separates duties', () => {
  const x = first({ ...people('f1', 'f2'), ...UNTIL_ALL_NO });
  const y = second({ ...people('f1', 'f3'), ...UNTIL_ALL_NO });
  const z = stage('Z', { rank: 3, ...people('l1') });

  it('of two votes of one human in stages that are distinct there, the first is carried', () => {
    const request = opened([], [x, y, z]);
    request.vote('f1', 'APPROVE');
    request.vote('f1', 'APPROVE');
    expect(request.holders()).toEqual(['l1']);
    const moved = migrate(request, [x, y, z], [DISTINCT_XY]).find(({ type }) => type === 'request.migrated');
    expect(moved).toMatchObject({
      moves: [
        { key: 'X', carried: ['f1'], state: 'PASSED' },
        { key: 'Y', carried: [], lost: [{ personId: 'f1', code: 'NOT_ELIGIBLE' }], state: 'ASKED' },
        { key: 'Z' },
      ],
    });
    expect(request.holders()).toEqual(['f3']);
  });

  it('whoever approved a stage that is carried stays out of the other one', () => {
    const request = opened([], [first(people('f1')), second(people('f3'))]);
    request.vote('f1', 'APPROVE');
    migrate(request, [first(people('f1')), second(people('f3'))], [DISTINCT_XY]);
    expect(request.holders()).toEqual(['f3']);
    expect(refused(() => request.transfer('f3', 'f1'))).toBe('SOD_DISTINCT');
  });

  it('fewer humans than it wants: nobody can accept that for an outcome', () => {
    const request = opened([], [first(people('f1')), second(people('f3'))]);
    request.vote('f1', 'APPROVE');
    const two: Separation = { kind: 'MIN_PERSONS', count: 2 };
    expect(refused(() => migrate(request, [first(people('f1'))], [two]))).toBe('SOD_MIN_PERSONS');
  });
});
