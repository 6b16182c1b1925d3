import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decide, task, type View } from '../builders/approval-client.js';
import { endInForce, putInForce } from '../builders/policy-desk.js';
import { GIFT, GIFT_DOCUMENT } from '../builders/request-kind.js';
import { requestBrief } from '../../src/queries/notification/request-brief.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Form {
  id: string;
  number: string;
  state: string;
  rowVersion: number;
  requestId: string | null;
  kind: { version: number };
  problems: { pointer: string; code: string }[];
}
interface FormView extends View {
  form: { kind: { version: number }; schema: object; writable: string[]; fills: object[] } | null;
  changes: { path: string; label: string; before: string | null; after: string | null; direction: string }[];
}

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let director: ApiClient;
let admin: ApiClient;
let cfo: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, lead, director, admin, cfo] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'director.central', 'admin', 'cfo'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient, ApiClient];
  await putInForce(admin, cfo, 'request.gift', GIFT);
});
afterAll(() => api.close());

let stores = 0;
/** each about a store of its own */
const gift = (over: object = {}) => ({ ...GIFT_DOCUMENT, store: `Store ${(stores += 1)}`, ...over });
const start = async (document: object = gift()) =>
  (await rep.post<FormView>('/requests', { kind: 'gift', document })).body;
const draft = async (document: object = gift()) =>
  (await rep.post<Form>('/forms', { kind: 'gift', document })).body;
const edit = (form: Form, document: object) =>
  rep.put<Form & { code: string }>(
    `/forms/${form.id}`,
    { document },
    { headers: { 'If-Match': `"${form.rowVersion}"` } },
  );
const view = async (who: ApiClient, id: string) => (await who.get<FormView>(`/requests/${id}`)).body;

describe('a request of a kind that is data', () => {
  it('is its initiator’s: to others a draft does not exist', async () => {
    const form = await draft();
    for (const answer of [
      await lead.get(`/forms/${form.id}`),
      await lead.put(`/forms/${form.id}`, { document: {} }, { headers: { 'If-Match': '"1"' } }),
      await lead.post(`/forms/${form.id}/submit`, {}),
      await lead.post(`/forms/${form.id}/preview`, {}, { key: null }),
      await lead.delete(`/forms/${form.id}`),
    ])
      expect([answer.status, answer.body['code']]).toEqual([404, 'NOT_FOUND']);
    expect((await lead.get<{ items: Form[] }>('/forms')).body.items).toEqual([]);
  });

  it('names every field and rule the schema is against', async () => {
    const { store: _store, ...rest } = gift({ price: { amount: '1.005', currency: 'CNY' }, colour: 'red' });
    for (const path of ['/requests', '/requests/preview']) {
      const { status, body } = await rep.post<{ code: string; errors: object[] }>(path, {
        kind: 'gift',
        document: rest,
      });
      expect([status, body.code, body.errors]).toMatchObject([
        422,
        'DOCUMENT_INVALID',
        [
          { pointer: '/document/store', code: 'REQUIRED' },
          { pointer: '/document/colour', code: 'ADDITIONAL_PROPERTIES' },
          { pointer: '/document/price/amount', code: 'TOO_PRECISE' },
        ],
      ]);
    }
    expect((await rep.post('/requests', { kind: 'nothing', document: {} })).status).toBe(404);
    expect((await rep.post('/requests', { kind: 'gift', document: gift(), title: 'mine' })).status).toBe(400);
    expect((await rep.post('/requests', { kind: 'gift' })).status).toBe(400);
  });

  it('AE-PLAN-1 gets the plan of its preview and its number, title and amount from the kind', async () => {
    const document = gift();
    const preview = await rep.post<{ planHash: string; stages: { key: string }[]; total: object }>(
      '/requests/preview',
      { kind: 'gift', document },
      { key: null },
    );
    const request = await start(document);
    const stored = await rep.get<{ planHash: string }>(`/requests/${request.id}/plan`);
    expect(preview.body.stages.map(({ key }) => key)).toEqual(['TEAM_LEAD', 'REGIONAL_DIRECTOR']);
    expect(preview.body.total).toEqual({ amount: '1200.00', currency: 'CNY' });
    expect(stored.body.planHash).toBe(preview.body.planHash);
    expect(request).toMatchObject({
      kind: 'GENERAL',
      title: `Umbrellas for ${document.store}`,
      state: 'PENDING',
      subject: {
        number: expect.stringMatching(/^GI-\d{4}-\d{6}$/),
        amount: { amount: '1200.00', currency: 'CNY' },
      },
    });
  });

  it('may be saved while it is incomplete, edited by its version, and taken away', async () => {
    const form = await draft({ gift: 'Umbrellas' });
    expect(form).toMatchObject({ state: 'DRAFT', rowVersion: 1, requestId: null });
    expect(form.problems.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/store REQUIRED',
      '/price REQUIRED',
    ]);
    expect((await rep.post(`/forms/${form.id}/submit`, {})).body['code']).toBe('DOCUMENT_INVALID');
    const complete = await edit(form, gift());
    expect(complete.body).toMatchObject({ rowVersion: 2, problems: [] });
    expect((await edit(form, gift())).status).toBe(412);
    const listed = await rep.get<{ items: Form[] }>('/forms?state=DRAFT');
    expect(listed.body.items.map(({ id }) => id)).toContain(form.id);
    expect((await rep.delete(`/forms/${form.id}`)).status).toBe(200);
    expect((await rep.get(`/forms/${form.id}`)).status).toBe(404);
  });

  it('AE-SUB-2 is locked while people decide, edited after a return, and shows what changed in its own words', async () => {
    const document = gift();
    const form = await draft(document);
    const plan = await rep.post<{ planHash: string }>(`/forms/${form.id}/preview`, {}, { key: null });
    const { planHash } = plan.body;
    const { id } = (await rep.post<FormView>(`/forms/${form.id}/submit`, { planHash })).body;
    const open = (await rep.get<Form>(`/forms/${form.id}`)).body;
    expect(open).toMatchObject({ state: 'IN_APPROVAL', requestId: id });
    expect((await edit(open, gift())).body).toMatchObject({ code: 'LOCKED_BY_APPROVAL' });
    expect((await rep.delete(`/forms/${form.id}`)).body['code']).toBe('FORM_STATE');
    await decide(lead, id, 'RETURN', { resume: 'NEXT' });
    const price = { amount: '1500.00', currency: 'CNY' };
    await edit(open, { ...document, price, remark: 'dearer' });
    const again = await rep.post<FormView>(`/forms/${form.id}/submit`, { comment: 'dearer' });
    expect(again.body).toMatchObject({ id, state: 'PENDING', round: 2 });
    expect(again.body.changes).toEqual([
      {
        path: '/price/amount',
        label: 'Price · 金额',
        before: '1200.00',
        after: '1500.00',
        direction: 'WORSE',
      },
    ]);
  });

  it('AE-START-1 of six at once about one store one opens; the others hear which', async () => {
    const document = gift();
    const answers = await Promise.all(
      [...Array(6).keys()].map(() =>
        rep.post<FormView & { code?: string; openRequestId?: string }>('/requests', {
          kind: 'gift',
          document,
        }),
      ),
    );
    const opened = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 409);
    expect([opened.length, refused.length]).toEqual([1, 5]);
    for (const { body } of refused)
      expect([body.code, body.openRequestId]).toEqual(['OPEN_REQUEST_EXISTS', opened[0]!.body.id]);
    expect((await start()).state).toBe('PENDING');
    const key = 'the same start';
    const twice = gift();
    const first = await rep.post<View>('/requests', { kind: 'gift', document: twice }, { key });
    const second = await rep.post<View>('/requests', { kind: 'gift', document: twice }, { key });
    expect(second.body.id).toBe(first.body.id);
  });

  it('AE-WD-1 is withdrawn, edited and asked for again as a request of its own', async () => {
    const form = await draft();
    const first = (await rep.post<FormView>(`/forms/${form.id}/submit`, {})).body;
    await rep.post(`/requests/${first.id}/withdraw`, { expectedVersion: first.version });
    const withdrawn = (await rep.get<Form>(`/forms/${form.id}`)).body;
    expect(withdrawn.state).toBe('WITHDRAWN');
    expect((await edit(withdrawn, gift())).body.state).toBe('DRAFT');
    const second = (await rep.post<FormView>(`/forms/${form.id}/submit`, {})).body;
    expect(second).toMatchObject({ state: 'PENDING', round: 1 });
    expect(second.id).not.toBe(first.id);
  });

  it('AE-POL-1 a round keeps the version of its kind whatever is edited or retired later', async () => {
    const form = await draft();
    const { id } = (await rep.post<FormView>(`/forms/${form.id}/submit`, {})).body;
    const content = { ...GIFT, titles: { zh: '礼', en: 'Present' } };
    await putInForce(admin, cfo, 'request.gift', content);
    expect((await view(lead, id)).form!.kind).toMatchObject({ version: 1, titles: { en: 'Store gift' } });
    await decide(lead, id, 'RETURN', { resume: 'NEXT' });
    const returned = (await rep.get<Form>(`/forms/${form.id}`)).body;
    expect((await edit(returned, gift())).body.kind.version).toBe(2);
    const ended = await putInForce(admin, cfo, 'request.gift-old', GIFT);
    const old = (await rep.post<Form>('/forms', { kind: 'gift-old', document: gift() })).body;
    const pending = await rep.post<FormView>('/requests', { kind: 'gift-old', document: gift() });
    await endInForce(admin, cfo, ended.id);
    expect((await rep.post('/requests', { kind: 'gift-old', document: gift() })).body['code']).toBe(
      'KIND_RETIRED',
    );
    expect((await rep.post(`/forms/${old.id}/submit`, {})).body['code']).toBe('KIND_RETIRED');
    expect((await decide(lead, pending.body.id)).body).toMatchObject({ stageState: 'PASSED' });
  });
});

describe('row 34: field permission per stage', () => {
  it('a hidden field is absent wherever its stage looks: document, schema, changes, mail', async () => {
    const form = await draft();
    const { id } = (await rep.post<FormView>(`/forms/${form.id}/submit`, {})).body;
    await decide(lead, id, 'RETURN', { resume: 'NEXT' });
    const returned = (await rep.get<Form>(`/forms/${form.id}`)).body;
    await edit(returned, { ...GIFT_DOCUMENT, store: `Store ${stores}`, supplier: 'Sun Ltd' });
    await rep.post(`/forms/${form.id}/submit`, {});
    const seen = await view(lead, id);
    expect(seen.subject.document).toEqual({
      gift: 'Umbrellas',
      store: `Store ${stores}`,
      price: { amount: '1200.00', currency: 'CNY' },
      remark: 'as last year',
    });
    expect(seen.changes).toEqual([]);
    const mail = await requestBrief(api.dataSource, {
      requestId: id,
      readerId: await api.personId('dustin.brinkmann'),
      seatId: (await task(lead, id)).seatId,
      params: {},
    });
    const inbox = await lead.get<{ items: object[] }>(`/inbox?requestId=${id}`);
    expect(inbox.body.items).toMatchObject([
      { kind: 'GENERAL', kindTitles: { zh: expect.stringMatching(/^(门店赠品|礼)$/) } },
    ]);
    for (const told of [seen, mail, inbox.body, (await lead.get(`/requests/${id}/plan`)).body])
      expect(JSON.stringify(told)).not.toMatch(/supplier|Rain Ltd|Sun Ltd/i);
    expect((await view(rep, id)).changes).toMatchObject([
      { label: 'Supplier · 供应商', before: 'Rain Ltd', after: 'Sun Ltd' },
    ]);
    await decide(lead, id);
    expect((await view(director, id)).subject.document).toMatchObject({ supplier: 'Sun Ltd' });
    const onlooker = await view(await api.as('finance'), id);
    expect(onlooker.subject.document).not.toHaveProperty('supplier');
    expect((await view(admin, id)).subject.document).toHaveProperty('supplier');
  });

  it('only whoever has the stage’s open task fills in its fields, and every value is on record', async () => {
    const { id, ...request } = await start();
    const fill = (who: ApiClient, values: object) =>
      who.put<FormView & { code: string; errors: object[] }>(`/requests/${id}/fields`, { values });
    expect(
      (await rep.post('/requests', { kind: 'gift', document: gift({ receipt: 'R-1' }) })).body,
    ).toMatchObject({
      code: 'FIELD_NOT_WRITABLE',
      errors: [{ pointer: '/document/receipt' }],
    });
    expect(request.form!.writable).toEqual([]);
    expect((await fill(rep, { '/receipt': 'R-1' })).body.code).toBe('NOT_HOLDER');
    expect((await fill(lead, { '/receipt': 'R-1' })).body).toMatchObject({
      code: 'FIELD_NOT_WRITABLE',
      errors: [{ pointer: '/values/receipt' }],
    });
    await decide(lead, id);
    const before = await view(director, id);
    expect(before.form!.writable).toEqual(['/receipt']);
    const item = await task(director, id);
    expect((await fill(director, { '/price': { amount: '1.00', currency: 'CNY' } })).body.code).toBe(
      'FIELD_NOT_WRITABLE',
    );
    expect((await fill(director, { '/receipt': 'x'.repeat(21) })).body.code).toBe('DOCUMENT_INVALID');
    const filled = await fill(director, { '/receipt': 'R-17' });
    expect(filled.body.subject.document).toMatchObject({ receipt: 'R-17' });
    expect(filled.body.form!.fills).toMatchObject([
      {
        field: '/receipt',
        label: 'Receipt · 收据号',
        before: null,
        after: 'R-17',
        by: { name: 'Grace Chen' },
      },
    ]);
    const answer = await director.post(`/seats/${item.seatId}/decisions`, {
      action: 'APPROVE',
      expectedSeatVersion: item.seatVersion,
      subjectHash: item.subjectHash,
    });
    expect(answer.body).toMatchObject({ requestState: 'APPROVED' });
    expect((await fill(director, { '/receipt': 'R-18' })).body.code).toBe('NOT_HOLDER');
  });
});
