import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { ApprovalPolicyContent, PolicyInput } from '../../src/domain/approval/policy.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { decisionTable, stage } from '../../src/policy/seed/build.js';
import { CONTRACT_POLICY } from '../../src/policy/seed/contract-policy.js';
import { decide, task, ballot } from '../builders/approval-client.js';
import { draftedContract, write } from '../builders/contract.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

const INPUTS: readonly PolicyInput[] = [
  { name: 'amount', label: 'Amount', type: 'decimal' },
  { name: 'nonStandardClauses', label: 'Clauses', type: 'strings' },
  { name: 'openContracts', label: 'Open contracts', type: 'decimal' },
];
const role = (key: string, block: number, name: 'LEGAL' | 'CFO', over: Partial<StageSpec> = {}) =>
  stage({
    key,
    title: key,
    block,
    branch: key,
    resolver: { kind: 'ROLE', role: name, take: 'NEAREST' },
    envelope: [],
    ...over,
  });
const CREDIT = role('CREDIT', 1, 'LEGAL', {
  envelope: [{ name: 'openContracts', direction: 'AT_MOST', widest: '99999999' }],
});
const CONTENT: ApprovalPolicyContent = {
  ...CONTRACT_POLICY,
  inputs: INPUTS,
  sources: [{ source: 'OPEN_CONTRACTS', snapshotMaxAgeMinutes: 60 }],
  jdm: decisionTable(INPUTS, [
    { id: 'all', when: {}, stages: ['CREDIT', 'LAST'], rule: 'all', text: 'open contracts {openContracts}' },
  ]),
  stages: [CREDIT, role('LAST', 2, 'CFO')],
};

let api: TestApi;
let rep: ApiClient;
beforeAll(async () => {
  api = await startApi();
  rep = await api.as('moses.frase');
  await api.dataSource.query(
    `UPDATE policy_version SET valid = tstzrange(lower(valid), date_trunc('milliseconds', now()))
     WHERE kind = 'approval.contract' AND upper_inf(valid)`,
  );
  await api.dataSource.query(
    `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by)
     VALUES ($1, 'approval.contract', 90, tstzrange(date_trunc('milliseconds', now()), NULL), $2, sha256('x'), 'test')`,
    [uuidv7(), JSON.stringify(CONTENT)],
  );
});
afterAll(() => api.close());

interface Snapshot {
  id: string;
  asOf: string;
  facts: { openContracts: string };
}
async function snapshotOf(requestId: string): Promise<Snapshot> {
  const [row] = await api.dataSource.query<{ snapshots: Snapshot[] }[]>(
    `SELECT snapshots FROM approval_request WHERE id = $1`,
    [requestId],
  );
  return row!.snapshots[0]!;
}
const stored = (requestId: string) =>
  api.dataSource.query<{ id: string }[]>(
    `SELECT id FROM fact_snapshot WHERE request_id = $1 ORDER BY as_of, id`,
    [requestId],
  );
const lapse = (requestId: string) =>
  api.dataSource.query(
    `UPDATE approval_request SET snapshots = jsonb_set(snapshots, '{0,asOf}', to_jsonb('2026-01-01T00:00:00.000Z'::text)) WHERE id = $1`,
    [requestId],
  );
const refresh = async (requestId: string) =>
  (await rep.post<{ changed: boolean; askedAgain: string[] }>(`/requests/${requestId}/refresh`, {})).body;

/** A contract of the same customer that is approved by now; what it is worth. */
async function anotherIsApproved(): Promise<string> {
  const { id, total } = await draftedContract(api, rep);
  await api.dataSource.query(`UPDATE contract SET state = 'APPROVED', approved_at = now() WHERE id = $1`, [
    id,
  ]);
  return total.amount;
}

async function underReview(): Promise<string> {
  const { id } = await draftedContract(api, rep);
  return (await write(rep, `/contracts/${id}/submit`)).requestId!;
}

describe('AE-MGR-3 what the books say, as of a stored snapshot', () => {
  it('is a fact of the plan, kept with the request under an id', async () => {
    const requestId = await underReview();
    const { id, facts } = await snapshotOf(requestId);
    expect(facts.openContracts).toMatch(/^\d/);
    expect(await stored(requestId)).toEqual([{ id }]);
    const [round] = await api.dataSource.query<{ facts: object; text: string }[]>(
      `SELECT facts, matched->0->>'text' AS text FROM approval_round WHERE request_id = $1`,
      [requestId],
    );
    expect(round!.facts).toMatchObject(facts);
  });

  it('is shown with its source, as of when, and whether it is too old for a yes', async () => {
    const requestId = await underReview();
    const { id, asOf, facts } = await snapshotOf(requestId);
    const shown = async () =>
      (await rep.get<{ snapshots: { stale: boolean }[] }>(`/requests/${requestId}`)).body.snapshots;
    expect(await shown()).toEqual([
      {
        id,
        source: 'OPEN_CONTRACTS',
        asOf,
        until: new Date(Date.parse(asOf) + 3_600_000).toISOString(),
        stale: false,
        facts: [{ key: 'openContracts', label: 'Open contracts', value: facts.openContracts, flag: null }],
      },
    ]);
    await lapse(requestId);
    expect((await shown()).map(({ stale }) => stale)).toEqual([true]);
  });

  it('too old at the decision: 409 STALE_SUBJECT naming it, read again at once, and the next answer is taken', async () => {
    const requestId = await underReview();
    const before = await snapshotOf(requestId);
    await lapse(requestId);
    const legal = await api.as('legal');
    const refused = await decide(legal, requestId);
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({
        code: 'STALE_SUBJECT',
        snapshotId: before.id,
        source: 'OPEN_CONTRACTS',
        maxAgeMinutes: 60,
      }),
    ]);
    const after = await snapshotOf(requestId);
    expect(after.id).not.toBe(before.id);
    expect((await stored(requestId)).map(({ id }) => id).sort()).toEqual([before.id, after.id].sort());
    expect((await decide(legal, requestId)).status).toBe(200);
  });

  it('another value: a page opened before is refused; beyond what was approved only that stage is asked again', async () => {
    const requestId = await underReview();
    const [legal, cfo] = [await api.as('legal'), await api.as('cfo')];
    const first = await task(legal, requestId);
    await anotherIsApproved();
    expect(await refresh(requestId)).toMatchObject({ changed: true, askedAgain: [] });
    const stale = await legal.post(`/seats/${first.seatId}/decisions`, ballot(first));
    expect([stale.status, stale.body['code']]).toEqual([409, 'STALE_VERSION']);
    expect((await decide(legal, requestId)).status).toBe(200);
    await anotherIsApproved();
    expect(await refresh(requestId)).toMatchObject({ changed: true, askedAgain: ['CREDIT'] });
    expect(await refresh(requestId)).toMatchObject({ changed: false, askedAgain: [] });
    expect((await decide(legal, requestId)).status).toBe(200);
    expect((await decide(cfo, requestId)).status).toBe(200);
    const [row] = await api.dataSource.query<unknown[]>(`SELECT state FROM approval_request WHERE id = $1`, [
      requestId,
    ]);
    expect(row).toEqual({ state: 'APPROVED' });
    const late = await rep.post(`/requests/${requestId}/refresh`, {});
    expect([late.status, late.body['code']]).toEqual([409, 'REQUEST_STATE']);
  });

  it('is for those who see the request', async () => {
    const requestId = await underReview();
    const other = await api.as('anna.snelling');
    expect((await other.post(`/requests/${requestId}/refresh`, {})).status).toBe(404);
  });

  it.each<[string, Partial<ApprovalPolicyContent>, string]>([
    ['an input is missing', { inputs: INPUTS.slice(0, 2), jdm: CONTRACT_POLICY.jdm }, 'SOURCE_INPUT'],
    [
      'read twice',
      { sources: [...CONTENT.sources!, { source: 'OPEN_CONTRACTS', snapshotMaxAgeMinutes: 5 }] },
      'DUPLICATE',
    ],
    [
      'a stage limits what is not read',
      { sources: [], stages: [{ ...CREDIT, snapshotMaxAgeMinutes: 5 }, CONTENT.stages[1]!] },
      'SNAPSHOT_WITHOUT_SOURCE',
    ],
    [
      'no such source',
      { sources: [{ source: 'MOON' as 'OPEN_CONTRACTS', snapshotMaxAgeMinutes: 5 }] },
      'MALFORMED',
    ],
  ])('the linter names it: %s', async (_, over, code) => {
    const admin = await api.as('admin');
    const { body } = await admin.post<{ problems: { code: string }[] }>('/policies/lint', {
      kind: 'approval.contract',
      content: { ...CONTENT, ...over },
    });
    expect(body.problems.map((problem) => problem.code)).toContain(code);
  });

  it('the linter has nothing against it as it is', async () => {
    const admin = await api.as('admin');
    const { body } = await admin.post<{ problems: { severity: string }[] }>('/policies/lint', {
      kind: 'approval.contract',
      content: CONTENT,
    });
    expect(body.problems.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  });
});
