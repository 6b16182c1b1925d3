import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  customerNamed,
  inDays,
  move,
  newDeal,
  patch,
  version,
  type DealAnswer,
} from '../builders/opportunity.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let stranger: ApiClient;

beforeAll(async () => {
  api = await startApi();
  [rep, lead, stranger] = await Promise.all([
    api.as('moses.frase'),
    api.as('dustin.brinkmann'),
    api.as('donn.cantrell'),
  ]);
});
afterAll(() => api?.close());

const fieldsOf = (body: Record<string, unknown>) =>
  (body['errors'] as { pointer: string; code: string }[] | undefined)?.map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );
const missingOf = (body: Record<string, unknown>) =>
  (body['missing'] as { stage: string; criterion: { kind: string } }[]).map(
    ({ stage, criterion }) => `${stage} ${criterion.kind}`,
  );

const NEXT = { kind: 'CALL', plannedOn: inDays(3), subject: 'again' };

describe('a deal of somebody else', () => {
  it('is not there: neither to read, change, move nor log on', async () => {
    const { id, rowVersion } = await newDeal(rep);
    const at = version(rowVersion);
    expect((await stranger.get(`/opportunities/${id}`)).status).toBe(404);
    expect((await stranger.get(`/opportunities/${id}/timeline`)).status).toBe(404);
    expect((await stranger.send('PATCH', `/opportunities/${id}`, { title: 'mine' }, at)).status).toBe(404);
    expect((await stranger.post(`/opportunities/${id}/stage`, { stage: 'LOST' }, at)).status).toBe(404);
    expect((await stranger.put(`/opportunities/${id}/collaborators`, { personIds: [] })).status).toBe(404);
    expect((await stranger.post(`/opportunities/${id}/competitors`, { name: 'Acme' })).status).toBe(404);
    const log = { opportunityId: id, kind: 'CALL', subject: 'hello', doneAt: new Date().toISOString() };
    expect((await stranger.post('/activities', log)).status).toBe(404);
    const finance = await api.as('cfo');
    expect((await finance.post('/opportunities', {})).status).toBe(403);
    expect((await finance.get('/contacts')).status).toBe(403);
  });

  it('is the lead’s to work on and to hand over; the owner gives it to nobody', async () => {
    const { id } = await newDeal(rep);
    const newOwnerId = await api.personId('anna.snelling');
    const give = { newOwnerId, reason: 'holiday' };
    const away = { newOwnerId: await api.personId('donn.cantrell'), reason: 'x' };
    expect((await lead.post(`/opportunities/${id}/owner`, away)).status).toBe(400);
    expect((await rep.post(`/opportunities/${id}/owner`, give)).status).toBe(403);
    const given = await lead.post<DealAnswer>(`/opportunities/${id}/owner`, give);
    expect([given.status, given.body.owner.name]).toEqual([200, 'Anna Snelling']);
    expect((await rep.get(`/opportunities/${id}`)).status).toBe(404);
  });

  it.each<[string, object, string]>([
    ['no close date', { expectedClose: null }, '/expectedClose MATCHES'],
    ['no own view', { own: null }, '/own NESTED_VALIDATION'],
    ['half an own view', { own: { forecast: null, reason: 'x' } }, '/own/probabilityPct IS_STRING'],
    ['no customer', { customerId: null }, '/customerId IS_UUID'],
  ])('null for %s is refused by field', async (_, edit, field) => {
    const { id } = await newDeal(rep);
    const { status, body } = await patch(rep, id, edit);
    expect(status).toBe(400);
    expect(fieldsOf(body)).toContain(field);
  });

  it('D9 is seen by who works on it, who may log but not move it', async () => {
    const { id, rowVersion } = await newDeal(rep);
    const personIds = [await api.personId('donn.cantrell')];
    expect((await rep.put(`/opportunities/${id}/collaborators`, { personIds })).status).toBe(200);
    const seen = await stranger.get<DealAnswer>(`/opportunities/${id}`);
    expect(seen.body.may).toEqual({ write: false, handOver: false });
    const list = await stranger.get<{ items: DealAnswer[] }>('/opportunities?limit=100');
    expect(list.body.items.some((deal) => deal.id === id)).toBe(true);
    expect(
      (await stranger.post(`/opportunities/${id}/stage`, { stage: 'LOST' }, version(rowVersion))).status,
    ).toBe(404);
    const log = { opportunityId: id, kind: 'VISIT', subject: 'with Moses', doneAt: new Date().toISOString() };
    expect((await stranger.post('/activities', log)).status).toBe(201);
    const [planned] = seen.body.planned;
    const done = { doneAt: new Date().toISOString(), twoWay: true, next: NEXT };
    const at = version(planned!.rowVersion);
    expect((await stranger.post(`/activities/${planned!.id}/done`, done, at)).status).toBe(404);
    expect((await stranger.post(`/activities/${planned!.id}/replan`, { next: NEXT }, at)).status).toBe(404);
    const mine = { opportunityId: id, kind: 'CALL', subject: 'mine', plannedOn: inDays(1) };
    const own = await stranger.post<{ id: string; rowVersion: number }>('/activities', mine);
    expect(
      (await stranger.post(`/activities/${own.body.id}/done`, done, version(own.body.rowVersion))).status,
    ).toBe(200);
  });

  it('X2 shows the customer’s people to those alone who may see contacts', async () => {
    const deal = await newDeal(rep);
    const contact = await rep.post<{ id: string }>('/contacts', {
      customerId: deal.customer.id,
      name: 'Zhao Min',
    });
    const contactId = contact.body.id;
    await rep.put(`/opportunities/${deal.id}/contacts/${contactId}`, { roles: ['DECIDER'] });
    const spoke = { kind: 'CALL', subject: 'spoke', doneAt: new Date().toISOString() };
    await rep.post('/activities', { opportunityId: deal.id, contactId, ...spoke });
    const names = async (who: ApiClient): Promise<unknown> => {
      const { body } = await who.get<DealAnswer>(`/opportunities/${deal.id}`);
      const log = await who.get<{ items: { subject: string; contact: object | null }[] }>(
        `/activities?opportunityId=${deal.id}&state=DONE`,
      );
      return [body.contacts.length, log.body.items.map(({ contact: known }) => known !== null)];
    };
    expect(await names(rep)).toEqual([1, [true]]);
    expect(await names(await api.as('finance'))).toEqual([0, [false]]);
  });
});

describe('a new deal', () => {
  it('stands at the first stage of its pipeline with what that makes of it', async () => {
    const deal = await newDeal(rep, { buyingType: 'MODIFIED_REBUY' });
    expect(deal).toMatchObject({
      stage: 'PROSPECTING',
      probabilityPct: '10',
      forecast: 'PIPELINE',
      expectedClose: inDays(30),
      buyingType: 'MODIFIED_REBUY',
      history: [{ stage: 'PROSPECTING', direction: null, leftAt: null, by: { name: 'Moses Frase' } }],
    });
    const repeat = await newDeal(rep, { pipeline: 'repeat', buyingType: 'STRAIGHT_REBUY' });
    expect(repeat).toMatchObject({ pipeline: 'repeat', probabilityPct: '40' });
  });

  it.each([
    ['without a next activity', { next: undefined }, 400, ['/next IS_NOT_EMPTY']],
    ['with a close date in the past', { expectedClose: '2020-01-01' }, 400, ['/expectedClose PAST']],
    [
      'with a next activity in the past',
      { next: { kind: 'CALL', plannedOn: '2020-01-01', subject: 'x' } },
      400,
      ['/next/plannedOn PAST'],
    ],
    ['in a pipeline that is not there', { pipeline: 'nowhere' }, 400, ['/pipeline UNKNOWN_PIPELINE']],
    ['of a fourth kind of buying', { buyingType: 'IMPULSE' }, 400, undefined],
  ])('is refused %s', async (_, more, status, fields) => {
    const answer = await rep.post('/opportunities', {
      customerId: await customerNamed(rep, 'Cancity'),
      expectedClose: inDays(30),
      next: { kind: 'CALL', plannedOn: inDays(2), subject: 'Ask' },
      ...more,
    });
    expect(answer.status).toBe(status);
    if (fields && !fields[0]!.includes('IS_NOT_EMPTY')) expect(fieldsOf(answer.body)).toEqual(fields);
  });

  it('is entered once, however often it is sent', async () => {
    const key = randomUUID();
    const body = {
      customerId: await customerNamed(rep, 'Cancity'),
      expectedClose: inDays(30),
      next: { kind: 'CALL', plannedOn: inDays(2), subject: 'Ask' },
    };
    const first = await rep.post<DealAnswer>('/opportunities', body, { key });
    const again = await rep.post<DealAnswer>('/opportunities', body, { key });
    expect([again.body.id, again.headers.get('idempotency-replayed')]).toEqual([first.body.id, 'true']);
    expect((await rep.post('/opportunities', { ...body, title: 'other' }, { key })).status).toBe(422);
  });
});

describe('the stage of a deal', () => {
  it('D1 goes forward only when its exit criteria are met, and keeps who, when and why', async () => {
    const { id } = await newDeal(rep);
    const early = await move(rep, id, { stage: 'PROPOSAL' });
    expect([early.status, early.body['code'], missingOf(early.body)]).toEqual([
      422,
      'OPPORTUNITY.EXIT_CRITERIA',
      ['PROSPECTING NEED_RECORDED', 'QUALIFIED DECIDER_IDENTIFIED'],
    ]);
    await patch(rep, id, { need: 'Two pumps, 40 m³/h' });
    const contact = await rep.post<{ id: string; phone: string }>('/contacts', {
      customerId: await customerNamed(rep, 'Cancity'),
      name: 'Li Lei',
      phone: '138 0013 8000',
      consent: 'GIVEN',
    });
    expect([contact.status, contact.body.phone]).toEqual([201, '+8613800138000']);
    await rep.put(`/opportunities/${id}/contacts/${contact.body.id}`, { roles: ['DECIDER', 'USER'] });
    const moved = await move(rep, id, { stage: 'PROPOSAL' });
    expect([moved.status, moved.body.stage, moved.body.probabilityPct]).toEqual([200, 'PROPOSAL', '40']);
    expect((await move(rep, id, { stage: 'QUALIFIED' })).status).toBe(400);
    const back = await move(rep, id, { stage: 'QUALIFIED', reason: 'another hall' });
    expect(back.body.history.map(({ stage, direction, reason }) => [stage, direction, reason])).toEqual([
      ['QUALIFIED', 'BACK', 'another hall'],
      ['PROPOSAL', 'FORWARD', null],
      ['PROSPECTING', null, null],
    ]);
    expect((await move(rep, id, { stage: 'PROPOSAL' })).status).toBe(200);
    const ticked = await rep.put<DealAnswer>(`/opportunities/${id}/ticks`, {
      stage: 'PROPOSAL',
      key: 'presented',
      done: true,
    });
    expect(ticked.body.criteria.filter(({ stage }) => stage === 'PROPOSAL').map(({ met }) => met)).toEqual([
      true,
      true,
    ]);
    expect((await move(rep, id, { stage: 'QUOTED' })).body.forecast).toBe('BEST_CASE');
    const noQuote = await move(rep, id, { stage: 'NEGOTIATION' });
    expect(missingOf(noQuote.body)).toEqual(['QUOTED QUOTE_APPROVED']);
  });

  it('D8 is LOST only with a reason of the pipeline and the competitor who won; reopened it has to meet what it had not', async () => {
    const { id } = await newDeal(rep);
    await rep.post(`/opportunities/${id}/competitors`, { name: 'Acme', strengths: 'delivers in a week' });
    await rep.post(`/opportunities/${id}/competitors`, { name: 'Other' });
    const bare = await move(rep, id, { stage: 'LOST' });
    expect(fieldsOf(bare.body)).toEqual(['/lostReason REQUIRED', '/competitor REQUIRED']);
    expect(
      fieldsOf((await move(rep, id, { stage: 'LOST', lostReason: 'MOOD', competitor: 'ACME' })).body),
    ).toEqual(['/lostReason UNKNOWN_REASON']);
    const lost = await move(rep, id, { stage: 'LOST', lostReason: 'DELIVERY', competitor: 'ACME' });
    expect(lost.body).toMatchObject({
      stage: 'LOST',
      forecast: 'OMITTED',
      lostReason: 'DELIVERY',
      planned: [],
    });
    expect(lost.body.competitors.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['Acme', 'LOST_TO'],
      ['Other', null],
    ]);
    expect((await patch(rep, id, { amount: { amount: '1.00', currency: 'CNY' } })).body['code']).toBe(
      'OPPORTUNITY.CLOSED',
    );
    const next = { kind: 'CALL', plannedOn: inDays(1), subject: 'again' };
    const bypass = await move(rep, id, { stage: 'QUOTED', reason: 'they called', next });
    expect(bypass.body['code']).toBe('OPPORTUNITY.EXIT_CRITERIA');
    const reopened = await move(rep, id, { stage: 'PROSPECTING', reason: 'they called', next });
    expect(reopened.body).toMatchObject({ stage: 'PROSPECTING', closedOn: null, lostReason: null });
    expect(reopened.body.competitors.map(({ outcome }) => outcome)).toEqual([null, null]);
  });

  it('ON_HOLD waits for a day; to go on is no contact', async () => {
    const { id } = await newDeal(rep);
    expect(fieldsOf((await move(rep, id, { stage: 'ON_HOLD', reason: 'budget' })).body)).toEqual([
      '/resumeOn REQUIRED',
    ]);
    const held = await move(rep, id, { stage: 'ON_HOLD', reason: 'budget', resumeOn: inDays(60) });
    expect(held.body).toMatchObject({ stage: 'ON_HOLD', forecast: 'OMITTED', resumeOn: inDays(60) });
    await api.dataSource.query(
      `UPDATE opportunity SET stage_since = stage_since - interval '10 days', contact_at = contact_at - interval '12 days' WHERE id = $1`,
      [id],
    );
    const resumed = await move(rep, id, { stage: 'PROSPECTING' });
    const days = (Date.now() - Date.parse(resumed.body.contactAt)) / 86_400_000;
    expect(Math.round(days)).toBe(12);
  });

  it('is not moved on what somebody else has changed meanwhile', async () => {
    const { id, rowVersion } = await newDeal(rep);
    await patch(rep, id, { need: 'x' });
    const stale = await rep.post(`/opportunities/${id}/stage`, { stage: 'QUALIFIED' }, version(rowVersion));
    expect([stale.status, stale.body['code']]).toEqual([412, 'VERSION_MISMATCH']);
    expect((await rep.post(`/opportunities/${id}/stage`, { stage: 'QUALIFIED' })).status).toBe(428);
  });
});

describe('the forecast of a deal', () => {
  it('keeps both numbers when somebody sees it otherwise, with a reason', async () => {
    const { id } = await newDeal(rep);
    const bare = await patch(rep, id, { own: { probabilityPct: '55', forecast: 'COMMIT', reason: null } });
    expect(fieldsOf(bare.body)).toEqual(['/own/reason REQUIRED']);
    const own = { probabilityPct: '55.5', forecast: 'COMMIT', reason: 'signed letter of intent' };
    const seen = await patch(rep, id, { own });
    expect(seen.body).toMatchObject({
      probabilityPct: '55.5',
      forecast: 'COMMIT',
      auto: { probabilityPct: '10', forecast: 'PIPELINE' },
      own,
    });
    const back = await patch(rep, id, { own: { probabilityPct: null, forecast: null, reason: null } });
    expect([back.body.probabilityPct, back.body.forecast]).toEqual(['10', 'PIPELINE']);
  });
});
