import { describe, expect, it } from '@jest/globals';
import { Case, company, FACTS, grant, people, person, stage } from '../../../test/builders/approval.js';
import type { Away, DirectoryPerson } from '../org/directory.js';
import type { StageSpec } from './stage-spec.js';

const rule = (delegateId: string | null, over: Partial<Away> = {}): Away => ({
  until: '2026-04-01T00:00:00.000Z',
  delegateId,
  absenceId: 'abs-1',
  ...over,
});
const f1 = (away: Away | null, over: Partial<DirectoryPerson> = {}) =>
  person('f1', { grants: [grant('FINANCE')], managerId: 'boss', away, ...over });
const named = (...ids: string[]) => [stage('named', { ...people(...ids), quorum: { kind: 'ALL' } })];

function begins(request: Case, away: Away, ...others: DirectoryPerson[]) {
  request.directory = company(f1(away), ...others);
  return request.run({ type: 'HAND_OVER', personId: 'f1', absenceId: 'abs-1' }, 'system:absence');
}

function ends(request: Case, ...others: DirectoryPerson[]) {
  request.directory = company(f1(null), ...others);
  return request.run({ type: 'GIVE_BACK', absenceId: 'abs-1' }, 'system:absence');
}

describe('AE-ABS-1 an absence', () => {
  it('applies to seats opened inside the window', () => {
    const request = new Case(named('f1'), { directory: company(f1(rule('f2'))) });
    expect(request.current.seats[0]).toMatchObject({
      ownerId: 'f1',
      holderId: 'f2',
      standIn: { forId: 'f1', absenceIds: ['abs-1'] },
    });
  });

  it.each<[string, Partial<Away>, string]>([
    ['of this kind', { kinds: ['approval.test'] }, 'f2'],
    ['of another kind only', { kinds: ['approval.other'] }, 'f1'],
    ['of every kind', { kinds: null }, 'f2'],
  ])('%s', (_, over, holder) => {
    const request = new Case(named('f1'), { directory: company(f1(rule('f2', over))) });
    expect(request.holders()).toEqual([holder]);
  });

  it.each<[string, string | undefined, string]>([
    ['of the request kind', 'request.expense', 'f2'],
    ['of another request kind', 'request.gift', 'f1'],
    ['of no request kind', undefined, 'f1'],
  ])('for one request kind only: a request %s', (_, requestKind, holder) => {
    const request = new Case(named('f1'), {
      directory: company(f1(rule('f2', { kinds: ['request.expense'] }))),
      facts: { ...FACTS, ...(requestKind ? { requestKind } : {}) },
    });
    expect(request.holders()).toEqual([holder]);
  });

  it('two rules at once, each for its own kind', () => {
    const both = f1(rule('f2', { kinds: ['approval.other'] }), {
      alsoAway: [rule('f3', { kinds: ['approval.test'], absenceId: 'abs-2' })],
    });
    const request = new Case(named('f1'), { directory: company(both) });
    expect(request.current.seats[0]).toMatchObject({ holderId: 'f3', standIn: { absenceIds: ['abs-2'] } });
  });

  it('takes open seats along when told to', () => {
    const request = new Case(named('f1', 'f4'));
    expect(begins(request, rule('f2'))).toEqual([
      expect.objectContaining({
        type: 'seat.transferred',
        cause: 'ABSENCE',
        holderId: 'f2',
        reason: 'f1 is away',
      }),
    ]);
    expect(request.current.seats[0]).toMatchObject({ ownerId: 'f1', holderId: 'f2', hops: 0 });
    expect(begins(request, rule('f2'))).toEqual([]);
  });

  it('a seat whose turn comes inside the window opens for the stand-in', () => {
    const line: StageSpec[] = [
      stage('named', { ...people('f4', 'f1'), quorum: { kind: 'ALL' }, mode: 'SEQUENTIAL' }),
    ];
    const request = new Case(line);
    request.directory = company(f1(rule('f2')));
    request.vote('f4', 'APPROVE');
    expect(request.holders()).toEqual(['f2']);
  });
});

describe('AE-ABS-2 at the end', () => {
  it('undecided seats go back, the delegate’s page is stale, a business day remains', () => {
    const request = new Case(named('f1', 'f4'), { directory: company(f1(rule('f2'))) });
    const { id: seatId, version } = request.openSeat('f2')!;
    request.later(7);
    ends(request);
    expect(request.current.seats[0]).toMatchObject({
      holderId: 'f1',
      standIn: null,
      dueAt: '2026-03-03T08:00:00.000Z',
    });
    expect(() => request.vote('f2', 'APPROVE', { seatId, expectedSeatVersion: version })).toThrow(
      'NOT_HOLDER',
    );
    expect(ends(request)).toEqual([]);
  });

  it('what the delegate decided stands, in both names', () => {
    const request = new Case(named('f1', 'f4'), { directory: company(f1(rule('f2'))) });
    request.vote('f2', 'APPROVE');
    expect(ends(request)).toEqual([]);
    expect(request.current.seats[0]!.decision).toMatchObject({ actor: 'f2', onBehalfOf: 'f1' });
  });

  it('what the delegate passed on stays where it is', () => {
    const request = new Case(named('f1', 'f4'), { directory: company(f1(rule('f2'))) });
    request.transfer('f2', 'f3');
    expect(ends(request)).toEqual([]);
    expect(request.openSeat('f3')).toBeDefined();
  });

  it('a seat that had been passed on goes back to whoever held it', () => {
    const request = new Case(named('f4'));
    request.transfer('f4', 'f1');
    begins(request, rule('f2'));
    ends(request);
    expect(request.current.seats[0]).toMatchObject({ ownerId: 'f4', holderId: 'f1' });
  });

  it('when a stand-in of the chain is back first, the seat is theirs meanwhile', () => {
    const f2 = (away: Away | null) => person('f2', { grants: [grant('FINANCE')], away });
    const request = new Case(named('f1'), {
      directory: company(f1(rule('f2', { absenceId: 'abs-1' })), f2(rule('f3', { absenceId: 'abs-2' }))),
    });
    expect(request.holders()).toEqual(['f3']);
    request.directory = company(f1(rule('f2')), f2(null));
    request.run({ type: 'GIVE_BACK', absenceId: 'abs-2' }, 'system:absence');
    expect(request.openSeat('f2')!.standIn).toEqual({ forId: 'f1', absenceIds: ['abs-1'] });
  });
});

describe('AE-ABS-3 who stands in', () => {
  const chain = (...ids: (string | null)[]): DirectoryPerson[] =>
    ids
      .slice(0, -1)
      .map((id, index) => person(id!, { managerId: 'boss', away: rule(ids[index + 1] ?? null) }));

  it.each<[string, DirectoryPerson[], string]>([
    ['three hops are followed', chain('f1', 'f2', 'f3', 'f4'), 'f4'],
    ['not a fourth: the manager', chain('f1', 'f2', 'f3', 'f4', 'l1'), 'boss'],
    ['a cycle ends at the manager', chain('f1', 'f2', 'f1'), 'boss'],
    ['nobody named: the manager', chain('f1', null), 'boss'],
    ['the initiator is no stand-in', chain('f1', 'rep'), 'boss'],
  ])('%s', (_, over, holder) => {
    const request = new Case(named('f1'), { directory: company(...over) });
    expect(request.holders()).toEqual([holder]);
  });

  it('all away: the admins', () => {
    const request = new Case(named('f1'));
    request.directory = company(f1(rule('f2'), { managerId: null }), person('f2', { away: rule(null) }));
    request.run({ type: 'HAND_OVER', personId: 'f1', absenceId: 'abs-1' }, 'system:absence');
    expect(request.holders()).toEqual(['a1']);
  });

  it('a delegate who sits in the stage is skipped, and the log says why', () => {
    const opened = new Case(named('f1', 'f2'), { directory: company(f1(rule('f2'))) });
    expect(opened.holders()).toEqual(['boss', 'f2']);
    const [, activated] = opened.log;
    expect(activated).toMatchObject({ dropped: [{ personId: 'f2', code: 'DUPLICATE' }] });
    const request = new Case(named('f1', 'f2'));
    const events = begins(request, rule('f2'));
    expect(events[0]).toMatchObject({ holderId: 'boss', skipped: [{ personId: 'f2', code: 'DUPLICATE' }] });
  });

  it.each([
    ['100000', 'f2'],
    ['99999.9999', 'boss'],
  ])('up to maxAmount %s: %s', (amount, holder) => {
    const away = rule('f2', { maxAmount: { amount, currency: 'CNY' } });
    const request = new Case(named('f1'), { directory: company(f1(away)) });
    expect(request.holders()).toEqual([holder]);
  });

  it('maxAmount in another currency bars, no amount at all does not', () => {
    const away = rule('f2', { maxAmount: { amount: '1', currency: 'USD' } });
    const directory = company(f1(away));
    expect(new Case(named('f1'), { directory }).holders()).toEqual(['boss']);
    expect(new Case(named('f1'), { directory, facts: { ...FACTS, exposure: null } }).holders()).toEqual([
      'f2',
    ]);
  });

  it('the seat does not stay with an absent owner beyond the first rung', () => {
    const request = new Case(named('f1')).later(4);
    request.directory = company(f1(rule('f2')));
    request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(request.holders()).toEqual(['f2']);
    expect(request.log.at(-1)).toMatchObject({ type: 'rung.fired', targets: ['f2'] });
  });
});

describe('AE-ABS-4 SHARE', () => {
  const shared = rule('f2', { share: true });

  it('both hold it; the first decision wins and the other’s item vanishes', () => {
    for (const voter of ['f1', 'f2']) {
      const request = new Case(named('f1', 'f4'), { directory: company(f1(shared)) });
      expect(request.holders()).toEqual(['f1', 'f4', 'f2']);
      request.vote(voter, 'APPROVE');
      expect(request.holders()).toEqual(['f4']);
      expect(request.lastSeat(voter)!.decision).toMatchObject({
        actor: voter,
        onBehalfOf: voter === 'f2' ? 'f1' : null,
      });
      request.vote('f4', 'APPROVE');
      expect(request.current.state).toBe('APPROVED');
    }
  });

  it('counts as one vote', () => {
    const request = new Case(named('f1', 'f4'), { directory: company(f1(shared)) });
    request.vote('f2', 'REJECT');
    expect(request.current.state).toBe('REJECTED');
  });

  it('open seats too when told to; at the end the owner answers alone', () => {
    const request = new Case(named('f1'));
    begins(request, shared);
    expect(begins(request, shared)).toEqual([]);
    expect(request.holders()).toEqual(['f1', 'f2']);
    ends(request);
    expect(request.holders()).toEqual(['f1']);
    expect(request.lastSeat('f2')).toMatchObject({ state: 'CANCELLED', code: 'ABSENCE_END' });
  });
});

describe('AE-ABS-5 role pools', () => {
  const pool = (over: Partial<StageSpec> = {}) => [
    stage('finance', { resolver: { kind: 'ROLE', role: 'FINANCE', take: 'EVERY' }, ...over }),
  ];

  it('are not delegated person-wise while others can act', () => {
    const request = new Case(pool());
    expect(begins(request, rule('l1'))).toEqual([]);
    expect(new Case(pool(), { directory: company(f1(rule('l1'))) }).holders()).toEqual(['f2', 'f3', 'f4']);
  });

  it('unless the pool is then empty', () => {
    const away = ['f2', 'f3', 'f4'].map((id) => person(id, { grants: [grant('FINANCE')], away: rule(null) }));
    const request = new Case(pool());
    begins(request, rule('l1'), ...away);
    expect(request.holders()).toContain('l1');
  });
});
