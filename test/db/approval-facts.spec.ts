import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { subjectChanged } from '../../src/commands/approval/amend.js';
import { migrateRequests } from '../../src/commands/approval/migrate.js';
import { reassessRequests } from '../../src/commands/approval/reassess.js';
import { refreshRequest } from '../../src/commands/approval/refresh.js';
import { lockRequest } from '../../src/commands/approval/request-lock.js';
import { fireDueRungs } from '../../src/commands/approval/time.js';
import { runCommand } from '../../src/commands/transaction.js';
import { evolve } from '../../src/domain/approval/engine.js';
import type { ApprovalState } from '../../src/domain/approval/model.js';
import type { ApprovalPolicyContent, PolicyInput } from '../../src/domain/approval/policy.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { decisionTable } from '../../src/policy/seed/build.js';
import { requestEvents } from '../../src/queries/request/request-events.js';
import { readRequestView } from '../../src/queries/request/request-view.js';
import { Desk, refusal } from '../builders/approval-desk.js';

const AMOUNT: PolicyInput = { name: 'amount', label: 'Amount', type: 'decimal' };
const OPEN: PolicyInput = { name: 'openContracts', label: 'Open contracts', type: 'decimal' };
const MARGIN: PolicyInput = { name: 'marginFlag', label: 'Margin', type: 'string' };
const INPUTS = [AMOUNT, OPEN, MARGIN];
const ENVELOPE = [{ name: 'openContracts', direction: 'AT_MOST' as const }];
const LEAD = 'dustin.brinkmann';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const reading = (over: Partial<ApprovalPolicyContent> = {}): Partial<ApprovalPolicyContent> => ({
  inputs: INPUTS,
  sources: [{ source: 'OPEN_CONTRACTS', snapshotMaxAgeMinutes: 60 }],
  jdm: decisionTable(INPUTS, [{ id: 'all', when: {}, stages: ['LEAD', 'CFO'], rule: 'all', text: 'all' }]),
  ...over,
});
const path = (over: Partial<StageSpec> = {}): StageSpec[] => [
  desk.seats('LEAD', [LEAD], { envelope: ENVELOPE, ...over }),
  desk.seats('CFO', ['cfo'], { rank: 2, envelope: [] }),
];

interface Opened {
  requestId: string;
  subjectId: string;
  customerId: string;
  kind: string;
}
async function opened(stages = path(), over: Partial<ApprovalPolicyContent> = {}): Promise<Opened> {
  const kind = await desk.policy(stages, reading(over));
  const subject = await desk.subject(kind);
  const customerId = uuidv7();
  const facts = { ...subject.facts, marginFlag: 'GREEN' };
  desk.subjects.set(subject.id, { ...subject, customerId, facts });
  const { requestId } = (await desk.submit(subject)).value;
  return { requestId, subjectId: subject.id, customerId, kind };
}

/** Another contract of the customer is approved. Its quotation is of no matter here, so the tables let it go. */
async function isApproved(customerId: string, total: string): Promise<void> {
  await desk.db.transaction(async (tx) => {
    await tx.query(`SET LOCAL session_replication_role = replica`);
    await tx.query(
      `INSERT INTO contract (id, number, version, quote_id, customer_id, owner_id, unit_id, state, currency, total, term_days, approved_at,
         instalments, terms, clauses, text, text_hash)
       VALUES ($1, $2, 1, $1, $3, $4, $1, 'APPROVED', 'CNY', $5, 30, now(), '[]', '{}', '[]', 'x', repeat('0', 64))`,
      [uuidv7(), `C-${randomUUID()}`, customerId, desk.id(LEAD), total],
    );
  });
}
const lapse = (requestId: string) =>
  desk.db.query(
    `UPDATE approval_request SET snapshots = jsonb_set(snapshots, '{0,asOf}', to_jsonb('2026-01-01T00:00:00.000Z'::text)) WHERE id = $1`,
    [requestId],
  );
const refresh = async (requestId: string) =>
  (await refreshRequest(desk.db, desk.meta('moses.frase', { scope: `refresh/${randomUUID()}` }), requestId))
    .value;
const view = (name: string, requestId: string) =>
  readRequestView(
    desk.db.manager,
    { personId: desk.id(name), permissions: { 'approval:decide': 'OWN' }, unitIds: {} },
    requestId,
  );
const confidentialOf = async (requestId: string) =>
  (
    await desk.db.query<{ confidential: unknown }[]>(
      `SELECT confidential FROM approval_content WHERE request_id = $1`,
      [requestId],
    )
  )[0]!.confidential;
const sees = () => Promise.resolve(true);
const events = async (requestId: string) =>
  (await requestEvents(desk.db, requestId)).map(({ payload }) => payload);
async function foldsToItsRows(requestId: string): Promise<void> {
  const folded = (await events(requestId)).reduce<ApprovalState | null>(evolve, null)!;
  const { state } = await desk.read(requestId);
  const byId = (seats: ApprovalState['seats']) => [...seats].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect({ ...folded, seats: byId(folded.seats) }).toEqual({ ...state, seats: byId(state.seats) });
}

describe('AE-MGR-3 what the books said, through the acts of a request', () => {
  it('AE-POL-2 moved to a policy that reads nothing, it rests on nothing that could be too old', async () => {
    const { requestId, kind } = await opened();
    await lapse(requestId);
    await desk.publish(kind, 2, path());
    const [policy] = await desk.db.query<{ id: string }[]>(
      `SELECT id FROM policy_version WHERE kind = $1 AND version = 2`,
      [kind],
    );
    const input = {
      policyId: policy!.id,
      requestIds: [requestId],
      acceptOutcome: [],
      reason: 'new rules',
      sees,
    };
    expect(await migrateRequests(desk.db, desk.meta('admin'), input)).toMatchObject([{ refusal: null }]);
    expect((await desk.read(requestId)).state.snapshots).toEqual([]);
    await desk.vote(requestId, LEAD, 'APPROVE');
    await desk.vote(requestId, 'cfo', 'APPROVE');
    expect((await desk.read(requestId)).state.state).toBe('APPROVED');
  });

  it('AE-POL-2 moved to a policy that reads more, that is read then and kept', async () => {
    const kind = await desk.policy(path());
    const subject = await desk.subject(kind);
    const facts = { ...subject.facts, marginFlag: 'GREEN' };
    desk.subjects.set(subject.id, { ...subject, customerId: uuidv7(), facts });
    const { requestId } = (await desk.submit(subject)).value;
    await desk.publish(kind, 2, path(), reading());
    const [policy] = await desk.db.query<{ id: string }[]>(
      `SELECT id FROM policy_version WHERE kind = $1 AND version = 2`,
      [kind],
    );
    const input = {
      policyId: policy!.id,
      requestIds: [requestId],
      acceptOutcome: [],
      reason: 'new rules',
      sees,
    };
    expect(await migrateRequests(desk.db, desk.meta('admin'), input)).toMatchObject([{ refusal: null }]);
    const { snapshots } = (await desk.read(requestId)).state;
    expect(snapshots).toMatchObject([{ source: 'OPEN_CONTRACTS', facts: { openContracts: '0' } }]);
    const kept = await desk.db.query<unknown[]>(`SELECT id FROM fact_snapshot WHERE request_id = $1`, [
      requestId,
    ]);
    expect(kept).toEqual([{ id: snapshots![0]!.id }]);
  });

  it('AE-SLA-2 time reads again before it says yes', async () => {
    const cap = { amount: '900000', currency: 'CNY' };
    const ladders = ['STANDARD', 'LEGAL'].map((key) => ({
      key,
      workMinutes: 450,
      rungs: [{ id: 'auto', kind: 'AUTO_APPROVE' as const, atPercent: 100, cap }],
    }));
    const { requestId, customerId } = await opened(path(), { ladders });
    await lapse(requestId);
    await isApproved(customerId, '10');
    await desk.db.query(
      `UPDATE approval_seat SET rungs = jsonb_set(rungs, '{0,at}', to_jsonb('2026-01-02T00:00:00.000Z'::text)) WHERE request_id = $1`,
      [requestId],
    );
    await fireDueRungs(desk.db, { key: randomUUID(), correlationId: null }, requestId);
    const { state } = await desk.read(requestId);
    expect(state.snapshots).toMatchObject([{ facts: { openContracts: '10' } }]);
    expect(state.seats.find(({ holderId }) => holderId === desk.id(LEAD))).toMatchObject({
      state: 'AUTO_APPROVED',
      decision: { actor: 'system:timeout' },
    });
    expect((await events(requestId)).map(({ type }) => type)).toContain('request.reassessed');
  });

  it('AE-ENV-3 a change of what was approved is judged on what was read for it, not on the books of now', async () => {
    const { requestId, subjectId, customerId } = await opened();
    for (const name of [LEAD, 'cfo']) await desk.vote(requestId, name, 'APPROVE');
    const before = (await desk.read(requestId)).state;
    await isApproved(customerId, '500');
    const subject = desk.subjects.get(subjectId)!;
    desk.subjects.set(subjectId, { ...subject, content: { ...subject.content, text: 'two' } });
    const by = desk.meta('moses.frase');
    await runCommand(desk.db, by, async (tx) => {
      await subjectChanged(tx, by, await lockRequest(tx, requestId));
      return null;
    });
    const { state } = await desk.read(requestId);
    expect(state.snapshots).toEqual(before.snapshots);
    const found = [...(state.stale?.broken ?? [])].flatMap(({ breaches }) => breaches);
    expect(found.map(({ dimension }) => dimension)).not.toContain('openContracts');
    await foldsToItsRows(requestId);
  });

  it('what else the subject measures stays as it was judged: only the books are read again', async () => {
    const kind = await desk.policy(
      path({ envelope: [...ENVELOPE, { name: 'marginPct', direction: 'AT_LEAST' }] }),
      reading(),
    );
    const plain = await desk.subject(kind);
    const customerId = uuidv7();
    const facts = { ...plain.facts, marginFlag: 'GREEN' };
    const subject = { ...plain, customerId, facts, measures: { marginPct: '30', goods: 'a' } };
    desk.subjects.set(subject.id, subject);
    const { requestId } = (await desk.submit(subject)).value;
    await desk.vote(requestId, LEAD, 'APPROVE');
    desk.subjects.set(subject.id, { ...subject, measures: { marginPct: '5', goods: 'a' } });
    await isApproved(customerId, '40');
    expect(await refresh(requestId)).toMatchObject({ changed: true, askedAgain: ['LEAD'] });
    const { state } = await desk.read(requestId);
    expect(state.measured?.values).toEqual({ marginPct: '30', goods: 'a', openContracts: '40' });
    const [moved] = (await events(requestId)).flatMap((event) =>
      event.type === 'request.reassessed' ? [event] : [],
    );
    expect(moved?.broken?.flatMap(({ breaches }) => breaches.map(({ dimension }) => dimension))).toEqual([
      'openContracts',
    ]);
    await foldsToItsRows(requestId);
  });

  it('what only some may see stays as it was judged, as the facts do', async () => {
    const { requestId, subjectId, customerId } = await opened();
    const subject = desk.subjects.get(subjectId)!;
    const judged = await confidentialOf(requestId);
    desk.subjects.set(subjectId, { ...subject, confidential: { marginPct: '1' } });
    await isApproved(customerId, '5');
    expect(await refresh(requestId)).toMatchObject({ changed: true });
    expect(await confidentialOf(requestId)).toEqual(judged);
  });

  it('a stage that is asked again because of it says so, and why', async () => {
    const { requestId, customerId } = await opened();
    await desk.vote(requestId, LEAD, 'APPROVE');
    await isApproved(customerId, '700');
    expect(await refresh(requestId)).toMatchObject({ changed: true, askedAgain: ['LEAD'] });
    const seen = await view(LEAD, requestId);
    expect(seen.askedAgain).toEqual([
      {
        stageKey: 'LEAD',
        title: 'LEAD',
        code: 'OUTSIDE',
        dimensions: [{ dimension: 'openContracts', label: 'Open contracts', allowed: '0', value: '700' }],
      },
    ]);
    expect(seen.timeline.map(({ text }) => [text.key, text.params['again']])).toContainEqual([
      'request.refreshed.again',
      'LEAD',
    ]);
    await foldsToItsRows(requestId);
  });

  it('whoever approved compares with what they approved, the others with the values before', async () => {
    const { requestId, customerId } = await opened();
    await desk.vote(requestId, LEAD, 'APPROVE');
    for (const total of ['100', '20']) {
      await isApproved(customerId, total);
      await refresh(requestId);
    }
    const open = async (name: string) => {
      const { changes, changesBase } = await view(name, requestId);
      return [changesBase?.label, changes.map(({ path: at, before, after }) => [at, before, after])];
    };
    expect(await open(LEAD)).toEqual(['APPROVED_BY_YOU', [['/facts/openContracts', '0', '120']]]);
    expect(await open('moses.frase')).toEqual(['BEFORE_REFRESH', [['/facts/openContracts', '100', '120']]]);
  });

  it('prices that moved are left to whoever tells of them; a policy that reads nothing reads nothing', async () => {
    const { requestId, subjectId, customerId } = await opened();
    const subject = desk.subjects.get(subjectId)!;
    desk.subjects.set(subjectId, { ...subject, facts: { ...subject.facts, marginFlag: 'RED' } });
    expect(await refresh(requestId)).toMatchObject({ changed: false });
    await isApproved(customerId, '30');
    expect(await refresh(requestId)).toMatchObject({ changed: true });
    const cause = { kind: 'COST', id: 'c', text: 'cost' } as const;
    const one = (after: string | null) => Promise.resolve(after === null ? [requestId] : []);
    const step = { key: randomUUID(), correlationId: null };
    await reassessRequests(desk.db, step, one, cause, () => undefined);
    const moved = (await events(requestId)).filter((event) => event.type === 'request.reassessed');
    expect(moved.map((event) => event.type === 'request.reassessed' && event.changes)).toEqual([
      [{ name: 'openContracts', before: '0', after: '30' }],
      [{ name: 'marginFlag', before: 'GREEN', after: 'RED' }],
    ]);

    const plain = await desk.subject(await desk.policy(path()));
    const other = (await desk.submit(plain)).value.requestId;
    desk.subjects.set(plain.id, { ...plain, facts: { amount: '5' } });
    expect(await refresh(other)).toMatchObject({ changed: false, seq: (await desk.read(other)).state.seq });
    expect(await refusal(refreshRequest(desk.db, desk.meta('moses.frase'), uuidv7()))).toBe('NOT_FOUND');
  });
});
