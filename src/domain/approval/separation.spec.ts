import { describe, expect, it } from '@jest/globals';
import { company, FACTS, grant, people, person, planOf, stage } from '../../../test/builders/approval.js';
import {
  DISTINCT_XY,
  dropped,
  first,
  opened,
  refused,
  second,
  UNTIL_ALL_NO,
} from '../../../test/builders/separation.js';
import type { DirectoryPerson } from '../org/directory.js';
import type { ApprovalState } from './model.js';
import type { Separation } from './separation-rules.js';
import type { StageSpec } from './stage-spec.js';

describe('AE-SOD-1, AE-EMPTY-2 whom a constraint keeps out is dropped when the stage is staffed, and named', () => {
  const rep2 = person('rep2', { managerId: 'rep' });
  const both = person('both', { grants: [grant('FINANCE'), grant('LEGAL')] });
  const [own, alias] = [
    person('own', { grants: [grant('FINANCE')], identity: 'one' }),
    person('alias', { grants: [grant('LEGAL')], identity: 'one' }),
  ];
  const allow = { kind: 'ALLOW', cap: '500000', currency: 'CNY' } as const;
  const cases: [string, Separation, Partial<StageSpec>, DirectoryPerson[], Partial<ApprovalState>, string][] =
    [
      [
        'somebody who reports to the initiator',
        { kind: 'NOT_REPORT_OF_INITIATOR' },
        people('rep2', 'f1'),
        [rep2],
        {},
        'rep2 REPORT_OF_INITIATOR',
      ],
      [
        'somebody who reports to somebody who does',
        { kind: 'NOT_REPORT_OF_INITIATOR' },
        people('rep3', 'f1'),
        [rep2, person('rep3', { managerId: 'rep2' })],
        {},
        'rep3 REPORT_OF_INITIATOR',
      ],
      [
        'a beneficiary, where the stage allows self-approval',
        { kind: 'NOT_BENEFICIARY' },
        { ...people('f2', 'f1'), self: allow },
        [],
        { selfIds: ['rep', 'f2'], beneficiaryIds: ['f2'] },
        'f2 BENEFICIARY',
      ],
      [
        'the initiator, where the stage allows self-approval',
        { kind: 'NOT_INITIATOR' },
        { ...people('rep', 'f1'), self: allow },
        [],
        {},
        'rep INITIATOR',
      ],
      [
        'whoever holds both roles',
        { kind: 'NOT_BOTH', roles: ['FINANCE', 'LEGAL'] },
        people('both', 'f1'),
        [both],
        {},
        'both NOT_BOTH',
      ],
      [
        'whoever holds them under two accounts',
        { kind: 'NOT_BOTH', roles: ['FINANCE', 'LEGAL'] },
        people('own', 'f1'),
        [own, alias],
        {},
        'own NOT_BOTH',
      ],
    ];
  it.each(cases)('%s', (_name, constraint, over, extra, facts, gone) => {
    const request = opened([constraint], [first({ ...UNTIL_ALL_NO, ...over })], { people: extra, facts });
    expect(dropped(request)).toContain(gone);
    expect(request.holders()).toContain('f1');
    expect(request.holders()).not.toContain(gone.split(' ')[0]);
  });

  it('a constraint for some stages leaves the others alone', () => {
    const constraint: Separation = { kind: 'NOT_REPORT_OF_INITIATOR', stages: ['Y'] };
    const request = opened([constraint], [first(people('rep2'))], { people: [rep2] });
    expect(request.holders()).toEqual(['rep2']);
  });

  it('DISTINCT: whoever approved the earlier stage, under any account, is not asked in the later', () => {
    const request = opened(
      [DISTINCT_XY],
      [first({ ...people('f1', 'f2'), ...UNTIL_ALL_NO }), second(people('f1b', 'f3'))],
      {
        people: [person('f1b', { identity: 'f1' })],
      },
    );
    request.vote('f1', 'APPROVE');
    expect(dropped(request)).toEqual(['f1b DISTINCT']);
    expect(request.holders()).toEqual(['f3']);
  });

  it('DISTINCT in branches side by side: nobody is asked in both who must agree in one', () => {
    const request = opened(
      [DISTINCT_XY],
      [stage('X', { branch: 'a', ...people('f1') }), stage('Y', { branch: 'b', ...people('f1', 'f2') })],
    );
    expect(request.holders()).toEqual(['f1', 'f2']);
    expect(dropped(request)).toEqual(['f1 DISTINCT']);
  });

  it('nobody left counts as empty: the preview says so, and the submission is refused', () => {
    const facts = { ...FACTS, separation: [DISTINCT_XY] };
    const specs = [first(people('f1')), second(people('f1'))];
    expect(planOf(specs, company(), facts).problems).toEqual([
      { code: 'EMPTY', stageKey: 'Y', dropped: [{ personId: 'f1', code: 'DISTINCT' }] },
    ]);
    expect(refused(() => opened([DISTINCT_XY], specs))).toBe('NO_APPROVER');
  });
});

describe('AE-SOD-1 a constraint is kept whichever way somebody would get a seat', () => {
  const specs = [first(people('f1')), second(people('f2', 'f3'))];
  const atSecond = (over: Partial<StageSpec> = {}, extra: DirectoryPerson[] = []) => {
    const request = opened([DISTINCT_XY], [specs[0]!, { ...specs[1]!, ...over }], { people: extra });
    request.vote('f1', 'APPROVE');
    return request;
  };

  it('transfer, by its holder or an admin', () => {
    const request = atSecond();
    expect(refused(() => request.transfer('f2', 'f1'))).toBe('SOD_DISTINCT');
    const { id: seatId } = request.openSeat('f2')!;
    const hand = {
      type: 'REASSIGN',
      seatId,
      fromPersonId: 'f2',
      toPersonId: 'f1',
      reason: 'x',
      merge: false,
    } as const;
    expect(refused(() => request.run(hand, 'a1'))).toBe('SOD_DISTINCT');
  });

  it('add, in every relation; an opinion grants nothing', () => {
    const request = atSecond();
    for (const relation of ['BEFORE', 'AFTER', 'PARALLEL'] as const)
      expect(refused(() => request.add('f2', relation, ['f1']))).toBe('SOD_DISTINCT');
    request.add('f2', 'CONSULT', ['f1']);
    expect(request.openSeat('f1')?.added?.relation).toBe('CONSULT');
  });

  it('absence: a delegate who is kept out is skipped, and the log says why', () => {
    const away = { until: '2026-04-01T00:00:00.000Z', delegateId: 'f1', absenceId: 'absence' };
    const request = atSecond(people('f4'), [person('f4', { away, managerId: 'boss' })]);
    expect(request.holders()).toEqual(['boss']);
    expect(dropped(request)).toEqual(['f1 DISTINCT']);
  });

  it('escalation: the next manager whom nothing keeps out', () => {
    const request = atSecond(people('f4'), [
      person('f4', { managerId: 'f1' }),
      person('f1', { managerId: 'boss', grants: [grant('FINANCE')] }),
    ]);
    request.later(9).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(request.holders()).toEqual(['f4', 'boss']);
  });

  it('replacement of a leaver', () => {
    const request = atSecond(people('f4'), [person('f4', { successorId: 'f1', managerId: 'boss' })]);
    const { f4, ...others } = request.directory.people;
    request.directory = { ...request.directory, people: { ...others, f4: { ...f4!, active: false } } };
    request.run({ type: 'PERSON_LEFT', personId: 'f4' }, 'system:staff');
    expect(request.holders()).toEqual(['boss']);
  });

  it('staffing a blocked stage by hand', () => {
    const request = atSecond({ ...people('f2'), quorum: { kind: 'ALL' } });
    request.vote('f2', 'ABSTAIN');
    const stageId = request.current.stages[1]!.id;
    const restaff = (id: string) =>
      request.run({ type: 'RESTAFF', stageId, personIds: [id], reason: 'x' }, 'a1');
    expect(refused(() => restaff('f1'))).toBe('SOD_DISTINCT');
    restaff('f3');
    expect(request.holders()).toEqual(['f3']);
  });

  it('claim and answer of a pool whose member has approved the other stage meanwhile', () => {
    const pool = { pool: true, resolver: { kind: 'ROLE', role: 'FINANCE', take: 'EVERY' } } as const;
    const request = opened(
      [DISTINCT_XY],
      [
        stage('X', { branch: 'a', ...UNTIL_ALL_NO, ...people('f1', 'l1') }),
        stage('Y', { branch: 'b', ...pool }),
      ],
    );
    expect(request.holders()).toContain('f2');
    const { id: seatId, version } = request.current.seats.find(
      ({ holderId, stageId }) => holderId === 'f1' && stageId === request.current.stages[1]!.id,
    )!;
    request.vote('f1', 'APPROVE');
    expect(refused(() => request.run({ type: 'CLAIM', seatId, expectedSeatVersion: version }, 'f1'))).toBe(
      'SOD_DISTINCT',
    );
    expect(refused(() => request.vote('f1', 'APPROVE'))).toBe('SOD_DISTINCT');
    request.vote('f1', 'REJECT');
    expect(request.current.state).toBe('REJECTED');
  });
});

describe('AE-SOD-2 acting for someone counts as both', () => {
  it('B for A bars A and B in the other stage', () => {
    const away = { until: '2026-04-01T00:00:00.000Z', delegateId: 'f2' };
    const absent = person('f1', { away, grants: [grant('FINANCE')] });
    const request = opened([DISTINCT_XY], [first(people('f1')), second(people('f1', 'f2', 'f3'))], {
      people: [absent],
    });
    expect(request.vote('f2', 'APPROVE')[0]).toMatchObject({ decision: { actor: 'f2', onBehalfOf: 'f1' } });
    expect(dropped(request)).toEqual(['f1 DISTINCT', 'f2 DISTINCT']);
    expect(request.holders()).toEqual(['f3']);
  });
});

describe('AE-SOD-4 what grants nothing is allowed', () => {
  it('the initiator withdraws, and says no where a seat came to them after all', () => {
    const request = opened([], [first(people('f1'))]);
    const { people: all } = request.directory;
    request.directory = { ...request.directory, people: { ...all, f1: { ...all['f1']!, identity: 'rep' } } };
    expect(refused(() => request.vote('f1', 'APPROVE'))).toBe('SOD_INITIATOR');
    request.vote('f1', 'REJECT');
    expect(request.current.state).toBe('REJECTED');
    const other = opened([], [first(people('f1'))]);
    other.run({ type: 'WITHDRAW', reason: null }, 'rep');
    expect(other.current.state).toBe('WITHDRAWN');
  });
});

describe('AE-RET-3, AE-SOD-1 what is kept over a return', () => {
  const back = { returnTo: 'INITIATOR', resume: 'TO_RETURNER' } as const;
  it('whoever approved a stage that stands is kept out of the other one', () => {
    const request = opened([DISTINCT_XY], [first(people('f1')), second(people('f2'))]);
    request.vote('f1', 'APPROVE');
    request.vote('f2', 'RETURN', back);
    request.resubmit({ ...FACTS, separation: [DISTINCT_XY] });
    expect(request.stageState('X')).toBe('PASSED');
    expect(refused(() => request.transfer('f2', 'f1'))).toBe('SOD_DISTINCT');
  });

  it('AE-RES-1 a yes of whoever has become the initiator is not kept: the path is walked again', () => {
    const request = opened([], [first(people('lead')), second(people('f2'))]);
    request.vote('lead', 'APPROVE');
    request.vote('f2', 'RETURN', back);
    request.run({ type: 'SET_INITIATOR', personId: 'lead', reason: 'rep is ill' }, 'a1');
    request.resubmit({ ...FACTS, initiatorId: 'lead', selfIds: ['lead', 'rep'] });
    expect(request.log.at(-2)).toMatchObject({ type: 'request.submitted', resumeDowngraded: true });
    expect(request.holders()).toEqual(['director']);
  });
});
