import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { create, decide, type View } from '../builders/approval-client.js';
import {
  draftedContract,
  everybodyApproves,
  readContract,
  write,
  type Contract,
} from '../builders/contract.js';
import { act, catalogue, draft, submit, type Quote } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let stranger: ApiClient;
let lead: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, lead, stranger] = (await Promise.all(
    ['anna.snelling', 'dustin.brinkmann', 'rosalina.dieter'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient];
});
afterAll(() => api.close());

interface Linked extends View {
  kind: string;
  revocation: { requestId: string; state: string } | null;
  revokes: { requestId: string; title: string; state: string } | null;
}

const read = async (id: string) => (await rep.get<Linked>(`/requests/${id}`)).body;
const actions = (view: View) => view.actions.map(({ action }) => action);
const revoke = async (client: ApiClient, id: string, over: object = {}) => {
  const body = { expectedVersion: (await read(id)).version, reason: 'the customer cancelled', ...over };
  return client.post<Linked & { code: string; effect: string }>(`/requests/${id}/revoke`, body);
};

describe('AE-RV-1 POST /requests/:id/revoke', () => {
  let general: View;
  beforeEach(async () => {
    general = await create(rep);
    await everybodyApproves(api, general.id);
  });

  it('is closed to nobody in particular, to strangers, and to those whose request it is not', async () => {
    expect((await api.anonymous.send('POST', `/requests/${general.id}/revoke`, {})).status).toBe(401);
    expect((await revoke(stranger, general.id)).status).toBe(404);
    const answer = await revoke(lead, general.id);
    expect([answer.status, answer.body.code]).toEqual([403, 'NOT_INITIATOR']);
    expect((await api.anonymous.send('POST', `/requests/${general.id}/irreversible`, {})).status).toBe(401);
  });

  it.each([
    ['no reason', { reason: undefined }, 400, 'VALIDATION'],
    ['no version', { expectedVersion: undefined }, 400, 'VALIDATION'],
    ['an old version', { expectedVersion: 1 }, 409, 'STALE_VERSION'],
    ['a person in the body', { onBehalfOf: 'x' }, 400, 'VALIDATION'],
  ])('with %s changes nothing', async (_what, over, status, code) => {
    const answer = await revoke(rep, general.id, over);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await read(general.id)).revocation).toBeNull();
  });

  it('answers with the revocation; both pages point to each other, and it is offered once', async () => {
    expect(actions(await read(general.id))).toEqual(['REVOKE']);
    const { status, body } = await revoke(rep, general.id);
    expect([status, body.kind, body.state]).toEqual([201, 'REVOCATION', 'PENDING']);
    expect(body.revokes).toEqual({ requestId: general.id, title: 'Special price', state: 'APPROVED' });
    const original = await read(general.id);
    expect([original.state, original.revocation]).toEqual([
      'APPROVED',
      { requestId: body.id, state: 'PENDING' },
    ]);
    expect(actions(original)).toEqual([]);
    const again = await revoke(rep, general.id);
    expect([again.status, again.body.code]).toEqual([409, 'OPEN_REVOCATION_EXISTS']);
    await everybodyApproves(api, body.id);
    expect((await read(general.id)).state).toBe('REVOKED');
    expect((await read(general.id)).timeline.map(({ text }) => text.key)).toContain('request.revoked');
  });

  it('of what its system says cannot be undone answers EFFECT_IRREVERSIBLE', async () => {
    const say = (client: ApiClient, effect: string) =>
      client.post<{ code: string }>(`/requests/${general.id}/irreversible`, { effect });
    expect((await say(stranger, 'SHIPPED')).status).toBe(404);
    expect((await say(lead, 'SHIPPED')).status).toBe(403);
    expect((await say(rep, 'shipped, maybe')).status).toBe(400);
    expect((await say(rep, 'SHIPPED')).status).toBe(200);
    expect(actions(await read(general.id))).toEqual([]);
    const answer = await revoke(rep, general.id);
    expect([answer.status, answer.body.code, answer.body.effect]).toEqual([
      409,
      'EFFECT_IRREVERSIBLE',
      'SHIPPED',
    ]);
  });
});

describe('AE-RV-1 a quotation', () => {
  let quote: Quote;
  beforeEach(async () => {
    const goods = await catalogue(rep);
    quote = await submit(rep, (await draft(rep, goods.body({ discountPct: '8' }))).id);
    await everybodyApproves(api, quote.requestId!);
  });
  const current = async () => (await rep.get<Quote>(`/quotes/${quote.id}`)).body;

  it('whose approval is revoked cannot be sent, is edited and submitted anew', async () => {
    const { body } = await revoke(rep, quote.requestId!);
    await everybodyApproves(api, body.id);
    expect((await current()).state).toBe('DRAFT');
    const sent = await rep.post<{ code: string }>(`/quotes/${quote.id}/send`, {});
    expect([sent.status, sent.body.code]).toEqual([409, 'QUOTE_STATE']);
    const anew = await submit(rep, quote.id);
    expect(anew.requestId).not.toBe(quote.requestId);
    await everybodyApproves(api, anew.requestId!);
    expect((await current()).state).toBe('APPROVED');
    expect((await read(quote.requestId!)).state).toBe('REVOKED');
  });

  it('that has gone to the customer is irreversible, also when it goes while the revocation is asked for', async () => {
    const { body } = await revoke(rep, quote.requestId!);
    await act(rep, quote.id, 'send');
    const director = await api.as('director.central');
    const late = await decide(director, body.id);
    expect([late.status, late.body['code']]).toEqual([409, 'EFFECT_IRREVERSIBLE']);
    expect((await read(quote.requestId!)).state).toBe('APPROVED');
    expect((await current()).state).toBe('SENT');
  });

  it('whose next version is under way is replaced instead of drafted twice', async () => {
    await rep.post(`/quotes/${quote.id}/revise`, {});
    const { body } = await revoke(rep, quote.requestId!);
    await everybodyApproves(api, body.id);
    expect((await current()).state).toBe('SUPERSEDED');
  });
});

describe('AE-RV-1 a contract', () => {
  let contract: Contract;
  beforeEach(async () => {
    contract = await draftedContract(api, rep);
    contract = await write(rep, `/contracts/${contract.id}/submit`);
    await everybodyApproves(api, contract.requestId!);
  });

  it('whose approval is revoked before the seal goes back to its draft and to review', async () => {
    const { body } = await revoke(rep, contract.requestId!);
    expect(body.path.map(({ key }) => key)).toContain('LEGAL');
    await everybodyApproves(api, body.id);
    expect((await readContract(rep, contract.id)).state).toBe('DRAFT');
    const anew = await write(rep, `/contracts/${contract.id}/submit`);
    expect(anew.state).toBe('IN_REVIEW');
  });

  it('that is sealed is irreversible', async () => {
    await write(await api.as('seal'), `/contracts/${contract.id}/seal`);
    const answer = await revoke(rep, contract.requestId!);
    expect([answer.status, answer.body.code, answer.body.effect]).toEqual([
      409,
      'EFFECT_IRREVERSIBLE',
      'SEALED',
    ]);
    expect(actions(await read(contract.requestId!))).toEqual([]);
  });
});
