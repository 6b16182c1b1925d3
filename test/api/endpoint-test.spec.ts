import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DeliveryActivities } from '../../src/activities/delivery.activities.js';
import { offerMail } from '../../src/commands/channel/mail-endpoint.js';
import { FakeMail } from '../../src/integrations/mail.fake.js';
import { channelsOf } from '../../src/integrations/channels.js';
import { Messengers, type Messenger } from '../builders/messengers.js';
import { addEndpoint, postOffice } from '../builders/post-office.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Delivery {
  id: string;
  kind: string;
  state: string;
  code: string | null;
  attempts: number;
  error: string | null;
  answer: string | null;
  providerId: string | null;
}

const MESSENGERS: readonly Messenger[] = ['DINGTALK', 'FEISHU', 'WECOM'];
const WEBHOOK_SECRET = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';

let api: TestApi;
let ops: ApiClient;
let messengers: Messengers;
let hook: Server;
let hooked: { type: string; data: object }[];
let mail: FakeMail;
let office: DeliveryActivities;
beforeAll(async () => {
  [api, messengers] = await Promise.all([startApi(), Messengers.start()]);
  ops = await api.as('ops');
  hook = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      hooked.push(JSON.parse(text) as (typeof hooked)[number]);
      response.statusCode = request.url === '/down' ? 503 : 202;
      response.end('secret of the receiver');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((up) => hook.once('listening', up));
});
beforeEach(() => {
  hooked = [];
  mail = new FakeMail();
  const { webhook, robots } = channelsOf({ mail: null, allowedHosts: [messengers.host, hookHost()] });
  office = postOffice(api.dataSource, { mail, webhook, robots });
});
afterAll(async () => {
  hook.close();
  await messengers.stop();
  await api.close();
});

const hookHost = () => `127.0.0.1:${(hook.address() as AddressInfo).port}`;
const ask = (endpointId: string, client = ops) =>
  client.post<{ id: string; code: string }>(`/channel-endpoints/${endpointId}/test`);
/** Asked for, and sent as the worker would; nothing here waits for a retry. */
async function tested(endpointId: string): Promise<Delivery> {
  const { status, body } = await ask(endpointId);
  expect(status).toBe(202);
  await office.sendDelivery(body.id).catch(() => undefined);
  return (await ops.get<Delivery>(`/deliveries/${body.id}`)).body;
}
const robot = (channel: Messenger, secret?: string) => {
  const right = channel === 'WECOM' ? [] : [secret ?? messengers.secrets[channel]];
  return addEndpoint(api.dataSource, { channel, url: messengers.url(channel), secrets: right });
};

describe('an endpoint is tested', () => {
  it.each(MESSENGERS)('%s: a card of its own, and what the robot answered', async (channel) => {
    const sent = await tested(await robot(channel));
    expect(sent).toMatchObject({ kind: 'TEST', state: 'SENT', attempts: 1, code: null, error: null });
    expect(JSON.parse(sent.answer!)).toMatchObject(channel === 'FEISHU' ? { code: 0 } : { errcode: 0 });
    const card = messengers.cards.at(-1)!;
    expect([card.messenger, card.title]).toEqual([channel, expect.stringContaining('Sealflow 测试消息')]);
    expect(new Set(card.links)).toEqual(new Set(['https://sealflow.example/ops']));
  });

  it.each<[string, Messenger, string, string]>([
    ['a wrong secret', 'DINGTALK', 'BAD_SECRET', '310000'],
    ['a wrong secret', 'FEISHU', 'BAD_SECRET', '19021'],
  ])('%s of %s is told in the messenger’s words, at the first try', async (_case, channel, code, said) => {
    const failed = await tested(await robot(channel, 'SEC-wrong'));
    expect(failed).toMatchObject({ state: 'FAILED', code, attempts: 1 });
    expect(failed.error).toContain(said);
  });

  it('too many messages: told, and not tried for a day as a real one would be', async () => {
    messengers.answers.push({ errcode: 130101, errmsg: 'send too fast' });
    const failed = await tested(await robot('DINGTALK'));
    expect(failed).toMatchObject({ state: 'FAILED', code: 'NOT_TAKEN', attempts: 1 });
    expect(failed.error).toContain('send too fast');
  });

  it('a webhook gets a signed event that is about no request; its answer is a status and no more', async () => {
    const at = (path: string) =>
      addEndpoint(api.dataSource, {
        channel: 'WEBHOOK',
        url: `http://${hookHost()}${path}`,
        secrets: [WEBHOOK_SECRET],
      });
    const sent = await tested(await at('/up'));
    expect(sent).toMatchObject({ state: 'SENT', providerId: '202', answer: null });
    expect(hooked[0]).toMatchObject({ type: 'sealflow.endpoint.test.v1', data: {} });
    const failed = await tested(await at('/down'));
    expect(failed).toMatchObject({ state: 'FAILED', code: 'NOT_TAKEN', error: 'answered 503' });
    expect(JSON.stringify([sent, failed])).not.toContain('secret of the receiver');
  });

  it('mail goes to whoever asks, in their language; without an address it is refused', async () => {
    await offerMail(api.dataSource, true);
    const [{ id }] = await api.dataSource.query<[{ id: string }]>(
      `SELECT id FROM channel_endpoint WHERE channel = 'MAIL'`,
    );
    await api.dataSource.query(`UPDATE employee SET email = NULL WHERE username = 'ops'`);
    expect(await ask(id)).toMatchObject({ status: 422, body: { code: 'NO_ADDRESS' } });
    await api.dataSource.query(
      `UPDATE employee SET email = 'ops@example.test', quiet_from = '00:00', quiet_to = '23:59', locale = 'en' WHERE username = 'ops'`,
    );
    expect(await tested(id)).toMatchObject({ state: 'SENT', attempts: 1 });
    expect(mail.sent.map(({ to, subject }) => [to.address, subject])).toEqual([
      ['ops@example.test', 'Sealflow test message: Mail'],
    ]);
  });

  it('is not for everybody, nor for what is turned off, nor without end', async () => {
    const id = await robot('WECOM');
    for (const name of ['moses.frase', 'auditor', 'hr'])
      expect((await ask(id, await api.as(name))).status).toBe(403);
    expect((await ask(randomUUID())).status).toBe(404);
    for (let times = 0; times < 3; times += 1) expect((await ask(id)).status).toBe(202);
    const refused = await ask(id);
    expect([refused.status, refused.body.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(refused.headers.get('retry-after')).toBe('60');
    await api.dataSource.query(`UPDATE channel_endpoint SET state = 'DISABLED' WHERE id = $1`, [id]);
    expect([(await ask(id)).status, (await ask(id)).body.code]).toEqual([409, 'STATE_CONFLICT']);
  });

  it('asked again with the same key is one message; it goes through the outbox and is on record', async () => {
    const id = await robot('WECOM');
    const key = randomUUID();
    const twice = await Promise.all(
      [1, 2].map(() => ops.post<{ id: string }>(`/channel-endpoints/${id}/test`, undefined, { key })),
    );
    expect(new Set(twice.map(({ body }) => body.id)).size).toBe(1);
    const waiting = await api.dataSource.query<unknown[]>(`SELECT 1 FROM outbox WHERE workflow_id = $1`, [
      `deliver/${twice[0]!.body.id}`,
    ]);
    expect(waiting).toHaveLength(1);
    const events = await api.dataSource.query<{ type: string }[]>(
      `SELECT type FROM event WHERE aggregate_kind = 'operation' AND aggregate_id = $1`,
      [id],
    );
    expect(events.map(({ type }) => type)).toEqual(['endpoint.tested']);
  });
});

describe('the delivery log', () => {
  it('is paged by endpoint, newest first', async () => {
    const id = await robot('WECOM');
    const sent = [];
    for (let times = 0; times < 3; times += 1) sent.unshift((await tested(id)).id);
    const first = await ops.get<{ items: Delivery[]; nextCursor: string }>(
      `/deliveries?endpointId=${id}&limit=2`,
    );
    const rest = await ops.get<{ items: Delivery[]; nextCursor: string | null }>(
      `/deliveries?endpointId=${id}&limit=2&cursor=${encodeURIComponent(first.body.nextCursor)}`,
    );
    expect([...first.body.items, ...rest.body.items].map((item) => item.id)).toEqual(sent);
    expect(rest.body.nextCursor).toBeNull();
    expect((await ops.get(`/deliveries/${randomUUID()}`)).status).toBe(404);
    expect((await (await api.as('moses.frase')).get(`/deliveries/${sent[0]!}`)).status).toBe(403);
  });
});
