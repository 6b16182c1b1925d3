import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson, type Json } from '../../src/domain/json.js';
import { decide, type View } from '../builders/approval-client.js';
import { newDeal } from '../builders/opportunity.js';
import {
  act,
  catalogue,
  draft,
  eachForItself,
  put,
  read,
  refusal,
  submit,
  type Catalogue,
  type Preview,
  type Quote,
} from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let director: ApiClient;
let goods: Catalogue;
beforeAll(async () => {
  api = await startApi();
  await eachForItself(api.dataSource);
  [rep, director] = (await Promise.all(['moses.frase', 'director.central'].map((name) => api.as(name)))) as [
    ApiClient,
    ApiClient,
  ];
  goods = await catalogue(rep);
});
afterAll(() => api.close());

const preview = async (client: ApiClient, path: string, body: object = {}) =>
  (await client.post<Preview>(path, body, { key: null })).body;
const signers = ({ stages }: Preview) =>
  stages.map(({ key, seats }) => `${key}: ${seats.map(({ person }) => person.name).join(', ')}`).sort();

describe('AE-PLAN-1 what is previewed is what happens', () => {
  it('unsaved, saved and submitted are one plan, byte for byte', async () => {
    const body = goods.body({ discountPct: '12' }, { termDays: 45, nonStandardClauses: ['PENALTY'] });
    const unsaved = await preview(rep, '/quotes/preview', body);
    expect(signers(unsaved)).toEqual([
      'CREDIT: Clara Yin, Adam Luo',
      'FINANCE: Fiona Gao, Oscar Feng',
      'LEGAL: Laura Shen, Peter Mao',
      'REGIONAL_DIRECTOR: Grace Chen',
    ]);
    const own = await draft(rep, body);
    const saved = await preview(rep, `/quotes/${own.id}/preview`);
    const { requestId } = await submit(rep, own.id, { planHash: unsaved.planHash });
    const stored = (await rep.get<Preview>(`/requests/${requestId}/plan`)).body;
    const bytes = ({ planHash, stages }: Preview) => canonicalJson({ planHash, stages } as unknown as Json);
    expect(bytes(saved)).toBe(bytes(unsaved));
    expect(bytes(stored)).toBe(bytes(unsaved));
    expect(unsaved.notAsked.map(({ stageKey }) => stageKey)).toContain('CFO');
  });

  it('shows the plan that replaced it when the organisation moved, and takes a yes to it', async () => {
    const east = await api.as('rosie.papadopoulos');
    const own = await draft(east, goods.body({ discountPct: '12' }));
    const before = await preview(east, `/quotes/${own.id}/preview`);
    expect(signers(before)).toEqual(['REGIONAL_DIRECTOR: Daniel Wu']);
    await api.dataSource.query(
      `UPDATE employee SET status = 'LEFT', left_at = now() WHERE username = 'director.east'`,
    );
    const moved = await east.post(`/quotes/${own.id}/submit`, { planHash: before.planHash });
    expect(refusal(moved)).toEqual([409, 'PLAN_CHANGED']);
    expect(moved.body['diff']).toMatchObject([
      { stageKey: 'REGIONAL_DIRECTOR', change: 'CHANGED', people: [{ name: 'Victor Liang' }] },
    ]);
    expect((await read(east, own.id)).state).toBe('DRAFT');
    const accepted = await submit(east, own.id, { planHash: before.planHash, acceptPlanChange: true });
    expect(accepted).toMatchObject({ state: 'IN_APPROVAL', holder: { people: [{ name: 'Victor Liang' }] } });
  });
});

describe('processes 3.2: the automatic lane', () => {
  it('approves a small standard quotation of a customer with credit at once', async () => {
    const own = await draft(rep, goods.body());
    expect(await preview(rep, `/quotes/${own.id}/preview`)).toMatchObject({
      lane: 'AUTO',
      stages: [],
      marginFlag: 'GREEN',
      total: { amount: '96420.00' },
    });
    expect(await submit(rep, own.id)).toMatchObject({
      state: 'APPROVED',
      holder: null,
      actions: ['EDIT', 'SEND', 'REVISE'],
    });
  });

  it.each<[string, object, object, string[]]>([
    ['one unit more, 101,241', { qty: '21' }, {}, ['TEAM_LEAD: Dustin Brinkmann']],
    ['5.01 % off', { discountPct: '5.01' }, {}, ['TEAM_LEAD: Dustin Brinkmann']],
    [
      '20.01 % off the whole deal',
      {},
      { dealDiscountPct: '20.01' },
      ['CFO: Martin Xu', 'SALES_MANAGER: Victor Liang'],
    ],
  ])('is not for %s', async (_what, line, over, people) => {
    expect(signers(await preview(rep, '/quotes/preview', goods.body(line, over)))).toEqual(people);
  });

  it('is not for a customer without a credit limit, which is no credit', async () => {
    const body = goods.body({}, { customerId: goods.customer('Condax'), termDays: 0 });
    expect(signers(await preview(rep, '/quotes/preview', body))).toEqual([
      'CREDIT: Clara Yin, Adam Luo',
      'TEAM_LEAD: Dustin Brinkmann',
    ]);
  });
});

describe('a returned quotation', () => {
  it('is edited and submitted again; its page says what changed, for better or worse', async () => {
    const own = await submit(rep, (await draft(rep, goods.body({ discountPct: '12' }))).id);
    const requestId = own.requestId!;
    await decide(director, requestId, 'RETURN', { resume: 'NEXT' });
    const returned = await read(rep, own.id);
    expect(returned).toMatchObject({ state: 'RETURNED', actions: ['EDIT', 'SUBMIT'] });
    const edited = await put(rep, returned, goods.body({ discountPct: '15' }, { termDays: 20 }));
    expect([edited.status, edited.body.state, edited.body.total.amount]).toEqual([
      200,
      'RETURNED',
      '81957.00',
    ]);
    const again = await submit(rep, own.id);
    expect(again).toMatchObject({ state: 'IN_APPROVAL', requestId });
    const page = (await director.get<View>(`/requests/${requestId}`)).body;
    expect(page).toMatchObject({ state: 'PENDING', round: 2, changedSinceLastRound: true });
    const changes = Object.fromEntries(
      page.changes.map(({ path, before, after, ...rest }) => [
        path.split('/').at(-1),
        `${before} → ${after} ${(rest as { direction?: string }).direction}`,
      ]),
    );
    expect(changes).toMatchObject({
      discountPct: '12 → 15 WORSE',
      unitNet: '4242.48 → 4097.85 WORSE',
      termDays: '30 → 20 BETTER',
      netTotal: '84849.60 → 81957.00 NEUTRAL',
    });
    await decide(director, requestId);
    expect((await read(rep, own.id)).state).toBe('APPROVED');
  });

  it('ends for good when rejected; the next version starts from its content', async () => {
    const own = await submit(rep, (await draft(rep, goods.body({ discountPct: '12' }))).id);
    await decide(director, own.requestId!, 'REJECT');
    const rejected = await read(rep, own.id);
    expect(rejected).toMatchObject({ state: 'REJECTED', actions: ['REVISE'] });
    expect(refusal(await put(rep, rejected, goods.body()))).toEqual([409, 'QUOTE_STATE']);
    const next = await act(rep, own.id, 'revise');
    expect(next).toMatchObject({
      number: own.number,
      version: 2,
      state: 'DRAFT',
      discountPct: '12',
      requestId: null,
    });
  });
});

describe('a revision', () => {
  it('leaves the approved version in force until it is approved itself, and there is only one', async () => {
    const first = await submit(rep, (await draft(rep, goods.body())).id);
    await act(rep, first.id, 'send');
    const second = await act(rep, first.id, 'revise');
    expect(second).toMatchObject({ number: first.number, version: 2, state: 'DRAFT', rowVersion: 1 });
    expect((await read(rep, first.id)).state).toBe('SENT');
    expect(refusal(await rep.post(`/quotes/${first.id}/revise`))).toEqual([409, 'REVISION_EXISTS']);
    expect((await submit(rep, second.id)).state).toBe('APPROVED');
    expect(await read(rep, first.id)).toMatchObject({ state: 'SUPERSEDED', actions: [] });
    for (const what of ['send', 'revise'])
      expect(refusal(await rep.post(`/quotes/${first.id}/${what}`))).toEqual([409, 'QUOTE_STATE']);
    expect(refusal(await rep.post(`/quotes/${first.id}/accept`, { acceptedBy: 'Mr Lin' }))).toEqual([
      409,
      'QUOTE_STATE',
    ]);
  });

  it('asked for fifty times at once is made once', async () => {
    const first = await submit(rep, (await draft(rep, goods.body())).id);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => rep.post<Quote>(`/quotes/${first.id}/revise`)),
    );
    expect(
      answers
        .map(({ status }) => status)
        .sort()
        .slice(0, 2),
    ).toEqual([201, 409]);
    const versions = await api.dataSource.query<{ version: number }[]>(
      `SELECT version FROM quote WHERE number = $1 ORDER BY version`,
      [first.number],
    );
    expect(versions).toEqual([{ version: 1 }, { version: 2 }]);
  });
});

describe('AE-SOD-1 whose deal a quotation is of', () => {
  it('is not asked about it, although somebody else has written it', async () => {
    const [repId, directorId] = await Promise.all(['moses.frase', 'director.central'].map(api.personId));
    const deal = await newDeal(rep, { customerId: goods.customer('Cheers') });
    const body = goods.body({ discountPct: '12' }, { opportunityId: deal.id });
    const signers = async () => {
      const { stages } = (await rep.post<Preview>('/quotes/preview', body, { key: null })).body;
      return stages.flatMap(({ seats }) => seats.map(({ person }) => person.name));
    };
    expect(await signers()).toContain('Grace Chen');
    await api.dataSource.query(`UPDATE opportunity SET owner_id = $2 WHERE id = $1`, [deal.id, directorId]);
    await api.dataSource.query(
      `INSERT INTO opportunity_collaborator (opportunity_id, employee_id) VALUES ($1, $2)`,
      [deal.id, repId],
    );
    expect(await signers()).not.toContain('Grace Chen');
    const { requestId } = await submit(rep, (await draft(rep, body)).id);
    const seats = await api.dataSource.query<{ holder: string }[]>(
      `SELECT holder_id AS holder FROM approval_seat WHERE request_id = $1`,
      [requestId],
    );
    expect(seats.map(({ holder }) => holder)).not.toContain(directorId);
  });
});
