import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { create } from '../builders/approval-client.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Stuck {
  requestId: string | null;
  processId: string;
  title: string;
  cause: string;
  detail: string;
  since: string;
  who: { name: string }[];
  actions: string[];
}

let api: TestApi;
let ops: ApiClient;
let rep: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [ops, rep] = await Promise.all([api.as('ops'), api.as('anna.snelling')]);
}, 60_000);
afterAll(() => api?.close());
beforeEach(async () => {
  await api.dataSource.query(`UPDATE outbox SET state = 'SENT', sent_at = now()`);
  await api.dataSource.query(`DELETE FROM ops_finding`);
  await api.dataSource.query(`DELETE FROM reconcile_run`);
});

async function stuck(): Promise<Stuck[]> {
  return (await ops.get<{ items: Stuck[] }>('/ops/stuck?limit=100')).body.items;
}

async function stuckAs(processId: string): Promise<Stuck | undefined> {
  return (await stuck()).find((item) => item.processId === processId);
}

function outboxOf(requestId: string): Promise<{ state: string; attempts: number }[]> {
  return api.dataSource.query(`SELECT state, attempts FROM outbox WHERE workflow_id = $1 ORDER BY id`, [
    `approval/${requestId}`,
  ]);
}

describe('operations', () => {
  it.each(['anna.snelling', 'dustin.brinkmann', 'director.central'])('are closed to %s', async (username) => {
    const client = await api.as(username);
    const { id } = await create(rep);
    expect((await client.get('/ops/stuck')).status).toBe(403);
    expect((await client.get('/ops/overview')).status).toBe(403);
    const body = { action: 'TERMINATE', reason: 'because I can' };
    expect((await client.post(`/ops/stuck/${id}/actions`, body)).status).toBe(403);
    expect((await rep.get<{ state: string }>(`/requests/${id}`)).body.state).toBe('PENDING');
  });

  it('show a stage that nobody can decide, with who may staff it and what is legal', async () => {
    const { id } = await create(rep);
    await api.dataSource.query(
      `UPDATE approval_stage SET state = 'BLOCKED', code = 'NO_APPROVER' WHERE request_id = $1 AND state = 'ACTIVE'`,
      [id],
    );
    expect(await stuckAs(`approval/${id}`)).toMatchObject({
      requestId: id,
      cause: 'BLOCKED',
      detail: expect.stringContaining('NO_APPROVER'),
      actions: ['RESTAFF', 'TERMINATE'],
    });
    expect((await stuckAs(`approval/${id}`))!.who.length).toBeGreaterThan(0);
  });

  it('show a request without a live seat', async () => {
    const { id } = await create(rep);
    await api.dataSource.query(`UPDATE approval_seat SET state = 'CANCELLED' WHERE request_id = $1`, [id]);
    expect(await stuckAs(`approval/${id}`)).toMatchObject({ cause: 'NO_LIVE_SEAT', actions: ['TERMINATE'] });
  });

  it('show a ladder that has ended in an incident, with who sleeps on it', async () => {
    const { id } = await create(rep);
    await api.dataSource.query(
      `INSERT INTO approval_rung (seat_id, visit, rung_id, request_id, kind, targets, fired_at)
       SELECT id, visit, 'incident', request_id, 'INCIDENT', '{}', now() FROM approval_seat WHERE request_id = $1 AND state = 'OPEN'`,
      [id],
    );
    const found = await stuckAs(`approval/${id}`);
    expect(found).toMatchObject({ cause: 'LADDER_EXHAUSTED', actions: ['TRANSFER', 'TERMINATE'] });
    expect(found!.who.map(({ name }) => name)).toEqual(['Dustin Brinkmann']);
  });

  it('show a message that was parked and one that is late, not one that is fresh', async () => {
    const [parked, late, fresh] = await Promise.all([create(rep), create(rep), create(rep)]);
    await api.dataSource.query(
      `UPDATE outbox SET state = 'PARKED', last_error = 'too large' WHERE workflow_id = $1`,
      [`approval/${parked.id}`],
    );
    await api.dataSource.query(
      `UPDATE outbox SET created_at = now() - interval '11 seconds' WHERE workflow_id = $1`,
      [`approval/${late.id}`],
    );
    expect(await stuckAs(`approval/${parked.id}`)).toMatchObject({
      requestId: parked.id,
      cause: 'OUTBOX_PARKED',
      detail: 'too large',
      actions: ['RETELL'],
    });
    expect(await stuckAs(`approval/${late.id}`)).toMatchObject({
      requestId: late.id,
      cause: 'OUTBOX_BEHIND',
    });
    expect(await stuckAs(`approval/${fresh.id}`)).toBeUndefined();
  });

  it('AE-OPS-1 show each finding of the reconciler with what is legal', async () => {
    const { id } = await create(rep);
    const legal = {
      NO_WORKFLOW: ['RETELL', 'TERMINATE'],
      NO_OPEN_ROW: [],
      WORKFLOW_TASK_FAILING: ['RETELL'],
      ACTIVITY_RETRYING: ['RETELL'],
    };
    for (const cause of Object.keys(legal))
      await api.dataSource.query(
        `INSERT INTO ops_finding (process_id, cause, request_id, detail) VALUES ($1, $2, $3, 'seen')`,
        [`finding/${cause}`, cause, id],
      );
    const found = (await stuck()).filter(({ processId }) => processId.startsWith('finding/'));
    expect(Object.fromEntries(found.map(({ cause, actions }) => [cause, actions]))).toEqual(legal);
  });

  it('AE-OPS-1 are paged, oldest first, each once, also of one instant', async () => {
    await api.dataSource.query(
      `INSERT INTO ops_finding (process_id, cause, detail, since)
       SELECT 'page/' || lpad(n::text, 3, '0'), 'NO_OPEN_ROW', 'seen', '2020-01-01T00:00:00.123456Z' FROM generate_series(1, 230) n`,
    );
    const seen: string[] = [];
    for (let cursor = '', more = true; more;) {
      const { body } = await ops.get<{ items: Stuck[]; nextCursor: string | null }>(
        `/ops/stuck?limit=100${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...body.items.map(({ processId }) => processId).filter((name) => name.startsWith('page/')));
      cursor = body.nextCursor ?? '';
      more = body.nextCursor !== null;
    }
    expect(seen).toEqual(Array.from({ length: 230 }, (_, n) => `page/${String(n + 1).padStart(3, '0')}`));
    expect((await ops.get('/ops/stuck?cursor=forged')).status).toBe(400);
  });

  it('notice that no worker has compared anything for minutes', async () => {
    await api.dataSource.query(
      `INSERT INTO reconcile_run (at, open_rows, running, findings, retold) VALUES (now() - interval '4 minutes', 0, 0, 0, 0)`,
    );
    expect((await stuck()).map(({ cause }) => cause)).toContain('NO_WORKER');
    await api.dataSource.query(
      `INSERT INTO reconcile_run (open_rows, running, findings, retold) VALUES (0, 0, 0, 0)`,
    );
    expect((await stuck()).map(({ cause }) => cause)).not.toContain('NO_WORKER');
  });

  it('tell a process again: what was parked is released; the same key does it once', async () => {
    const { id } = await create(rep);
    await api.dataSource.query(`UPDATE outbox SET state = 'PARKED', attempts = 8 WHERE workflow_id = $1`, [
      `approval/${id}`,
    ]);
    const body = { action: 'RETELL', reason: 'payload was fixed' };
    const key = randomUUID();
    expect((await ops.post(`/ops/stuck/${id}/actions`, body, { key })).status).toBe(200);
    const again = await ops.post(`/ops/stuck/${id}/actions`, body, { key });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect(await outboxOf(id)).toEqual([
      { state: 'PENDING', attempts: 0 },
      { state: 'PENDING', attempts: 0 },
    ]);
  });

  it('end a request with a reason; an ended one is refused', async () => {
    const { id } = await create(rep);
    const end = { action: 'TERMINATE', reason: 'customer went out of business' };
    expect((await ops.post(`/ops/stuck/${id}/actions`, end)).status).toBe(200);
    expect((await rep.get<{ state: string }>(`/requests/${id}`)).body.state).toBe('TERMINATED');
    const again = await ops.post<{ code: string }>(`/ops/stuck/${id}/actions`, end);
    expect([again.status, again.body.code]).toEqual([409, 'REQUEST_CLOSED']);
    const retell = await ops.post<{ code: string }>(`/ops/stuck/${id}/actions`, {
      action: 'RETELL',
      reason: 'try again',
    });
    expect([retell.status, retell.body.code]).toEqual([409, 'REQUEST_CLOSED']);
  });

  it.each([
    ['an approval by force (AE-TERM-1)', { action: 'APPROVE', reason: 'force it' }],
    ['an end without a reason', { action: 'TERMINATE' }],
    ['a reason nobody can read', { action: 'TERMINATE', reason: 'x'.repeat(1_001) }],
  ])('refuse %s', async (_what, body) => {
    const { id } = await create(rep);
    expect((await ops.post(`/ops/stuck/${id}/actions`, body)).status).toBe(400);
  });

  it('count what is open by stage, what waits in the outbox, and how long people take', async () => {
    const { id } = await create(rep);
    const { body } = await ops.get<Record<string, never>>('/ops/overview');
    expect(body).toMatchObject({
      openRequests: expect.any(Number),
      outbox: { pending: 1, oldestAgeMs: expect.any(Number), parked: 0 },
      reconciledAt: null,
      findings: 0,
      handling: expect.any(Array),
      temporal: { reachable: false },
    });
    expect(JSON.stringify(body)).not.toContain(id);
  });
});
