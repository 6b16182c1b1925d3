import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { verifyChain, verifyEverything } from '../../src/commands/audit/verify.js';
import { Desk } from '../builders/approval-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Access {
  kind: string;
  person: { id: string; name: string } | null;
  what: string;
  code: string | null;
  request: { id: string } | null;
  ofPerson: { id: string } | null;
}
interface Page {
  items: Access[];
  nextCursor: string | null;
}

const LEAD = 'dustin.brinkmann';
let api: TestApi;
let desk: Desk;
let auditor: ApiClient;
let requestId: string;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  auditor = await api.as('auditor');
});
afterAll(() => api.close());
beforeEach(async () => {
  requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
});

const accesses = async (filter: string) =>
  (await auditor.get<Page>(`/audit/accesses?limit=100&${filter}`)).body.items;
const readsOf = (id: string) => accesses(`kind=READ&targetId=${id}`);

describe('the access log', () => {
  it('is for auditors', async () => {
    for (const name of ['moses.frase', LEAD, 'admin', 'ops', 'gm'])
      expect((await (await api.as(name)).get('/audit/accesses')).status).toBe(403);
    expect((await api.anonymous.get('/audit/accesses')).status).toBe(401);
    expect((await auditor.get('/audit/accesses?kind=OTHER')).status).toBe(400);
  });

  it.each(['admin', 'ops', 'auditor'])(
    'AE-AUD-1 has %s reading a request they have no part in, each state of it once',
    async (name) => {
      const reader = await api.as(name);
      expect((await reader.get(`/requests/${requestId}`)).status).toBe(200);
      expect((await reader.get(`/requests/${requestId}/plan`)).status).toBe(200);
      await reader.get(`/requests/${requestId}`);
      const before = await readsOf(requestId);
      expect(before).toMatchObject([
        { person: { id: desk.id(name) }, what: 'REQUEST', code: null, request: { id: requestId } },
      ]);
      await desk.vote(requestId, LEAD, 'APPROVE');
      await reader.get(`/requests/${requestId}`);
      expect(await readsOf(requestId)).toHaveLength(2);
    },
  );

  it('does not have the people of a request, nor those whose unit it is', async () => {
    for (const name of ['moses.frase', LEAD, 'gm'])
      expect((await (await api.as(name)).get(`/requests/${requestId}`)).status).toBe(200);
    const own = await desk.pending([desk.seats('ADMIN', ['admin'])]);
    expect((await (await api.as('admin')).get(`/requests/${own}`)).status).toBe(200);
    expect(await readsOf(requestId)).toEqual([]);
    expect(await readsOf(own)).toEqual([]);
  });

  it('AE-AUD-1 has who read an audit chain, whose tasks an administrator looked at, and the log itself', async () => {
    await auditor.get(`/requests/${requestId}/audit`);
    expect(await readsOf(requestId)).toMatchObject([{ what: 'AUDIT', person: { id: desk.id('auditor') } }]);
    await (await api.as('admin')).get(`/seats/held?personId=${desk.id(LEAD)}`);
    expect(await readsOf(desk.id(LEAD))).toMatchObject([
      {
        what: 'HELD_SEATS',
        person: { id: desk.id('admin') },
        ofPerson: { id: desk.id(LEAD) },
        request: null,
      },
    ]);
    expect((await accesses('kind=READ')).map(({ what }) => what)).toContain('ACCESS_LOG');
  });

  it('AE-AUD-1 has exports, also of nothing', async () => {
    const importId = randomUUID();
    expect((await (await api.as('admin')).get(`/imports/${importId}/errors.csv`)).status).toBe(404);
    expect(await accesses(`kind=EXPORTED&targetId=${importId}`)).toMatchObject([
      { what: 'IMPORT_ERRORS', person: { id: desk.id('admin') } },
    ]);
  });

  it('AE-AUD-1 has files of a request taken by somebody without a part in it, not by its people', async () => {
    const path = `/requests/${requestId}/attachments/${randomUUID()}`;
    for (const name of ['admin', LEAD]) await (await api.as(name)).get(path);
    expect(await accesses(`kind=EXPORTED&targetId=${requestId}`)).toMatchObject([
      { what: 'ATTACHMENT', person: { id: desk.id('admin') }, request: { id: requestId } },
    ]);
  });

  it('AE-CMD-4 has refused attempts with their code', async () => {
    const client = await api.as('ops');
    await client.post(`/requests/${requestId}/terminate`, { reason: 'no more' });
    await client.post(`/requests/${requestId}/terminate`, { reason: 'no more' });
    expect((await accesses(`kind=REFUSED&personId=${desk.id('ops')}`))[0]).toMatchObject({
      code: 'REQUEST_CLOSED',
      what: `POST /requests/${requestId}/terminate`,
    });
  });

  it('is paged, newest first', async () => {
    for (const name of ['admin', 'ops']) await (await api.as(name)).get(`/requests/${requestId}`);
    const path = `/audit/accesses?limit=1&targetId=${requestId}`;
    const first = (await auditor.get<Page>(path)).body;
    const second = (await auditor.get<Page>(`${path}&cursor=${first.nextCursor}`)).body;
    expect(first.items[0]).toMatchObject({ person: { id: desk.id('ops') } });
    expect(second.items[0]).toMatchObject({ person: { id: desk.id('admin') } });
    expect(second.nextCursor).toBeNull();
  });

  it('AE-AUD-2 is a chain that is verified like the others', async () => {
    const ops = await api.as('ops');
    await ops.get(`/requests/${requestId}`);
    const whole = await verifyChain(desk.db, 'access', desk.id('ops'));
    expect(whole).toMatchObject({ verified: true });
    await desk.db.transaction(async (tx) => {
      await tx.query(`SET LOCAL session_replication_role = replica`);
      await tx.query(`DELETE FROM event WHERE aggregate_kind = 'access' AND aggregate_id = $1 AND seq = $2`, [
        desk.id('ops'),
        whole.events,
      ]);
    });
    expect((await verifyEverything(desk.db)).bad).toEqual([
      { kind: 'access', id: desk.id('ops'), firstBadSeq: whole.events },
    ]);
  });
});
