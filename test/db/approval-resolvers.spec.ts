import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orgDriftOf } from '../../src/commands/approval/org-drift.js';
import { previewApproval } from '../../src/commands/approval/preview.js';
import type { Facts } from '../../src/policy/facts.js';
import type { ApprovalState } from '../../src/domain/approval/model.js';
import type { PolicyInput } from '../../src/domain/approval/policy.js';
import type { Resolver } from '../../src/domain/approval/stage-spec.js';
import { DomainError } from '../../src/domain/errors.js';
import { readRequestView } from '../../src/queries/request/request-view.js';
import { planView } from '../../src/queries/request/plan-view.js';
import { Desk, refusal } from '../builders/approval-desk.js';
import { stage } from '../builders/approval.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const [REP, LEAD, DIRECTOR] = ['moses.frase', 'dustin.brinkmann', 'director.central'] as const;
const INPUTS: readonly PolicyInput[] = [
  { name: 'amount', label: 'Amount', type: 'decimal' },
  { name: 'who', label: 'Approver', type: 'string' },
];

/** A subject whose only stage finds its people so. */
async function subjectFor(resolver: Resolver, facts: Facts = {}, over = {}) {
  const first = desk.seats('FIRST', [LEAD]);
  const stages = [first, stage('FOUND', { rank: 2, resolver, ...over })];
  const subject = await desk.subject(await desk.policy(stages, { inputs: INPUTS }));
  const full = { ...subject, facts: { amount: '100000', who: '', ...facts } };
  desk.subjects.set(subject.id, full);
  return full;
}

/** Holders of the second stage once the first has passed. */
async function found(resolver: Resolver, facts: Facts = {}): Promise<string[]> {
  const requestId = (await desk.submit(await subjectFor(resolver, facts))).value.requestId;
  await desk.vote(requestId, LEAD, 'APPROVE');
  const { state } = await desk.read(requestId);
  const [, second] = state.stages;
  return state.seats.filter(({ stageId }) => stageId === second!.id).map(({ holderId }) => holderId);
}

async function fault(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw error;
  return { code: error.code, pointers: error.fields.map(({ pointer }) => pointer) };
}

async function unitLedBy(username: string): Promise<string> {
  const [row] = await desk.db.query<{ unit_id: string }[]>(
    `SELECT unit_id FROM assignment WHERE employee_id = $1 AND position = 'HEAD'`,
    [desk.id(username)],
  );
  return row!.unit_id;
}

describe('who approves, from the organisation and from the facts', () => {
  it('AE-MGR-1 the head of the unit a fact names', async () => {
    const who = await unitLedBy(DIRECTOR);
    expect(await found({ kind: 'HEAD', unit: { input: 'who' } }, { who })).toEqual([desk.id(DIRECTOR)]);
  });

  it('a person whom the form names', async () => {
    const who = desk.id('finance');
    expect(await found({ kind: 'FORM_FIELD', input: 'who' }, { who })).toEqual([who]);
  });

  it('the holders of the role an expression gives', async () => {
    const expression = "number(amount) > 99999.99 ? 'CFO' : 'FINANCE'";
    expect(await found({ kind: 'EXPRESSION', yields: 'ROLES', expression })).toEqual([desk.id('cfo')]);
  });

  it.each<[string, Resolver, string]>([
    ['a person nobody is', { kind: 'FORM_FIELD', input: 'who' }, 'PERSON_UNKNOWN'],
    ['a unit that is none', { kind: 'HEAD', unit: { input: 'who' } }, 'UNIT_UNKNOWN'],
  ])('%s is refused at the fact', async (_, resolver, code) => {
    const subject = await subjectFor(resolver, { who: 'nobody' });
    expect(await fault(desk.submit(subject))).toEqual({ code, pointers: ['/facts/who'] });
  });

  it('a form that names nobody: the empty policy', async () => {
    expect(await refusal(desk.submit(await subjectFor({ kind: 'FORM_FIELD', input: 'who' })))).toBe(
      'NO_APPROVER',
    );
  });

  it('an expression that gives no role is refused at the expression', async () => {
    const expression = "who == '' ? 'KING' : 'CFO'";
    const subject = await subjectFor({ kind: 'EXPRESSION', yields: 'ROLES', expression });
    expect(await fault(desk.submit(subject))).toEqual({
      code: 'POLICY_ERROR',
      pointers: ['/stages/FOUND/resolver/expression'],
    });
  });
});

describe('AE-PLAN-5 the initiator’s choice', () => {
  const choice: Resolver = { kind: 'INITIATOR_CHOICE', among: 'FINANCE' };

  it('outside the range is refused at its place, at preview and at submission', async () => {
    const subject = await subjectFor(choice);
    const approverIds = [desk.id('finance'), desk.id('legal')];
    const actor = desk.meta(REP).actor;
    const planned = await desk.db.transaction((tx) => previewApproval(tx, actor, subject, approverIds));
    expect(planView(planned).problems).toEqual([
      expect.objectContaining({ code: 'APPROVER_NOT_ALLOWED', pointer: '/approverIds/1' }),
    ]);
    expect(await fault(desk.submit(subject, REP, { approverIds }))).toEqual({
      code: 'APPROVER_NOT_ALLOWED',
      pointers: ['/approverIds/1'],
    });
  });

  it('no longer within the range at activation: the stage is blocked for an admin', async () => {
    const subject = await subjectFor(choice);
    const { requestId } = (await desk.submit(subject, REP, { approverIds: [desk.id('finance')] })).value;
    await desk.db.query(
      `UPDATE role_grant SET valid = tstzrange(lower(valid), now()) WHERE employee_id = $1 AND role = 'FINANCE' AND upper_inf(valid)`,
      [desk.id('finance')],
    );
    await desk.db.query(`UPDATE org_revision SET revision = revision + 1`);
    await desk.vote(requestId, LEAD, 'APPROVE');
    const { state } = await desk.read(requestId);
    expect(state.stages[1]).toMatchObject({ state: 'BLOCKED', code: 'EMPTY' });
  });
});

describe('AE-MGR-2 the reporting line has changed since the stage began', () => {
  it('the request shows whom the organisation of now would ask; the seat stays', async () => {
    const first = stage('ONLY', { resolver: { kind: 'MANAGER', levels: 1 } });
    const requestId = await desk.pending([first]);
    const seat = async () => {
      const viewer = {
        personId: desk.id(REP),
        permissions: { 'approval:read': 'OWN' as const },
        unitIds: {},
      };
      const driftOf = (state: ApprovalState, at: string) => orgDriftOf(desk.db.manager, state, at);
      return (await readRequestView(desk.db, viewer, requestId, { driftOf })).path[0]!.seats[0]!;
    };
    const before = await seat();
    expect([before.holder?.id, before.orgDrift]).toEqual([desk.id(LEAD), null]);
    await desk.db.query(
      `UPDATE assignment SET valid = tstzrange(lower(valid), now()) WHERE employee_id = $1 AND position = 'HEAD' AND upper_inf(valid)`,
      [desk.id(LEAD)],
    );
    await desk.db.query(`UPDATE org_revision SET revision = revision + 1`);
    const after = await seat();
    expect(after.holder?.id).toBe(desk.id(LEAD));
    expect(after.orgDrift?.map(({ id }) => id)).toEqual([desk.id(DIRECTOR)]);
  });
});
