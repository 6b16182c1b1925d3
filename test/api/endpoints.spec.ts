import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Endpoint {
  id: string;
  version: number;
  state: string;
  hasSecret: boolean;
  name: string;
  disabledCode: string | null;
}
type Answer = Endpoint & { code: string; errors: { pointer: string; code: string }[] };

let api: TestApi;
let admin: ApiClient;
beforeAll(async () => {
  api = await startApi();
  admin = await api.as('admin');
});
afterAll(() => api.close());

const ROBOT = {
  channel: 'DINGTALK',
  name: 'Approvals group',
  url: 'https://oapi.dingtalk.com/robot/send?access_token=t0ken',
  secret: 'SEC-123',
  kinds: ['TASK', 'OUTCOME'],
};
const create = (over: object = {}, client = admin) =>
  client.post<Answer>('/channel-endpoints', { ...ROBOT, ...over });

describe('where messages go', () => {
  it('an admin sets a robot up; neither address nor secret is shown again, nor lies in clear anywhere', async () => {
    const { status, body } = await create();
    expect([status, body.hasSecret, body.state]).toEqual([201, true, 'ACTIVE']);
    const shown = JSON.stringify((await admin.get('/channel-endpoints')).body);
    expect(shown).toContain('Approvals group');
    expect(shown).not.toMatch(/t0ken|SEC-123/);
    const [row] = await api.dataSource.query<{ text: string }[]>(
      `SELECT (SELECT string_agg(c::text, '') FROM channel_endpoint c) || (SELECT string_agg(e.payload::text, '') FROM event e)
         || (SELECT coalesce(string_agg(k.answer::text, ''), '') FROM command_key k) AS text`,
    );
    expect(row!.text).not.toMatch(/t0ken|SEC-123/);
  });

  it('changes it, by version; takes the secret away; turns it off and on', async () => {
    const { body: made } = await create();
    const change = (body: object) => admin.send<Answer>('PATCH', `/channel-endpoints/${made.id}`, body);
    const off = (await change({ expectedVersion: made.version, state: 'DISABLED' })).body;
    expect([off.state, off.disabledCode, off.version]).toEqual(['DISABLED', 'BY_ADMIN', made.version + 1]);
    expect((await change({ expectedVersion: made.version, name: 'late' })).status).toBe(409);
    const on = (await change({ expectedVersion: off.version, state: 'ACTIVE', secret: '' })).body;
    expect([on.state, on.hasSecret, on.disabledCode]).toEqual(['ACTIVE', false, null]);
    const events = await api.dataSource.query<{ type: string }[]>(
      `SELECT type FROM event WHERE aggregate_kind = 'operation' AND aggregate_id = $1 ORDER BY seq`,
      [made.id],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'endpoint.created',
      'endpoint.changed',
      'endpoint.changed',
    ]);
  });

  it.each([
    ['an address inside', { url: 'https://192.168.0.10/hook' }, 400, '/url', 'PRIVATE_ADDRESS'],
    ['an open line', { url: 'http://oapi.dingtalk.com/x' }, 400, '/url', 'SCHEME'],
    ['a webhook without a secret', { channel: 'WEBHOOK', secret: undefined }, 400, '/secret', 'INVALID'],
    ['a messenger unknown', { channel: 'PIGEON' }, 400, '/channel', 'IS_IN'],
  ])('refuses %s', async (_case, over, status, pointer, code) => {
    const answer = await create(over);
    expect([answer.status, answer.body.errors[0]!.pointer]).toEqual([status, pointer]);
    if (code !== 'IS_IN') expect(answer.body.errors[0]!.code).toBe(code);
  });

  it('is for administrators and operations; whoever only reads, reads', async () => {
    expect((await create({}, await api.as('moses.frase'))).status).toBe(403);
    expect((await create({}, await api.as('auditor'))).status).toBe(403);
    expect((await (await api.as('auditor')).get('/channel-endpoints')).status).toBe(200);
    expect((await create({ personId: randomUUID() })).status).toBe(404);
  });
});
