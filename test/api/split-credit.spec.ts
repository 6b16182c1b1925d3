import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decide, type View } from '../builders/approval-client.js';
import { inDays, newDeal, version, type DealAnswer } from '../builders/opportunity.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Share {
  person: { id: string; name: string };
  percent: string;
  amount: { amount: string; currency: string } | null;
}
interface SplitRow {
  no: number | null;
  validFrom: string | null;
  revenue: Share[];
  overlay: Share[];
  channel: { partner: string; percent: string; amount: { amount: string } } | null;
}
interface Splits {
  rowVersion: number;
  today: string;
  current: SplitRow;
  history: SplitRow[];
  pending: { requestId: string; requestState: string; split: SplitRow } | null;
  mayWrite: boolean;
  needsApproval: boolean;
  code?: string;
  openRequestId?: string;
  errors?: { pointer: string; code: string }[];
}

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let otherLead: ApiClient;
let stranger: ApiClient;
let ids: { owner: string; colleague: string; other: string };
let deal: DealAnswer;

beforeAll(async () => {
  api = await startApi();
  [rep, lead, otherLead, stranger] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'rocco.neubert', 'donn.cantrell'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient];
  const [owner, colleague, other] = await Promise.all(
    ['moses.frase', 'anna.snelling', 'donn.cantrell'].map((name) => api.personId(name)),
  );
  ids = { owner: owner!, colleague: colleague!, other: other! };
});
afterAll(() => api?.close());
beforeEach(async () => {
  deal = await newDeal(rep, { amount: { amount: '100000.05', currency: 'CNY' } });
});

const read = async (client = rep): Promise<Splits> =>
  (await client.get<Splits>(`/opportunities/${deal.id}/splits`)).body;
const shares = (given: Record<string, string>) =>
  Object.entries(given).map(([personId, percent]) => ({ personId, percent }));
const of = (list: readonly Share[]) =>
  Object.fromEntries(list.map(({ person, percent, amount }) => [person.id, `${percent} ${amount?.amount}`]));
const put = async (revenue: Record<string, string>, more: object = {}, client = rep) => {
  const { rowVersion, today } = await read();
  const body = { validFrom: today, revenue: shares(revenue), ...more };
  return client.put<Splits>(`/opportunities/${deal.id}/splits`, body, version(rowVersion));
};
const win = () =>
  api.dataSource.query(
    `UPDATE opportunity SET stage = 'WON', closed_on = engaged_on, row_version = row_version + 1 WHERE id = $1`,
    [deal.id],
  );
const halves = () => ({ [ids.owner]: '50', [ids.colleague]: '50' });

describe('§3.2 split credit of a deal of somebody else', () => {
  it('is not there to read or change; whoever only reads deals does not change it', async () => {
    expect((await api.anonymous.get(`/opportunities/${deal.id}/splits`)).status).toBe(401);
    expect((await stranger.get(`/opportunities/${deal.id}/splits`)).status).toBe(404);
    expect((await put(halves(), {}, stranger)).status).toBe(404);
    expect((await put(halves(), {}, await api.as('cfo'))).status).toBe(403);
  });
});

describe('§3.2 split credit before the deal is won', () => {
  it('is the owner’s until somebody splits it, and follows them', async () => {
    const { current, history, needsApproval } = await read();
    expect([current.no, of(current.revenue), history, needsApproval]).toEqual([
      null,
      { [ids.owner]: '100 100000.05' },
      [],
      false,
    ]);
  });

  it('holds at once; amounts sum to the cent, overlay and partner are apart', async () => {
    const { status, body } = await put(
      { [ids.owner]: '60', [ids.colleague]: '40' },
      { overlay: shares({ [ids.other]: '10' }), channel: { partner: 'Acme Trading', percent: '12.5' } },
    );
    expect([status, body.pending]).toEqual([200, null]);
    expect(of(body.current.revenue)).toEqual({
      [ids.owner]: '60 60000.03',
      [ids.colleague]: '40 40000.02',
    });
    expect(of(body.current.overlay)).toEqual({ [ids.other]: '10 10000.01' });
    expect(body.current.channel).toMatchObject({
      partner: 'Acme Trading',
      percent: '12.5',
      amount: { amount: '12500.01' },
    });
    const types = await api.dataSource.query<{ type: string }[]>(
      `SELECT type FROM event WHERE aggregate_kind = 'opportunity' AND aggregate_id = $1 ORDER BY seq`,
      [deal.id],
    );
    expect(types.map(({ type }) => type)).toContain('opportunity.split-set');
  });

  it('holds from its day on; what held before is history', async () => {
    await put(halves());
    const { body } = await put({ [ids.colleague]: '100' }, { validFrom: inDays(20) });
    expect(of(body.current.revenue)).toEqual({ [ids.owner]: '50 50000.03', [ids.colleague]: '50 50000.02' });
    expect(body.history.map(({ no, validFrom }) => [no, validFrom])).toEqual([
      [2, inDays(20)],
      [1, body.today],
    ]);
  });

  it.each<[string, () => Record<string, string>, object, string]>([
    ['99.99 %', () => ({ [ids.owner]: '99.99' }), {}, '/revenue SUM'],
    ['100.0001 %', () => ({ [ids.owner]: '60.0001', [ids.colleague]: '40' }), {}, '/revenue SUM'],
    ['what holds already', () => ({ [ids.owner]: '100.00' }), {}, '/revenue UNCHANGED'],
    ['a day that has passed', halves, { validFrom: '2020-01-01' }, '/validFrom PAST'],
    [
      'nobody there',
      () => ({ [ids.owner]: '50', [randomUUID()]: '50' }),
      {},
      '/revenue/1/personId UNKNOWN_PERSON',
    ],
    [
      'a partner’s share of nothing',
      halves,
      { channel: { partner: 'Acme', percent: '0' } },
      '/channel/percent TOO_SMALL',
    ],
  ])('refuses %s by field and rule', async (_, revenue, more, field) => {
    const { status, body } = await put(revenue(), more);
    expect([status, body.errors!.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([400, [field]]);
  });

  it('needs the version of the deal, and takes a repeat once', async () => {
    const { rowVersion, today } = await read();
    const path = `/opportunities/${deal.id}/splits`;
    const body = { validFrom: today, revenue: shares(halves()) };
    expect((await rep.put(path, body)).status).toBe(428);
    expect((await rep.put(path, body, version(rowVersion - 1))).status).toBe(412);
    const headers = { ...version(rowVersion).headers, 'Idempotency-Key': randomUUID() };
    expect((await rep.put(path, body, { headers })).status).toBe(200);
    const again = await rep.put<Splits>(path, body, { headers });
    expect([again.status, again.body.history.length]).toEqual([200, 1]);
  });
});

describe('§3.2 split credit after the deal is won', () => {
  beforeEach(win);

  it('is proposed: nothing changes before the manager of everybody affected has approved', async () => {
    const across = { [ids.owner]: '70', [ids.other]: '30' };
    const none = await put(across);
    expect(none.body.errors).toMatchObject([{ pointer: '/reason', code: 'REQUIRED' }]);
    const { status, body } = await put(across, { reason: 'Donn found the buyer' });
    expect([status, of(body.current.revenue), body.history]).toEqual([
      200,
      { [ids.owner]: '100 100000.05' },
      [],
    ]);
    const { requestId } = body.pending!;
    const request = await rep.get<View & { kind: string }>(`/requests/${requestId}`);
    expect(request.body).toMatchObject({ kind: 'SPLIT', state: 'PENDING' });
    const asked = request.body.path.flatMap(({ seats }) => seats.map(({ holder }) => holder?.name)).sort();
    expect(asked).toEqual(['Dustin Brinkmann', 'Rocco Neubert']);
    const second = await put(halves(), { reason: 'x' });
    expect([second.status, second.body.code, second.body.openRequestId]).toEqual([
      409,
      'OPPORTUNITY.SPLIT_PENDING',
      requestId,
    ]);
    expect((await decide(lead, requestId)).status).toBeLessThan(300);
    expect(of((await read()).current.revenue)).toEqual({ [ids.owner]: '100 100000.05' });
    expect((await decide(otherLead, requestId)).status).toBeLessThan(300);
    const after = await read();
    expect([after.pending, of(after.current.revenue)]).toEqual([
      null,
      { [ids.owner]: '70 70000.04', [ids.other]: '30 30000.01' },
    ]);
  });

  it('stays as it was when one of them says no, and may be proposed anew', async () => {
    const { body } = await put(halves(), { reason: 'they helped' });
    const { requestId } = body.pending!;
    expect((await decide(lead, requestId, 'REJECT')).status).toBeLessThan(300);
    const after = await read();
    expect([after.pending, after.history, of(after.current.revenue)]).toEqual([
      null,
      [],
      { [ids.owner]: '100 100000.05' },
    ]);
    expect((await put(halves(), { reason: 'once more' })).status).toBe(200);
  });

  it('is not opened again by reopening the deal', async () => {
    await api.dataSource.query(
      `UPDATE opportunity SET stage = 'NEGOTIATION', closed_on = NULL, row_version = row_version + 1 WHERE id = $1`,
      [deal.id],
    );
    const { body } = await put(halves(), { reason: 'x' });
    expect([body.needsApproval, body.history]).toEqual([true, []]);
  });

  it('D9 a split proposed before the deal is taken over holds once it is approved, on the very day as well', async () => {
    const { body } = await put(halves(), { reason: 'they helped' });
    const give = { newOwnerId: ids.colleague, reason: 'holiday' };
    expect((await lead.post(`/opportunities/${deal.id}/owner`, give)).status).toBe(200);
    const winners = { [ids.owner]: '100 100000.05' };
    expect(of((await read(lead)).current.revenue)).toEqual(winners);
    expect((await decide(lead, body.pending!.requestId)).status).toBeLessThan(300);
    const after = await read(lead);
    expect(after.pending).toBeNull();
    expect(of(after.current.revenue)).toEqual({
      [ids.owner]: '50 50000.03',
      [ids.colleague]: '50 50000.02',
    });
    expect(after.history.map(({ revenue }) => of(revenue))).toContainEqual(winners);
  });

  it('stays with whoever won it when somebody else takes the deal over', async () => {
    const give = { newOwnerId: ids.colleague, reason: 'holiday' };
    expect((await lead.post(`/opportunities/${deal.id}/owner`, give)).status).toBe(200);
    expect(of((await read(lead)).current.revenue)).toEqual({ [ids.owner]: '100 100000.05' });
  });
});

it('§3.2 a deal won and taken over before a split given earlier holds stays with whoever won it until that day', async () => {
  const { body: given } = await put(halves(), { validFrom: inDays(20) });
  await win();
  const give = { newOwnerId: ids.colleague, reason: 'holiday' };
  expect((await lead.post(`/opportunities/${deal.id}/owner`, give)).status).toBe(200);
  const after = await read(lead);
  expect(of(after.current.revenue)).toEqual({ [ids.owner]: '100 100000.05' });
  expect(after.history.find(({ validFrom }) => validFrom === inDays(20))).toEqual(given.history[0]);
});
