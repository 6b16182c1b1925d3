import { describe, expect, it } from '@jest/globals';
import { Case, company, FACTS, grant, people, person, stage } from '../../../test/builders/approval.js';
import type { ApprovalEvent } from './events.js';
import { checkSeparation, type LoggedEvent } from './separation-check.js';
import type { Separation, SeparationEvidence } from './separation-rules.js';

const EVERYTHING: readonly Separation[] = [
  { kind: 'NOT_INITIATOR' },
  { kind: 'NOT_BENEFICIARY' },
  { kind: 'NOT_REPORT_OF_INITIATOR' },
  { kind: 'DISTINCT', stages: ['X', 'Y'] },
  { kind: 'NOT_BOTH', roles: ['FINANCE', 'LEGAL'] },
  { kind: 'MIN_PERSONS', count: 2 },
];

/** Two stages under every constraint, the second answered by f2 for f1b, who is away. */
function finished(): LoggedEvent[] {
  const away = { until: '2026-04-01T00:00:00.000Z', delegateId: 'f2' };
  const directory = company(
    person('f2', { managerId: 'boss', grants: [grant('FINANCE')] }),
    person('f2b', { identity: 'f2' }),
    person('f4', { away }),
  );
  const facts = { ...FACTS, selfIds: ['rep', 'l1'], beneficiaryIds: ['l1'], separation: EVERYTHING };
  const request = new Case(
    [stage('X', { rank: 1, ...people('f1') }), stage('Y', { rank: 2, ...people('f4') })],
    {
      directory,
      facts,
    },
  );
  request.vote('f1', 'APPROVE');
  request.vote('f2', 'APPROVE');
  expect(request.current.state).toBe('APPROVED');
  return request.log.map((event, index) => ({ seq: index + 1, event }));
}

type Yes = Extract<ApprovalEvent, { type: 'seat.decided' }>;
const lastYes = (log: readonly LoggedEvent[]): LoggedEvent & { event: Yes } =>
  log.findLast((one): one is LoggedEvent & { event: Yes } => one.event.type === 'seat.decided')!;

/** The log with the last yes' evidence changed by somebody. */
function changed(
  log: readonly LoggedEvent[],
  edit: (evidence: SeparationEvidence[]) => unknown,
): LoggedEvent[] {
  const { seq, event } = lastYes(log);
  const separation = structuredClone(event.separation) as SeparationEvidence[];
  const edited = (edit(separation) ?? separation) as SeparationEvidence[];
  return log.map((one) => (one.seq === seq ? { seq, event: { ...event, separation: edited } } : one));
}

describe('AE-SOD-5 every approval is judged again from its evidence and the log alone', () => {
  it('the evidence names whoever acted, for whom, under every account, and whom they were held against', () => {
    const { event } = lastYes(finished());
    const f2 = { personId: 'f2', identity: 'f2' };
    const acting = [f2, { personId: 'f2b', identity: 'f2' }, { personId: 'f4', identity: 'f4' }];
    expect(event.separation).toEqual([
      {
        constraint: EVERYTHING[0],
        inputs: { acting, others: [account('l1'), account('rep')] },
        verdict: 'HELD',
      },
      { constraint: EVERYTHING[1], inputs: { acting, others: [account('l1')] }, verdict: 'HELD' },
      {
        constraint: EVERYTHING[2],
        inputs: { acting, others: [account('l1'), account('rep')], above: [account('boss')] },
        verdict: 'HELD',
      },
      { constraint: EVERYTHING[3], inputs: { acting, others: [account('f1')] }, verdict: 'HELD' },
      {
        constraint: EVERYTHING[4],
        inputs: { acting, others: [], held: [{ personId: 'f2', role: 'FINANCE' }] },
        verdict: 'HELD',
      },
      {
        constraint: EVERYTHING[5],
        inputs: { acting, others: [account('f1'), account('f2')], completes: true },
        verdict: 'HELD',
      },
    ]);
  });

  it('holds as it was written; time’s own yes is no person’s', () => {
    expect(checkSeparation(finished())).toEqual({ decisions: 2, judged: 12, unproven: [] });
  });

  const rep = account('rep');
  it.each<[string, (evidence: SeparationEvidence[]) => unknown, string | null, string]>([
    ['none is there', () => [], null, 'MISSING'],
    ['a constraint is left out', (all) => all.slice(1), null, 'MISSING'],
    [
      'a constraint is another',
      (all) => [{ ...all[0]!, constraint: { kind: 'NOT_BENEFICIARY' } }, ...all.slice(1)],
      null,
      'MISSING',
    ],
    [
      'a verdict is another',
      (all) => [{ ...all[0]!, verdict: 'VIOLATED' }, ...all.slice(1)],
      'NOT_INITIATOR',
      'VERDICT',
    ],
    [
      'whoever acted is left out',
      (all) => edit(all, 0, { acting: all[0]!.inputs.acting.slice(1) }),
      'NOT_INITIATOR',
      'INPUTS',
    ],
    [
      'somebody acted besides',
      (all) => edit(all, 0, { acting: [...all[0]!.inputs.acting, account('f3')] }),
      'NOT_INITIATOR',
      'INPUTS',
    ],
    ['an initiator is left out', (all) => edit(all, 0, { others: [rep] }), 'NOT_INITIATOR', 'INPUTS'],
    ['a beneficiary is left out', (all) => edit(all, 1, { others: [] }), 'NOT_BENEFICIARY', 'INPUTS'],
    ['the initiator is above', (all) => edit(all, 2, { above: [rep] }), 'NOT_REPORT_OF_INITIATOR', 'VERDICT'],
    [
      'an approver of the other stage is left out',
      (all) => edit(all, 3, { others: [] }),
      'DISTINCT',
      'INPUTS',
    ],
    [
      'an approver of the other stage is another',
      (all) => edit(all, 3, { others: [account('f3')] }),
      'DISTINCT',
      'INPUTS',
    ],
    [
      'both roles are held',
      (all) =>
        edit(all, 4, {
          held: [
            { personId: 'f2', role: 'FINANCE' },
            { personId: 'f2b', role: 'LEGAL' },
          ],
        }),
      'NOT_BOTH',
      'VERDICT',
    ],
    [
      'the role is somebody else’s',
      (all) => edit(all, 4, { held: [{ personId: 'f3', role: 'FINANCE' }] }),
      'NOT_BOTH',
      'INPUTS',
    ],
    [
      'one person fewer has approved',
      (all) => edit(all, 5, { others: [account('f2')] }),
      'MIN_PERSONS',
      'INPUTS',
    ],
    ['it was not the last yes', (all) => edit(all, 5, { completes: false }), 'MIN_PERSONS', 'INPUTS'],
    [
      'a human is another in one place',
      (all) => edit(all, 3, { others: [{ personId: 'f1', identity: 'f2' }] }),
      null,
      'INPUTS',
    ],
  ])('%s', (_name, by, constraint, why) => {
    const log = finished();
    const { seq, event } = lastYes(log);
    const { unproven } = checkSeparation(changed(log, by));
    expect(unproven).toEqual([{ seq, seatId: event.seatId, constraint, why }]);
  });

  it('the log before it is another: the evidence does not fit it any more', () => {
    const log = finished().map((one) =>
      one.event.type === 'seat.decided' && one.event.decision.actor === 'f1'
        ? { ...one, event: { ...one.event, decision: { ...one.event.decision, actor: 'f3' } } }
        : one,
    );
    expect(checkSeparation(log).unproven.map(({ why }) => why)).toEqual(['INPUTS', 'INPUTS']);
  });
});

function account(id: string) {
  return { personId: id, identity: id };
}

function edit(
  all: readonly SeparationEvidence[],
  index: number,
  over: Partial<SeparationEvidence['inputs']>,
) {
  return all.map((one, at) => (at === index ? { ...one, inputs: { ...one.inputs, ...over } } : one));
}
