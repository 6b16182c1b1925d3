import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assertApproved } from '../../src/commands/approval/amend.js';
import { lockQuote } from '../../src/commands/quote/store.js';
import { decide, type View } from '../builders/approval-client.js';
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
} from '../builders/quotation.js';
import type { Quote } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Stale {
  stageKey: string;
  dimensions: { dimension: string; allowed: unknown; value: unknown }[];
}
type Amended = Quote & { stale: Stale[] | null; note: string | null };

let api: TestApi;
let rep: ApiClient;
let director: ApiClient;
let lawyer: ApiClient;
let colleague: ApiClient;
let goods: Catalogue;
beforeAll(async () => {
  api = await startApi();
  await eachForItself(api.dataSource);
  const names = ['moses.frase', 'director.central', 'legal', 'legal2'];
  [rep, director, lawyer, colleague] = (await Promise.all(names.map((name) => api.as(name)))) as [
    ApiClient,
    ApiClient,
    ApiClient,
    ApiClient,
  ];
  goods = await catalogue(rep);
});
afterAll(() => api.close());

const body = (discountPct = '12', over: object = {}) =>
  goods.body({ discountPct }, { nonStandardClauses: ['PENALTY'], ...over });
const view = async (requestId: string) =>
  (await rep.get<View & { askedAgain: Stale[] }>(`/requests/${requestId}`)).body;
const quoteOf = async (id: string) => (await read(rep, id)) as Amended;

/** 12 % and a clause of the customer's: approved by the director and both lawyers. */
async function approvedQuote(): Promise<Amended> {
  const own = await draft(rep, body());
  const { requestId } = await submit(rep, own.id);
  for (const client of [director, lawyer, colleague]) {
    const answer = await decide(client, requestId!);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  }
  const quote = await quoteOf(own.id);
  expect(quote).toMatchObject({ state: 'APPROVED', stale: null, actions: ['EDIT', 'SEND', 'REVISE'] });
  return quote;
}
const edit = async (quote: Amended, changed: object) => {
  const answer = await put(rep, quote, changed);
  expect(answer.status).toBe(200);
  return quoteOf(quote.id);
};

describe('AE-ENV-3 an approved quotation is changed', () => {
  it('a stage that nobody had been asked in is named as people know it', async () => {
    const own = await draft(rep, goods.body({ discountPct: '8' }));
    const { requestId } = await submit(rep, own.id);
    expect((await decide(await api.as('dustin.brinkmann'), requestId!)).status).toBe(200);
    await edit(await quoteOf(own.id), goods.body({ discountPct: '13' }));
    const { stale, timeline } = (
      await rep.get<{ stale: { title: string }[]; timeline: { text: { key: string; params: object } }[] }>(
        `/requests/${requestId}`,
      )
    ).body;
    const title = 'Regional director · 大区总监';
    expect(stale).toMatchObject([{ title }]);
    expect(timeline.find(({ text }) => text.key === 'request.stale')!.text.params).toEqual({ stages: title });
  });

  it('inside what was approved it stays approved and is sent', async () => {
    const quote = await edit(await approvedQuote(), body('11', { nonStandardClauses: [] }));
    expect(quote).toMatchObject({ state: 'APPROVED', stale: null, discountPct: '11' });
    const { timeline } = await view(quote.requestId!);
    expect(timeline.map(({ text }) => text.key)).toContain('request.amended');
    expect((await act(rep, quote.id, 'send')).state).toBe('SENT');
  });

  it('beyond it, it is stale at once and not sent; the new round asks only what broke and shows the change', async () => {
    const quote = await edit(await approvedQuote(), body('13'));
    expect(quote).toMatchObject({ state: 'APPROVED', actions: ['EDIT', 'SUBMIT', 'REVISE'] });
    expect(quote.stale).toMatchObject([
      {
        stageKey: 'REGIONAL_DIRECTOR',
        dimensions: [
          { dimension: 'discountPct', allowed: '12', value: '13' },
          { dimension: 'lineDiscountPct', allowed: '12', value: '13' },
        ],
      },
    ]);
    const sent = await rep.post(`/quotes/${quote.id}/send`, {});
    expect(refusal(sent)).toEqual([412, 'NOT_COVERED']);
    expect(sent.body).toMatchObject({ broken: [{ stageKey: 'REGIONAL_DIRECTOR' }] });

    const again = await submit(rep, quote.id);
    expect(again).toMatchObject({ state: 'IN_APPROVAL', requestId: quote.requestId });
    const shown = await view(quote.requestId!);
    expect(shown).toMatchObject({ round: 2, state: 'PENDING', holder: { people: [{ name: 'Grace Chen' }] } });
    expect(shown.askedAgain.map(({ stageKey }) => stageKey)).toEqual(['REGIONAL_DIRECTOR']);
    expect(shown.path.find(({ key }) => key === 'LEGAL')).toMatchObject({
      state: 'PASSED',
      seats: [
        { state: 'AUTO_APPROVED', code: 'CARRIED' },
        { state: 'AUTO_APPROVED', code: 'CARRIED' },
      ],
    });
    const asked = (await director.get<View>(`/requests/${quote.requestId}`)).body;
    expect(asked.changesBase).toEqual({ round: 1, label: 'APPROVED_BY_YOU' });
    expect(asked.changes).toContainEqual(
      expect.objectContaining({ path: '/discountPct', before: '12', after: '13', direction: 'WORSE' }),
    );
    await decide(director, quote.requestId!);
    expect((await act(rep, quote.id, 'send')).state).toBe('SENT');
  });

  it('changed back it is approved again, without anybody asked', async () => {
    const stale = await edit(await approvedQuote(), body('13'));
    const quote = await edit(stale, body());
    expect(quote).toMatchObject({ state: 'APPROVED', stale: null });
    expect((await act(rep, quote.id, 'send')).state).toBe('SENT');
  });

  it('a rejected change leaves the last approved quotation, which may be sent (CordysCRM#3168)', async () => {
    const before = await approvedQuote();
    const stale = await edit(before, body('14', { note: 'a friend of the house', deliveryDays: 10 }));
    await submit(rep, stale.id);
    await decide(director, stale.requestId!, 'REJECT');
    const after = await quoteOf(before.id);
    expect({ ...after, updatedAt: null }).toEqual({
      ...before,
      updatedAt: null,
      rowVersion: after.rowVersion,
    });
    expect((await view(before.requestId!)).state).toBe('APPROVED');
    expect((await act(rep, before.id, 'send')).state).toBe('SENT');
  });

  it('a withdrawn change, too', async () => {
    const before = await approvedQuote();
    const stale = await edit(before, body('14'));
    await submit(rep, stale.id);
    const { version } = await view(stale.requestId!);
    const answer = await rep.post(`/requests/${stale.requestId}/withdraw`, { expectedVersion: version });
    expect(answer.status).toBe(200);
    expect(await quoteOf(before.id)).toMatchObject({ state: 'APPROVED', discountPct: '12', stale: null });
  });

  it('what is not stale is not submitted again, and AE-SUB-2 what approvers look at is not edited', async () => {
    const quote = await approvedQuote();
    expect(refusal(await rep.post(`/quotes/${quote.id}/submit`, {}))).toEqual([409, 'QUOTE_STATE']);
    const stale = await edit(quote, body('13'));
    await submit(rep, stale.id);
    expect(refusal(await put(rep, await quoteOf(stale.id), body('12')))).toEqual([423, 'LOCKED_BY_APPROVAL']);
  });
});

describe('AE-ENV-4 what is sent is what was approved', () => {
  it('an edit that comes after the check waits for the effect, and finds it sent', async () => {
    const quote = await approvedQuote();
    const sending = api.dataSource.createQueryRunner();
    await sending.startTransaction();
    try {
      const { row } = await lockQuote(sending.manager, quote.id);
      await assertApproved(sending.manager, row.requestId, row.materialHash);
      const late = put(rep, quote, body('13'));
      await someoneWaits();
      await sending.manager.query(`UPDATE quote SET state = 'SENT', sent_at = now() WHERE id = $1`, [
        quote.id,
      ]);
      await sending.commitTransaction();
      expect(refusal(await late)).toEqual([409, 'QUOTE_STATE']);
    } finally {
      await sending.release();
    }
    expect(await quoteOf(quote.id)).toMatchObject({ state: 'SENT', discountPct: '12' });
  });

  it('sent and changed at one instant, what went out is what was approved; ten times', async () => {
    for (let round = 0; round < 10; round += 1) {
      const quote = await approvedQuote();
      const [sent, edited] = await Promise.all([
        rep.post(`/quotes/${quote.id}/send`, {}),
        put(rep, quote, body('13')),
      ]);
      const now = await quoteOf(quote.id);
      if (sent.status === 200) {
        expect(refusal(edited)).toEqual([409, 'QUOTE_STATE']);
        expect(now).toMatchObject({ state: 'SENT', discountPct: '12' });
      } else {
        expect(refusal(sent)).toEqual([412, 'NOT_COVERED']);
        expect(now).toMatchObject({ state: 'APPROVED', discountPct: '13' });
      }
    }
  }, 60_000);
});

async function someoneWaits(): Promise<void> {
  for (;;) {
    const [{ waiting }] = await api.dataSource.query<[{ waiting: boolean }]>(
      `SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waiting`,
    );
    if (waiting) return;
  }
}
