import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PERSONAL_KINDS } from '../../src/queries/notification/settings.js';
import { channelsOf } from '../../src/domain/notification/preferences.js';
import { randomUUID } from 'node:crypto';
import { offerMail } from '../../src/commands/channel/mail-endpoint.js';
import { recordFailed } from '../../src/commands/delivery/record.js';
import { create, decide } from '../builders/approval-client.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Told {
  id: string;
  kind: string;
  requestId: string;
  detail: string | null;
  by: { name: string } | null;
  readAt: string | null;
}
interface Settings {
  email: string | null;
  locale: string;
  quiet: { from: string; to: string } | null;
  matrix: { kind: string; channel: string; enabled: boolean }[];
}

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let ops: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, lead, ops] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'ops'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient];
});
afterAll(() => api.close());

const list = async (client: ApiClient, query = '') =>
  (await client.get<{ items: Told[]; nextCursor: string | null }>(`/me/notifications${query}`)).body;
const unread = async (client: ApiClient) =>
  (await client.get<{ unread: number }>('/me/notifications/count')).body.unread;

describe('the bell', () => {
  it('another’s notifications cannot be marked, and nobody sees them', async () => {
    await create(rep);
    const [own] = (await list(lead)).items;
    expect((await rep.post('/me/notifications/read', { upToId: own!.id })).status).toBe(404);
    expect((await list(rep)).items.map(({ id }) => id)).not.toContain(own!.id);
    expect(await unread(lead)).toBeGreaterThan(0);
  });

  it('shows the task to its holder and the outcome to the initiator, newest first; read is read', async () => {
    const { id } = await create(rep);
    expect((await list(lead)).items[0]).toMatchObject({ kind: 'TASK', requestId: id, readAt: null });
    await decide(lead, id, 'REJECT');
    const [newest] = (await list(rep)).items;
    expect(newest).toMatchObject({ kind: 'OUTCOME', detail: 'REJECTED', by: { name: 'Dustin Brinkmann' } });
    const { status } = await rep.post('/me/notifications/read', { upToId: newest!.id });
    expect([status, await unread(rep)]).toEqual([204, 0]);
    expect((await list(rep, '?unread=true')).items).toEqual([]);
  });

  it('is paged', async () => {
    await create(rep);
    await create(rep);
    const first = await list(lead, '?limit=1');
    const second = await list(lead, `?limit=1&cursor=${first.nextCursor}`);
    expect(first.items[0]!.id > second.items[0]!.id).toBe(true);
  });
});

describe('how one wants to be told', () => {
  it('is by default: everything here and in chat, by mail all but what only says that it is over', async () => {
    const { matrix } = (await lead.get<Settings>('/me/notification-settings')).body;
    const off = matrix.filter(({ enabled }) => !enabled).map(({ kind, channel }) => `${kind} ${channel}`);
    expect(off).toEqual(['TASK_MOVED MAIL', 'TASK_GONE MAIL']);
    expect(matrix).toHaveLength(PERSONAL_KINDS.flatMap(channelsOf).length);
  });

  it('is kept as chosen; off means off', async () => {
    const body: Settings = {
      email: 'dustin@example.com',
      locale: 'en',
      quiet: { from: '22:00', to: '07:30' },
      matrix: [{ kind: 'TASK', channel: 'IN_APP', enabled: false }],
    };
    expect((await lead.put<Settings>('/me/notification-settings', body)).body).toMatchObject({
      email: 'dustin@example.com',
      locale: 'en',
      quiet: { from: '22:00', to: '07:30' },
    });
    const { id } = await create(rep);
    expect((await list(lead)).items.map(({ requestId }) => requestId)).not.toContain(id);
  });

  it.each([
    [{ email: 'a@b.c\r\nBcc: x@y.z' }, '/email'],
    [{ quiet: { from: '24:00', to: '07:30' } }, '/quiet/from'],
    [{ matrix: [{ kind: 'NONE', channel: 'MAIL', enabled: true }] }, '/matrix/0/kind'],
  ])('refuses %j', async (wrong, pointer) => {
    const body = { email: null, locale: 'en', quiet: null, matrix: [], ...wrong };
    const answer = await lead.put<{ errors: { pointer: string }[] }>('/me/notification-settings', body);
    expect([answer.status, answer.body.errors[0]!.pointer]).toEqual([400, pointer]);
  });
});

describe('the delivery log', () => {
  it('is closed to whoever does not run the system; an auditor reads and does not act', async () => {
    expect((await rep.get('/deliveries')).status).toBe(403);
    expect((await rep.post(`/deliveries/${randomUUID()}/replay`)).status).toBe(403);
    const auditor = await api.as('auditor');
    expect((await auditor.get('/deliveries')).status).toBe(200);
    expect((await auditor.post(`/deliveries/${randomUUID()}/replay`)).status).toBe(403);
  });

  it('shows what was queued; what failed is sent again under its own id, what is being sent is not', async () => {
    await offerMail(api.dataSource, true);
    const { id: requestId } = await create(rep);
    const log = async () =>
      (await ops.get<{ items: { id: string; state: string }[] }>(`/deliveries?requestId=${requestId}`)).body
        .items;
    const [queued] = await log();
    expect(queued).toMatchObject({
      channel: 'MAIL',
      kind: 'TASK',
      state: 'PENDING',
      person: { name: 'Dustin Brinkmann' },
    });
    const early = await ops.post(`/deliveries/${queued!.id}/replay`);
    expect([early.status, early.body['code']]).toEqual([409, 'STATE_CONFLICT']);
    await recordFailed(api.dataSource, queued!.id, { code: 'GAVE_UP', error: 'no answer' });
    expect((await log())[0]).toMatchObject({ state: 'FAILED', code: 'GAVE_UP', error: 'no answer' });
    expect((await ops.post(`/deliveries/${queued!.id}/replay`)).status).toBe(202);
    expect((await log())[0]).toMatchObject({ id: queued!.id, state: 'PENDING', error: null });
    const told = await api.dataSource.query<{ workflow_id: string }[]>(
      `SELECT workflow_id FROM outbox WHERE workflow_type = 'deliver' AND workflow_id LIKE $1 ORDER BY workflow_id`,
      [`deliver/${queued!.id}%`],
    );
    expect(told.map(({ workflow_id }) => workflow_id)).toEqual([
      `deliver/${queued!.id}`,
      `deliver/${queued!.id}/1`,
    ]);
    expect((await ops.get(`/deliveries?state=SENT`)).body).toEqual({ items: [], nextCursor: null });
  });
});
