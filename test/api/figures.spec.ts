import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { resubmitRequest } from '../../src/commands/approval/takeback.js';
import { Desk } from '../builders/approval-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Group {
  key: string;
  person: { id: string } | null;
  decided: number;
  running: number;
  returned: number;
  closed: number;
}
interface Figures {
  requests: number;
  rates: Record<string, number | null>;
  lost: { cause: string; minutes: number; requests: number }[];
  groups: Group[];
  rungs: { id: string; tasks: number }[];
}
interface Items {
  items: { requestId: string; stage: string | null; person: { id: string } | null; at: string | null }[];
  total: number;
}

const LEAD = 'dustin.brinkmann';
let api: TestApi;
let desk: Desk;
let gm: ApiClient;
let straight: string;
let bounced: string;
let waiting: string;
let period: string;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  gm = await api.as('gm');
  const from = new Date(Date.now() - 3_600_000).toISOString();
  period = `from=${from}&to=${new Date(Date.now() + 3_600_000).toISOString()}`;
  const pending = () => desk.pending([desk.seats('LEAD', [LEAD]), desk.seats('GM', ['gm'], { block: 2 })]);
  [straight, bounced, waiting] = [await pending(), await pending(), await pending()];
  await desk.vote(straight, LEAD, 'APPROVE');
  await desk.vote(straight, 'gm', 'APPROVE');
  await desk.vote(bounced, LEAD, 'RETURN');
  await resubmitRequest(desk.db, desk.meta('moses.frase'), { requestId: bounced });
  await desk.vote(bounced, LEAD, 'REJECT');
});
afterAll(() => api.close());

const figures = async (client: ApiClient, filter: string) =>
  (await client.get<Figures>(`/figures?${period}&${filter}`)).body;
const items = async (filter: string, client = gm) =>
  (await client.get<Items>(`/figures/items?${period}&${filter}`)).body;

describe('AE-STAT-1 figures', () => {
  it('are not for everybody', async () => {
    for (const path of [
      '/figures?by=STAGE&',
      '/figures/items?measure=CLOSED&',
      '/figures/counterfactual?rung=x&atMinutes=1&',
    ]) {
      for (const name of ['moses.frase', 'hr'])
        expect((await (await api.as(name)).get(`${path}${period}`)).status).toBe(403);
      expect((await api.anonymous.get(`${path}${period}`)).status).toBe(401);
    }
    expect((await gm.get('/figures?by=STAGE')).status).toBe(400);
    expect((await gm.get(`/figures?${period}&by=MOOD`)).status).toBe(400);
  });

  it('by stage: answers, what runs, returns, and the rates of the requests', async () => {
    const { rates, groups, requests, lost } = await figures(gm, 'by=STAGE');
    expect(requests).toBe(3);
    // straight approved at first pass by two, bounced rejected after a return by two answers of one
    expect(rates).toEqual({ closed: 2, returnPct: 50, firstPassPct: 50, autoPct: 0, touches: 2 });
    expect(groups).toMatchObject([
      { key: 'LEAD', decided: 3, running: 1, returned: 1, closed: 2 },
      { key: 'GM', decided: 1, running: 0, returned: 0, closed: 1 },
    ]);
    expect(lost.map(({ cause }) => cause)).toEqual(['HOLDER', 'PARKED', 'BLOCKED', 'RETURNED', 'OTHER']);
  });

  it('by person and by row of the policy', async () => {
    expect((await figures(gm, 'by=PERSON')).groups).toMatchObject([
      { person: { id: desk.id(LEAD) }, decided: 3, running: 1 },
      { person: { id: desk.id('gm') }, decided: 1, running: 0 },
    ]);
    const rows = (await figures(gm, 'by=ROW')).groups;
    expect(rows.map(({ key }) => key)).toEqual(
      rows.map(() => expect.stringMatching(/^approval\.test-\w+\/all$/)),
    );
    expect(rows).toHaveLength(3);
  });

  it('lead down to the requests behind them', async () => {
    const ids = async (filter: string) =>
      (await items(filter)).items.map(({ requestId }) => requestId).sort();
    expect(await ids('measure=CLOSED')).toEqual([straight, bounced].sort());
    expect(await ids('measure=RETURNED')).toEqual([bounced]);
    expect(await ids('measure=FIRST_PASS')).toEqual([straight]);
    expect(await ids('measure=AUTO')).toEqual([]);
    expect(await ids('measure=RUNNING&by=STAGE&key=LEAD')).toEqual([waiting]);
    expect(await ids('measure=DECIDED&by=STAGE&key=GM')).toEqual([straight]);
    expect(await items(`measure=SENT_BACK&by=PERSON&key=${desk.id(LEAD)}`)).toMatchObject({
      total: 1,
      items: [{ requestId: bounced, stage: 'LEAD', person: { id: desk.id(LEAD) } }],
    });
  });

  it('are of the own unit only for a lead, of no other by asking for it', async () => {
    const [own, other] = await Promise.all([api.as(LEAD), api.as('melvin.marxen')]);
    expect((await figures(own, 'by=STAGE')).requests).toBe(3);
    expect(await figures(other, 'by=STAGE')).toMatchObject({ requests: 0, groups: [], rates: { closed: 0 } });
    const [row] = await desk.db.query<{ unit_id: string }[]>(
      `SELECT unit_id FROM approval_request WHERE id = $1`,
      [straight],
    );
    expect((await figures(other, `by=STAGE&unitId=${row!.unit_id}`)).requests).toBe(0);
    expect((await items('measure=CLOSED', other)).total).toBe(0);
    expect((await figures(gm, `by=STAGE&unitId=${row!.unit_id}`)).requests).toBe(3);
    expect((await figures(gm, `by=STAGE&unitId=${randomUUID()}`)).requests).toBe(0);
  });

  it('are of one kind and one period when asked', async () => {
    expect((await figures(gm, 'by=STAGE&kind=QUOTE')).requests).toBe(3);
    expect((await figures(gm, 'by=STAGE&kind=CONTRACT')).requests).toBe(0);
    const past = 'from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z';
    expect((await gm.get<Figures>(`/figures?${past}&by=STAGE`)).body).toMatchObject({
      requests: 0,
      groups: [],
    });
  });

  it('say what another rung would have changed', async () => {
    const { rungs } = await figures(gm, 'by=STAGE');
    expect(rungs[0]).toEqual({ id: expect.any(String), tasks: 4 });
    const answer = await gm.get(`/figures/counterfactual?${period}&rung=${rungs[0]!.id}&atMinutes=60`);
    expect(answer.body).toEqual({
      considered: 4,
      rung: 0,
      onTime: 4,
      wouldBeOnTime: 4,
      reactionMinutes: null,
    });
  });
});
