import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ballot, decide, task, type View } from '../builders/approval-client.js';
import {
  act,
  catalogue,
  draft,
  read,
  refusal,
  submit,
  type Catalogue,
  type Quote,
} from '../builders/quotation.js';
import { putInForce } from '../builders/policy-desk.js';
import { GIFT, GIFT_DOCUMENT } from '../builders/request-kind.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Edited extends View {
  editable: { pointer: string; value: unknown }[];
  askedAgain: { stageKey: string }[];
  subject: View['subject'] & { id: string; version: number };
  path: (View['path'][number] & { visit: number; code: string | null })[];
}
interface Preview {
  changed: boolean;
  changes: { path: string; before: string | null; after: string | null }[];
  invalidates: { stageKey: string; people: { name: string }[]; dimensions: { dimension: string }[] }[];
  added: { stageKey: string }[];
  leftOut: { stageKey: string }[];
}

let api: TestApi;
let goods: Catalogue;
const who: Record<string, ApiClient> = {};
const NAMES = [
  'moses.frase',
  'dustin.brinkmann',
  'director.central',
  'manager',
  'legal',
  'legal2',
  'finance',
  'credit',
  'admin',
  'cfo',
  'auditor',
];
beforeAll(async () => {
  api = await startApi();
  for (const name of NAMES) who[name] = await api.as(name);
  goods = await catalogue(who['moses.frase']!);
});
afterAll(() => api.close());

const view = async (name: string, id: string) => (await who[name]!.get<Edited>(`/requests/${id}`)).body;
const pending = async (discountPct = '12', over: object = {}) => {
  const rep = who['moses.frase']!;
  const own = await draft(rep, goods.body({ discountPct }, over));
  return submit(rep, own.id);
};
const approve = async (name: string, id: string, over: object = {}) =>
  decide(who[name]!, id, 'APPROVE', over);
const ok = async (name: string, id: string, over: object = {}) => {
  const answer = await approve(name, id, over);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
};
const foresee = async (name: string, id: string, edits: object) => {
  const { seatId } = await task(who[name]!, id);
  return who[name]!.post<Preview>(`/seats/${seatId}/edits/preview`, { edits }, { key: null });
};
const stageOf = ({ path }: Edited, key: string) => path.find((stage) => stage.key === key);
const LINE = '/lines/0/discountPct';

describe('AE-SUB-2 whoever may not change it', () => {
  it('is refused by name of the field: not the stage’s, not their task, not with a no', async () => {
    const { requestId } = await pending('12', { termDays: 45 });
    expect(refusal(await approve('director.central', requestId!, { edits: { '/termDays': 20 } }))).toEqual([
      403,
      'FIELD_NOT_WRITABLE',
      '/edits/termDays',
    ]);
    const { seatId } = await task(who['director.central']!, requestId!);
    const foreign = await who['finance']!.post(
      `/seats/${seatId}/edits/preview`,
      { edits: { [LINE]: '5' } },
      { key: null },
    );
    expect(refusal(foreign)).toEqual([409, 'NOT_HOLDER']);
    expect(
      refusal(await decide(who['director.central']!, requestId!, 'REJECT', { edits: { [LINE]: '5' } }))[1],
    ).toBe('ACTION_NOT_ALLOWED');
    expect((await view('moses.frase', requestId!)).editable).toEqual([]);
  });

  it('the owner’s own editing stays locked meanwhile', async () => {
    const quote = await pending();
    const answer = await who['moses.frase']!.put(`/quotes/${quote.id}`, goods.body({ discountPct: '5' }), {
      headers: { 'If-Match': `"${quote.rowVersion}"` },
    });
    expect(refusal(answer)).toEqual([423, 'LOCKED_BY_APPROVAL']);
  });
});

describe('AE-SUB-2 a quotation is changed by its approver', () => {
  it('says what may be changed and what it holds', async () => {
    const { requestId } = await pending();
    expect((await view('director.central', requestId!)).editable).toEqual([
      { pointer: LINE, value: '12' },
      { pointer: '/lines/0/unitNet', value: '4242.48' },
      { pointer: '/dealDiscountPct', value: '0' },
    ]);
  });

  it('under a discount on the whole deal a line holds its own: what is said of it may be answered as it stands', async () => {
    const { requestId } = await pending('12', { dealDiscountPct: '2' });
    const { editable } = await view('director.central', requestId!);
    expect(editable).toContainEqual({ pointer: LINE, value: '12' });
    expect(editable).toContainEqual({ pointer: '/dealDiscountPct', value: '2' });
    const same = await foresee('director.central', requestId!, { [LINE]: '12' });
    expect(same.body).toMatchObject({ changed: false, changes: [] });
  });

  it('checks what is typed by the rules of the owner’s editing', async () => {
    const { requestId } = await pending();
    const bad = (edits: object) => approve('director.central', requestId!, { edits }).then(refusal);
    expect(await bad({ [LINE]: '-1' })).toEqual([400, 'VALIDATION', `/edits${LINE}`]);
    expect(await bad({ [LINE]: '5', '/lines/0/unitNet': '4000' })).toEqual([
      400,
      'VALIDATION',
      '/edits/lines/0/unitNet',
    ]);
    expect(await bad({ '/lines/7/discountPct': '5' })).toEqual([
      400,
      'VALIDATION',
      '/edits/lines/7/discountPct',
    ]);
    expect(await bad({ [LINE]: 5 })).toEqual([400, 'VALIDATION', `/edits${LINE}`]);
  });

  it('inside what others approved: one transaction, the next version, and that is what is sent', async () => {
    const first = await pending('12', { nonStandardClauses: ['PENALTY'] });
    const id = first.requestId!;
    for (const name of ['legal', 'legal2']) await ok(name, id);
    const seen = (await foresee('director.central', id, { [LINE]: '11' })).body;
    expect(seen).toMatchObject({ changed: true, invalidates: [], added: [] });
    expect(seen.changes).toContainEqual(
      expect.objectContaining({ path: '/discountPct', before: '12', after: '11' }),
    );
    expect(await view('director.central', id)).toMatchObject({ state: 'PENDING', subject: { version: 1 } });

    const key = randomUUID();
    const body = { ...ballot(await task(who['director.central']!, id)), edits: { [LINE]: '11' } };
    const { seatId } = await task(who['director.central']!, id);
    const send = () => who['director.central']!.post(`/seats/${seatId}/decisions`, body, { key });
    const done = await send();
    expect(done.body).toMatchObject({ requestState: 'APPROVED', replayed: false });
    expect((await send()).body).toMatchObject({ requestState: 'APPROVED', replayed: true });

    const after = await view('moses.frase', id);
    expect(after).toMatchObject({ state: 'APPROVED', round: 1, subject: { version: 2 } });
    expect(after.timeline.map(({ text }) => text.key)).toContain('subject.edited');
    const rep = who['moses.frase']!;
    const [old, now] = [await read(rep, first.id), await read(rep, after.subject.id)];
    expect(old).toMatchObject({
      state: 'SUPERSEDED',
      version: 1,
      discountPct: '12',
      materialHash: first.materialHash,
    });
    expect(now).toMatchObject({ state: 'APPROVED', version: 2, discountPct: '11', number: first.number });
    expect(refusal(await rep.post(`/quotes/${first.id}/send`, {}))[1]).toBe('QUOTE_STATE');
    expect((await act(rep, now.id, 'send')).state).toBe('SENT');
    expect((await who['auditor']!.get<{ verified: boolean }>(`/requests/${id}/audit`)).body).toMatchObject({
      verified: true,
    });
  });

  it('beyond it: 409 with the stages, then those are asked again and see what changed since they approved', async () => {
    const { requestId } = await pending('12', { termDays: 45 });
    const id = requestId!;
    await ok('credit', id);
    const seen = (await foresee('finance', id, { '/termDays': 60 })).body;
    expect(seen.invalidates).toMatchObject([
      { stageKey: 'CREDIT', people: [{ name: 'Clara Yin' }, { name: 'Adam Luo' }] },
    ]);
    const refused = await approve('finance', id, { edits: { '/termDays': 60 } });
    expect(refusal(refused)).toEqual([409, 'WOULD_INVALIDATE']);
    expect(refused.body).toMatchObject({
      stages: [
        {
          stageKey: 'CREDIT',
          title: 'Credit · 信用',
          breaches: [{ dimension: 'termDays', allowed: '45', value: '60' }],
        },
      ],
    });
    expect(stageOf(await view('credit', id), 'CREDIT')).toMatchObject({ state: 'PASSED', visit: 1 });

    await ok('finance', id, { edits: { '/termDays': 60 }, acceptInvalidation: ['CREDIT'] });
    const asked = await view('credit', id);
    expect(stageOf(asked, 'CREDIT')).toMatchObject({ state: 'ACTIVE', visit: 2 });
    expect(stageOf(asked, 'FINANCE')).toMatchObject({ state: 'PASSED', visit: 1 });
    expect(asked.askedAgain.map(({ stageKey }) => stageKey)).toEqual(['CREDIT']);
    expect(asked.changesBase).toEqual({ round: 1, label: 'APPROVED_BY_YOU' });
    expect(asked.changes).toContainEqual(
      expect.objectContaining({ path: '/termDays', before: '45', after: '60' }),
    );
    await ok('credit', id);
    expect(await ok('director.central', id)).toMatchObject({ requestState: 'APPROVED' });
  });

  it('a page that was open before the edit is told, and answers to what is so now', async () => {
    const { requestId } = await pending('12', { nonStandardClauses: ['PENALTY'] });
    const old = await task(who['legal']!, requestId!);
    await ok('director.central', requestId!, { edits: { [LINE]: '11' } });
    expect(refusal(await who['legal']!.post(`/seats/${old.seatId}/decisions`, ballot(old)))).toEqual([
      409,
      'STALE_SUBJECT',
    ]);
    expect((await view('legal', requestId!)).changesBase).toEqual({ round: 1, label: 'BEFORE_EDIT' });
    for (const name of ['legal', 'legal2']) await ok(name, requestId!);
    expect((await view('legal', requestId!)).state).toBe('APPROVED');
  });

  it('a stage that the content newly needs is added; returned, the rep goes on from the approver’s version', async () => {
    const { requestId } = await pending();
    const seen = (await foresee('director.central', requestId!, { [LINE]: '24' })).body;
    expect(seen.added.map(({ stageKey }) => stageKey)).toContain('SALES_MANAGER');
    await ok('director.central', requestId!, { edits: { [LINE]: '24' } });
    const now = await view('manager', requestId!);
    expect(stageOf(now, 'SALES_MANAGER')).toMatchObject({ state: 'ACTIVE' });
    await decide(who['manager']!, requestId!, 'RETURN');
    const quote = await read(who['moses.frase']!, now.subject.id);
    expect(quote).toMatchObject({
      state: 'RETURNED',
      version: 2,
      discountPct: '24',
    } satisfies Partial<Quote>);
  });

  it('an approval with an edit is not offered to be taken back', async () => {
    const { requestId } = await pending('12', { nonStandardClauses: ['PENALTY'] });
    await ok('director.central', requestId!, { edits: { [LINE]: '11' } });
    const { actions } = await view('director.central', requestId!);
    expect(actions.map(({ action }) => action)).not.toContain('RETRACT');
  });
});

describe('AE-SUB-2 a request of a kind is changed by its approver', () => {
  const KIND = {
    ...GIFT,
    access: { ...GIFT.access, REGIONAL_DIRECTOR: { '/receipt': 'WRITE', '/price': 'WRITE' } },
  };
  let stores = 0;
  const start = async () => {
    const document = { ...GIFT_DOCUMENT, store: `Edited ${(stores += 1)}` };
    return (await who['moses.frase']!.post<Edited>('/requests', { kind: 'gift-e', document })).body.id;
  };
  const price = { amount: '1500.00', currency: 'CNY' };

  it('with the field’s access, by the schema’s rules; approvals it leaves the envelope of are asked again', async () => {
    await putInForce(who['admin']!, who['cfo']!, 'request.gift-e', KIND);
    const id = await start();
    expect((await view('dustin.brinkmann', id)).editable).toEqual([]);
    await ok('dustin.brinkmann', id);
    expect((await view('director.central', id)).editable).toEqual([
      { pointer: '/price', value: GIFT_DOCUMENT.price },
    ]);
    const fill = await who['director.central']!.put(`/requests/${id}/fields`, {
      values: { '/price': price },
    });
    expect(refusal(fill)).toEqual([403, 'FIELD_NOT_WRITABLE', '/values/price']);
    const bad = await approve('director.central', id, {
      edits: { '/price': { amount: 'much', currency: 'CNY' } },
    });
    expect(refusal(bad)).toEqual([422, 'DOCUMENT_INVALID', '/edits/price/amount']);
    expect(refusal(await approve('director.central', id, { edits: { '/gift': 'Hats' } }))[1]).toBe(
      'FIELD_NOT_WRITABLE',
    );
    expect(refusal(await approve('director.central', id, { edits: { '/price': price } }))).toEqual([
      409,
      'WOULD_INVALIDATE',
    ]);

    await ok('director.central', id, { edits: { '/price': price }, acceptInvalidation: ['TEAM_LEAD'] });
    const again = await view('dustin.brinkmann', id);
    expect(stageOf(again, 'TEAM_LEAD')).toMatchObject({ state: 'ACTIVE', visit: 2 });
    expect(again.subject.document).toMatchObject({ price });
    expect(again.changes).toMatchObject([{ path: '/price/amount', before: '1200.00', after: '1500.00' }]);
    expect(again.changesBase).toEqual({ round: 1, label: 'APPROVED_BY_YOU' });
    expect(await ok('dustin.brinkmann', id)).toMatchObject({ requestState: 'APPROVED' });
  });
});
