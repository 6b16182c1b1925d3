import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inDays, move, newDeal, patch, version, type DealAnswer } from '../builders/opportunity.js';
import { draftOf, edit } from '../builders/policy-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Board {
  pipeline: string;
  columns: {
    stage: string;
    count: number;
    sums: { amount: { amount: string; currency: string }; weighted: { amount: string } }[];
    items: DealAnswer[];
    nextCursor: string | null;
  }[];
}
interface Bridge {
  openThen: { amount: string };
  openNow: { amount: string };
  steps: { step: string; count: number; delta: { amount: string }; deals: { id: string }[] }[];
}

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;

beforeAll(async () => {
  api = await startApi();
  [rep, lead] = await Promise.all([api.as('moses.frase'), api.as('dustin.brinkmann')]);
});
afterAll(() => api?.close());

const columnOf = ({ columns }: Board, stage: string) => columns.find((column) => column.stage === stage)!;

describe('row 17 the board', () => {
  it('is nobody’s who may not see deals, and shows each their own reach', async () => {
    expect((await api.anonymous.get('/opportunities/board')).status).toBe(401);
    const hr = await api.as('hr');
    expect((await hr.get('/opportunities/board')).status).toBe(403);
    const owners = (board: Board) =>
      new Set(board.columns.flatMap(({ items }) => items.map(({ owner }) => owner.name)));
    const own = (await rep.get<Board>('/opportunities/board')).body;
    expect(owners(own)).toEqual(new Set(['Moses Frase']));
    expect(owners((await lead.get<Board>('/opportunities/board')).body).size).toBe(6);
  });

  it('has every stage with count and sums per currency, weighted by each deal’s own probability', async () => {
    const marked = { title: 'board sums' };
    await newDeal(rep, { ...marked, amount: { amount: '1000.00', currency: 'CNY' } });
    const { id } = await newDeal(rep, { ...marked, amount: { amount: '2000.00', currency: 'CNY' } });
    await newDeal(rep, { ...marked, amount: { amount: '10.00', currency: 'USD' } });
    await patch(rep, id, { own: { probabilityPct: '50', forecast: null, reason: 'they like it' } });
    const { body } = await rep.get<Board>('/opportunities/board?search=board%20sums');
    expect(body.columns.map(({ stage }) => stage)).toEqual([
      'PROSPECTING',
      'QUALIFIED',
      'PROPOSAL',
      'QUOTED',
      'NEGOTIATION',
      'CONTRACTING',
      'ON_HOLD',
      'WON',
      'LOST',
    ]);
    expect(columnOf(body, 'PROSPECTING')).toMatchObject({
      count: 3,
      sums: [
        { amount: { amount: '3000.00', currency: 'CNY' }, weighted: { amount: '1100.00' } },
        { amount: { amount: '10.00', currency: 'USD' }, weighted: { amount: '1.00' } },
      ],
    });
    await move(rep, id, { stage: 'LOST', lostReason: 'PRICE', competitor: 'Acme' });
    const after = (await rep.get<Board>('/opportunities/board?search=board%20sums')).body;
    expect([columnOf(after, 'PROSPECTING').count, columnOf(after, 'LOST').count]).toEqual([2, 1]);
  });

  it('keeps its sums as deals come, move, change hands and worth, and go', async () => {
    const seller = await api.as('vicki.laflamme');
    const manager = await api.as('manager');
    const deals = `SELECT pipeline, stage, currency, unit_id, owner_id, count(*) AS n, coalesce(sum(amount), 0) AS amount,
      coalesce(sum(weighted), 0) AS weighted FROM opportunity WHERE stage NOT IN ('WON', 'LOST') GROUP BY 1, 2, 3, 4, 5`;
    const kept = `SELECT * FROM opportunity_total WHERE n <> 0 OR amount <> 0 OR weighted <> 0`;
    const off = () =>
      api.dataSource.query<object[]>(`(${deals} EXCEPT ${kept}) UNION ALL (${kept} EXCEPT ${deals})`);
    const qualified = async (who: ApiClient, query = '') => {
      const { count, sums } = columnOf(
        (await who.get<Board>(`/opportunities/board?${query}`)).body,
        'QUALIFIED',
      );
      return [count, ...sums.map(({ amount }) => `${amount.currency} ${amount.amount}`)];
    };
    expect([await off(), await qualified(seller, 'forecast=COMMIT')]).toEqual([[], [0]]);
    const { id } = await newDeal(seller, { amount: { amount: '70.00', currency: 'CNY' } });
    const bare = await newDeal(seller, { amount: undefined });
    await patch(seller, id, { own: { probabilityPct: '33', forecast: 'COMMIT', reason: 'a third' } });
    await api.dataSource.query(
      `UPDATE opportunity SET stage = 'QUALIFIED', open_stage = 'QUALIFIED' WHERE id = $1`,
      [id],
    );
    await move(seller, bare.id, { stage: 'LOST', lostReason: 'PRICE', competitor: 'Acme' });
    expect([await off(), await qualified(seller, 'forecast=COMMIT')]).toEqual([[], [1, 'CNY 70.00']]);
    const [all] = await api.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM opportunity WHERE stage = 'QUALIFIED'`,
    );
    expect((await qualified(manager))[0]).toBe(all!.n);
    const [owner] = await qualified(rep);
    await api.dataSource.query(
      `UPDATE opportunity SET owner_id = $2, unit_id = NULL, amount = 80, currency = 'USD' WHERE id = $1`,
      [id, await api.personId('moses.frase')],
    );
    expect([await off(), owner, await qualified(rep)]).toEqual([[], 0, [1, 'USD 80.00']]);
    await api.dataSource.query(`DELETE FROM activity WHERE opportunity_id = $1`, [id]);
    await api.dataSource.query(`DELETE FROM opportunity WHERE id = $1`, [id]);
    expect([await off(), (await qualified(rep))[0]]).toEqual([[], owner]);
  });

  it('keeps a column for a stage the pipeline no longer has', async () => {
    const { id } = await newDeal(rep, { title: 'left behind' });
    await api.dataSource.query(`UPDATE opportunity SET stage = 'PILOT', open_stage = 'PILOT' WHERE id = $1`, [
      id,
    ]);
    const { body } = await rep.get<Board>('/opportunities/board?search=left%20behind');
    expect(body.columns.map(({ stage }) => stage).slice(5, 8)).toEqual(['CONTRACTING', 'PILOT', 'ON_HOLD']);
    expect(columnOf(body, 'PILOT')).toMatchObject({ count: 1, items: [{ id }] });
    expect((await move(rep, id, { stage: 'PROSPECTING', reason: 'no pilots any more' })).status).toBe(200);
    const after = (await rep.get<Board>('/opportunities/board?search=left%20behind')).body;
    expect(after.columns.map(({ stage }) => stage)).not.toContain('PILOT');
  });

  it('says of each deal whether whoever looks may change it', async () => {
    const { id } = await newDeal(rep, { title: 'whose' });
    const finance = await api.as('finance');
    const seen = async (who: ApiClient): Promise<unknown> =>
      (await who.get<Board>('/opportunities/board?search=whose')).body.columns?.flatMap(({ items }) =>
        items.filter((deal) => deal.id === id).map(({ mayWrite }) => mayWrite),
      );
    expect([await seen(rep), await seen(lead), await seen(finance)]).toEqual([[true], [true], [false]]);
  });

  it('a column goes on in the list, with the same filter and nothing twice', async () => {
    for (const amount of ['300.00', '200.00', '100.00'])
      await newDeal(rep, { title: 'paged', amount: { amount, currency: 'CNY' } });
    const { body } = await rep.get<Board>('/opportunities/board?pipeline=standard&search=paged&limit=2');
    const { items, nextCursor } = columnOf(body, 'PROSPECTING');
    const more = await rep.get<{ items: DealAnswer[]; nextCursor: string | null }>(
      `/opportunities?pipeline=standard&search=paged&stage=PROSPECTING&sort=worth&cursor=${nextCursor}`,
    );
    expect([more.status, items.length, more.body.items.length, more.body.nextCursor]).toEqual([
      200,
      2,
      1,
      null,
    ]);
    expect(new Set([...items, ...more.body.items].map(({ id }) => id)).size).toBe(3);
    const other = await rep.get(`/opportunities?search=other&sort=worth&cursor=${nextCursor}`);
    expect([other.status, other.body['code']]).toEqual([400, 'CURSOR_INVALID']);
  });
});

describe('the list', () => {
  it.each(['newest', 'worth', 'close', 'contact'])('pages by %s through everything once', async (sort) => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await lead.get<{ items: DealAnswer[]; nextCursor: string | null }>(
        `/opportunities?limit=3&open=true&sort=${sort}${cursor && `&cursor=${cursor}`}`,
      );
      expect(page.status).toBe(200);
      seen.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor ?? '';
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    const whole = await lead.get<{ items: unknown[] }>('/opportunities?limit=100&open=true');
    expect(seen).toHaveLength(whole.body.items.length);
  });

  it('finds what is quiet and what is late', async () => {
    const [quiet, late] = [await newDeal(rep), await newDeal(rep)];
    await api.dataSource.query(`UPDATE opportunity SET stuck_at = now() WHERE id = $1`, [quiet.id]);
    await api.dataSource.query(`UPDATE opportunity SET slipped_at = now() WHERE id = $1`, [late.id]);
    const ids = async (query: string) =>
      (await lead.get<{ items: DealAnswer[] }>(`/opportunities?${query}`)).body.items.map(({ id }) => id);
    expect(await ids('stuck=true')).toEqual([quiet.id]);
    expect(await ids('slipped=true&sort=close')).toEqual([late.id]);
    expect(await ids(`closeTo=${inDays(-1)}&owner=me`)).toEqual([]);
  });
});

describe('row 18 what changed in the pipeline', () => {
  it('leads from then to now, and each step to its deals', async () => {
    const seller = await api.as('anna.snelling');
    const then = new Date(Date.now() - 3_600_000).toISOString();
    const grown = await newDeal(seller, { amount: { amount: '500.00', currency: 'CNY' } });
    const lost = await newDeal(seller, { amount: { amount: '70.00', currency: 'CNY' } });
    // both were there before the day asked for
    await api.dataSource.query(
      `UPDATE opportunity_change SET at = at - interval '2 hours'
       WHERE opportunity_id IN (SELECT id FROM opportunity WHERE owner_id = $1)`,
      [await api.personId('anna.snelling')],
    );
    await patch(seller, grown.id, {
      amount: { amount: '800.00', currency: 'CNY' },
      expectedClose: inDays(60),
    });
    await move(seller, lost.id, { stage: 'LOST', lostReason: 'PRICE', competitor: 'Acme' });
    const added = await newDeal(seller, { amount: { amount: '20.00', currency: 'CNY' } });
    const { body } = await seller.get<Bridge>(`/opportunities/bridge?since=${encodeURIComponent(then)}`);
    const moved = body.steps.filter(({ count }) => count > 0);
    expect(moved.map(({ step, delta, deals }) => [step, delta.amount, deals[0]!.id])).toEqual([
      ['NEW', '20.00', added.id],
      ['UP', '300.00', grown.id],
      ['LOST', '-70.00', lost.id],
      ['SLIPPED', '0.00', grown.id],
    ]);
    expect(Number(body.openNow.amount) - Number(body.openThen.amount)).toBe(250);
  });
});

describe('D5 how long deals stay at a stage', () => {
  it('counts what left it since a day, within reach, by its hours', async () => {
    const seller = await api.as('cecily.lampkin');
    const since = encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString());
    for (const hours of [10, 20, 30]) {
      const { id } = await newDeal(seller, { need: 'a pump' });
      await api.dataSource.query(
        `UPDATE opportunity_stage_entry SET entered_at = now() - make_interval(hours => $2) WHERE opportunity_id = $1`,
        [id, hours],
      );
      await move(seller, id, { stage: 'QUALIFIED' });
      if (hours === 30) await move(seller, id, { stage: 'PROSPECTING', reason: 'not yet' });
    }
    const { status, body } = await seller.get<object[]>(`/opportunities/stage-times?since=${since}`);
    expect(status).toBe(200);
    expect(body).toEqual([
      { stage: 'PROSPECTING', left: 3, medianHours: 20, p90Hours: 28, wentBack: 0 },
      { stage: 'QUALIFIED', left: 1, medianHours: 0, p90Hours: 0, wentBack: 1 },
    ]);
    expect((await api.anonymous.get(`/opportunities/stage-times?since=${since}`)).status).toBe(401);
    expect((await seller.get('/opportunities/stage-times')).status).toBe(400);
  });
});

describe('pipelines', () => {
  it('change by a draft that a second person approves, from the next move on; a broken one does not pass', async () => {
    const [cfo, admin] = [await api.as('cfo'), await api.as('admin')];
    const { body: before } = await rep.get<{ items: { key: string; version: number; stuckDays: number }[] }>(
      '/pipelines',
    );
    expect(before.items.map(({ key, version: v, stuckDays }) => [key, v, stuckDays])).toEqual([
      ['standard', 1, 14],
      ['repeat', 1, 7],
    ]);
    expect((await rep.post('/policies/drafts', { kind: 'pipeline.standard', note: 'mine' })).status).toBe(
      403,
    );
    const draft = await draftOf(cfo, 'pipeline.standard');
    const content = draft.content as { stages: object[] };
    const broken = await edit(cfo, draft, { content: { ...content, stages: [] } });
    const at = (rowVersion: number) => version(rowVersion);
    const refused = await cfo.post(
      `/policies/drafts/${draft.id}/submit`,
      {},
      at(broken.body.draft!.rowVersion),
    );
    expect([refused.status, refused.body['code']]).toEqual([422, 'POLICY_ERROR']);
    const mended = await edit(cfo, broken.body, { content: { ...content, stuckDays: 10 } });
    const sent = await cfo.post<typeof draft>(
      `/policies/drafts/${draft.id}/submit`,
      {},
      at(mended.body.draft!.rowVersion),
    );
    const approved = await admin.post(
      `/policies/drafts/${draft.id}/approve`,
      {},
      at(sent.body.draft!.rowVersion),
    );
    expect(approved.status).toBe(200);
    const { body: after } = await rep.get<{ stuckDays: number; version: number }>('/pipelines/standard');
    expect([after.version, after.stuckDays]).toEqual([2, 10]);
  });
});
