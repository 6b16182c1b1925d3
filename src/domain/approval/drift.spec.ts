import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, grant, people, person, stage } from '../../../test/builders/approval.js';
import { first, opened, refused, second } from '../../../test/builders/separation.js';
import type { DirectoryPerson } from '../org/directory.js';

/** People have changed: the company as it is from now on. */
function change(request: Case, id: string, over: Partial<DirectoryPerson>): void {
  const { people: all } = request.directory;
  const before = all[id];
  if (!before) throw new Error(`nobody is ${id}`);
  request.directory = { ...request.directory, people: { ...all, [id]: { ...before, ...over } } };
}

const recheck = (request: Case) => request.run({ type: 'RECHECK_SEPARATION' }, 'system:separation');
const NOT_REPORT = { kind: 'NOT_REPORT_OF_INITIATOR' } as const;

describe('table of 4.5, SoD drift: people change, and what separates duties keeps out whoever was asked', () => {
  it('undecided: the next action is refused, and the task goes to somebody else, who owns it', () => {
    const request = opened([NOT_REPORT], [first(people('f1'))]);
    change(request, 'f1', { managerId: 'rep' });
    expect(refused(() => request.vote('f1', 'APPROVE'))).toBe('SOD_REPORT_OF_INITIATOR');
    change(request, 'f1', { managerId: 'boss' });
    change(request, 'f1', { identity: 'rep' });
    expect(refused(() => request.vote('f1', 'APPROVE'))).toBe('SOD_INITIATOR');
    expect(recheck(request)).toMatchObject([
      { type: 'seat.transferred', holderId: 'boss', ownerId: 'boss', cause: 'SOD_DRIFT' },
    ]);
    expect(recheck(request)).toEqual([]);
    request.vote('boss', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('whoever is kept out because another task has moved gives theirs up at once: told again, nothing is left to do', () => {
    const line = { resolver: { kind: 'MANAGER', levels: 1 }, strictReporting: true } as const;
    const request = new Case(
      [
        stage('s0', { block: 3, ...line }),
        stage('s1', {
          block: 3,
          rank: 11,
          branch: 'a',
          ...people('f3', 'f4'),
          quorum: { kind: 'ANY', first: 'ANY_ANSWER' },
        }),
        stage('s2', { block: 1, rank: 12, branch: 'a', ...line }),
      ],
      {
        facts: { ...FACTS, dedupe: 'LAST_COUNTS', separation: [{ kind: 'DISTINCT', stages: ['s1', 's2'] }] },
      },
    );
    change(request, 'rep', { managerId: 'f3' });
    request.later(1 / 3600).run({ type: 'ORG_CHANGED' }, 'system:staff');
    expect(request.holders()).toEqual(['a1', 'f4', 'f3']);
    expect(request.run({ type: 'ORG_CHANGED' }, 'system:staff')).toEqual([]);
  });

  it('found by a role: found anew, and whoever else sits there stays', () => {
    const both = { kind: 'NOT_BOTH', roles: ['FINANCE', 'LEGAL'] } as const;
    const role = { kind: 'ROLE', role: 'FINANCE', take: 'EVERY' } as const;
    const request = opened([both], [first({ resolver: role, quorum: { kind: 'COUNT', count: 2 } })]);
    change(request, 'f1', { grants: [grant('FINANCE'), grant('LEGAL')] });
    request.directory = {
      ...request.directory,
      people: { ...request.directory.people, f5: person('f5', { grants: [grant('FINANCE')] }) },
    };
    recheck(request);
    expect(request.holders().sort()).toEqual(['f2', 'f3', 'f4', 'f5']);
  });

  it('whoever stands in for somebody who is kept out: the task is somebody else’s own', () => {
    const away = { until: '2026-04-01T00:00:00.000Z', delegateId: 'f2' };
    const request = opened([NOT_REPORT], [first(people('f4'))], {
      people: [person('f4', { away, managerId: 'boss' })],
    });
    expect(request.holders()).toEqual(['f2']);
    change(request, 'f4', { identity: 'rep' });
    expect(refused(() => request.vote('f2', 'APPROVE'))).toBe('SOD_INITIATOR');
    recheck(request);
    expect(request.current.seats.at(-1)).toMatchObject({ ownerId: 'a1', holderId: 'a1' });
  });

  it('nobody is left: the stage is blocked, never decided by that, and staffed by hand', () => {
    const request = opened([], [first({ ...people('f1', 'f2'), quorum: { kind: 'ALL' } })]);
    request.vote('f2', 'APPROVE');
    for (const id of ['f1', 'a1']) change(request, id, { identity: 'rep' });
    recheck(request);
    expect(request.current.stages[0]).toMatchObject({ state: 'BLOCKED', code: 'SOD_DRIFT' });
    const { id: stageId } = request.current.stages[0]!;
    request.run({ type: 'RESTAFF', stageId, personIds: ['f3'], reason: 'x' }, 'l1');
    request.vote('f3', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('decided: the vote stands and says so, once', () => {
    const request = opened([NOT_REPORT], [first(people('f1')), second(people('f2'))]);
    request.vote('f1', 'APPROVE');
    change(request, 'f1', { managerId: 'rep' });
    expect(recheck(request)).toEqual([
      {
        type: 'seat.drifted',
        seatId: request.lastSeat('f1')!.id,
        constraint: 'NOT_REPORT_OF_INITIATOR',
        at: request.now,
      },
    ]);
    expect(recheck(request)).toEqual([]);
    expect(request.lastSeat('f1')).toMatchObject({ state: 'APPROVED', sodDrift: 'NOT_REPORT_OF_INITIATOR' });
    request.vote('f2', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('two accounts turn out to be one human: what is open moves, what was said stands', () => {
    const distinct = { kind: 'DISTINCT', stages: ['X', 'Y'] } as const;
    const request = opened([distinct], [first(people('f1')), second(people('f2'))]);
    request.vote('f1', 'APPROVE');
    change(request, 'f2', { identity: 'f1', managerId: 'boss' });
    expect(refused(() => request.vote('f2', 'APPROVE'))).toBe('SOD_DISTINCT');
    recheck(request);
    expect(request.holders()).toEqual(['boss']);
    expect(request.current.seats[0]).toMatchObject({ state: 'APPROVED' });
  });

  it('nobody acts: found when the next rung is due; an adviser is left alone', () => {
    const request = opened([], [stage('X', people('f1'))]);
    request.add('f1', 'CONSULT', ['f2']);
    change(request, 'f2', { identity: 'rep' });
    expect(recheck(request)).toEqual([]);
    change(request, 'f1', { identity: 'rep', managerId: 'boss' });
    request.later(5).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(request.lastSeat('boss')).toMatchObject({ ownerId: 'boss', state: 'PARKED' });
  });
});
