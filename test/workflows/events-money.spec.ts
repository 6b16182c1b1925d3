import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askedStages } from '../builders/contract-change.js';
import { EventsDesk } from '../builders/events-desk.js';
import { version } from '../builders/opportunity.js';
import { draft, submit } from '../builders/quotation.js';
import type { ApiClient } from '../support/api.js';
import { until } from '../support/until.js';

let desk: EventsDesk;
let finance: ApiClient;
let cfo: ApiClient;
beforeAll(async () => {
  desk = await EventsDesk.open();
  [finance, cfo] = [await desk.api.as('finance'), await desk.api.as('cfo')];
}, 120_000);
afterAll(() => desk?.close());

const OWED = { amount: '100000.00', currency: 'CNY' };

/** A customer with a limit of 150 000 who owes 100 000. */
async function indebted(name: string): Promise<string> {
  const customerId = desk.goods.customer(name);
  const { rowVersion } = (await cfo.get<{ rowVersion: number }>(`/customers/${customerId}`)).body;
  const limit = { amount: '150000.00', currency: 'CNY' };
  const body = { limit, groupLimit: null, creditClass: 'A', reason: 'review' };
  expect((await cfo.put(`/customers/${customerId}/credit`, body, version(rowVersion))).status).toBe(200);
  const invoice = { customerId, invoiceNo: `INV-${name}`, amount: OWED };
  const days = { issuedOn: '2026-10-01', dueOn: '2026-10-31' };
  expect((await finance.post('/receivables', { ...invoice, ...days })).status).toBe(201);
  return customerId;
}

async function pays(customerId: string): Promise<string> {
  const { status, body } = await finance.post<{ id: string; state: string }>('/payments', {
    customerId,
    payerName: 'The customer',
    amount: OWED,
    instrument: 'BANK',
    valueDate: '2026-11-02',
    sourceId: randomUUID(),
  });
  expect(status).toBe(201);
  if (body.state === 'PROPOSED')
    expect((await cfo.post(`/payments/${body.id}/confirm`, {})).status).toBe(200);
  return body.id;
}

/** 88 706.40, which the team lead approves. */
const offered = (customerId: string) => desk.goods.body({ discountPct: '8' }, { customerId });
const asked = (requestId: string) => askedStages(desk.api, requestId);
const changesOf = (requestId: string) =>
  until(async () => {
    const [row] = await desk.api.dataSource.query<{ changes: string }[]>(
      `SELECT e.payload->>'changes' AS changes FROM event e WHERE e.aggregate_kind = 'request' AND e.aggregate_id = $1
         AND e.type = 'request.reassessed' ORDER BY e.seq DESC LIMIT 1`,
      [requestId],
    );
    return row?.changes;
  });

describe('processes 3.7 Q: payment, reversal, credit note', () => {
  it('payment posted ○ whoever was asked for the credit sees that it is there now; nobody is left out', async () => {
    const customerId = await indebted('Conecom');
    const { id } = await draft(desk.rep, offered(customerId));
    const { requestId } = await submit(desk.rep, id);
    expect(await asked(requestId!)).toEqual(['CREDIT', 'TEAM_LEAD']);
    await pays(customerId);
    expect(await changesOf(requestId!)).toContain('creditOk');
    expect(await asked(requestId!)).toEqual(['CREDIT', 'TEAM_LEAD']);
    const { facts } = (
      await desk.rep.get<{ subject: { facts: { key: string; value: string }[] } }>(`/requests/${requestId}`)
    ).body.subject;
    expect(facts).toContainEqual(expect.objectContaining({ key: 'creditOk', value: 'true' }));
  }, 60_000);

  it('payment reversed ● the money is owed again: the credit step is asked as well', async () => {
    const customerId = await indebted('Plexzap');
    const paymentId = await pays(customerId);
    const { id, requestId } = await desk.inApproval(offered(customerId));
    expect(await asked(requestId!)).toEqual(['TEAM_LEAD']);
    const day = { reason: 'recalled by the bank', on: '2026-11-05' };
    expect((await finance.post(`/payments/${paymentId}/reverse`, day)).status).toBe(200);
    await until(async () => (await desk.stage(id))?.includes('CREDIT'));
    expect(await asked(requestId!)).toEqual(['CREDIT', 'TEAM_LEAD']);
    expect(await changesOf(requestId!)).toContain('creditOk');
  }, 60_000);

  it('credit note ○ likewise', async () => {
    const customerId = await indebted('Cancity');
    const { requestId } = await submit(desk.rep, (await draft(desk.rep, offered(customerId))).id);
    expect(await asked(requestId!)).toEqual(['CREDIT', 'TEAM_LEAD']);
    const note = { customerId, amount: OWED, issuedOn: '2026-11-02', sourceId: randomUUID() };
    expect((await finance.post('/credit-notes', { ...note, reason: 'goods returned' })).status).toBe(201);
    expect(await changesOf(requestId!)).toContain('creditOk');
    expect(await asked(requestId!)).toEqual(['CREDIT', 'TEAM_LEAD']);
  }, 60_000);
});
