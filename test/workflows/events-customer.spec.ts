import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asked as askedFor, askedStages, intoForce, versions } from '../builders/contract-change.js';
import { everybodyApproves, readContract, signedCopy, write } from '../builders/contract.js';
import { EventsDesk } from '../builders/events-desk.js';
import { version } from '../builders/opportunity.js';
import { act, draft, read, refusal, submit } from '../builders/quotation.js';
import type { ApiClient } from '../support/api.js';
import { until } from '../support/until.js';

let desk: EventsDesk;
beforeAll(async () => {
  desk = await EventsDesk.open();
}, 120_000);
afterAll(() => desk?.close());

const BLOCK = { cause: 'LEGAL', note: 'court order 123' };
const told = (requestId: string) =>
  desk.api.dataSource.query<{ who: string; kind: string }[]>(
    `SELECT e.username AS who, n.kind FROM notification n JOIN employee e ON e.id = n.person_id
     WHERE n.request_id = $1 AND n.kind IN ('TASK_GONE', 'RETURNED', 'RETURNED_REMINDER') ORDER BY n.at, n.kind`,
    [requestId],
  );

describe('processes 3.7 Q: blacklist, insolvency, legal ● stop', () => {
  it('stops what is in approval and lets nothing be submitted, sent, accepted, decided or sealed until it is lifted', async () => {
    const { rep, api } = desk;
    const body = desk.goods.body({ discountPct: '8' }, { customerId: desk.goods.customer('Isdom') });
    const running = await desk.inApproval(body);
    const [approved, sent] = [await desk.inApproval(body), await desk.inApproval(body)];
    for (const { requestId } of [approved, sent]) await everybodyApproves(api, requestId!);
    await act(rep, sent.id, 'send');
    const draftOnly = await draft(rep, body);
    const customer = `/customers/${desk.goods.customer('Isdom')}`;

    expect((await rep.post(`${customer}/block`, BLOCK)).status).toBe(403);
    const legal = await api.as('legal');
    const blocked = await legal.post<{ block: { cause: string; blockedBy: { name: string } } }>(
      `${customer}/block`,
      BLOCK,
    );
    expect(blocked.body.block).toMatchObject({
      cause: 'LEGAL',
      blockedBy: { id: await api.personId('legal') },
    });
    expect(refusal(await legal.post(`${customer}/block`, BLOCK))).toEqual([409, 'CUSTOMER_BLOCKED']);

    await until(async () => (await desk.stage(running.id)) === 'QUOTE_RETURNED');
    expect(await told(running.requestId!)).toEqual([
      { who: 'moses.frase', kind: 'RETURNED' },
      { who: 'dustin.brinkmann', kind: 'TASK_GONE' },
    ]);
    const { timeline } = (
      await rep.get<{ timeline: { text: { key: string } }[] }>(`/requests/${running.requestId}`)
    ).body;
    expect(timeline.map(({ text }) => text.key)).toContain('request.stopped.legal');
    for (const path of [
      `/quotes/${running.id}/submit`,
      `/quotes/${draftOnly.id}/submit`,
      `/quotes/${approved.id}/send`,
    ])
      expect(refusal(await rep.post(path, {}))).toEqual([409, 'CUSTOMER_BLOCKED']);
    const accept = await rep.post(`/quotes/${sent.id}/accept`, { acceptedBy: 'Ms Zhao' });
    expect(accept.body).toMatchObject({ code: 'CUSTOMER_BLOCKED', cause: 'LEGAL' });

    const seen = await rep.get<{ note: string | null }[]>(`${customer}/blocks`);
    expect(seen.body).toMatchObject([{ cause: 'LEGAL', note: null, liftedAt: null }]);
    expect((await legal.get<object[]>(`${customer}/blocks`)).body).toMatchObject([
      { note: 'court order 123' },
    ]);

    expect((await legal.post(`${customer}/unblock`, { note: 'settled' })).status).toBe(200);
    expect(refusal(await legal.post(`${customer}/unblock`, { note: 'settled' }))).toEqual([
      409,
      'CUSTOMER_NOT_BLOCKED',
    ]);
    expect((await told(running.requestId!)).at(-1)).toEqual({
      who: 'moses.frase',
      kind: 'RETURNED_REMINDER',
    });
    await submit(rep, running.id);
    await until(async () => (await desk.stage(running.id)) === 'QUOTE_APPROVAL:TEAM_LEAD');
    await everybodyApproves(api, running.requestId!);
    await act(rep, approved.id, 'send');
    await act(rep, sent.id, 'accept', { acceptedBy: 'Ms Zhao' });
    await until(async () => (await desk.stage(running.id)) === 'QUOTE_APPROVED');
  }, 60_000);

  it('a contract in review is stopped, an approved one is not sealed', async () => {
    const { rep, api } = desk;
    const body = desk.goods.body({ discountPct: '8' }, { customerId: desk.goods.customer('Konex') });
    const contracts = [await desk.contractOf(body), await desk.contractOf(body)];
    const [inReview, approved] = contracts as [string, string];
    for (const id of contracts) await write(rep, `/contracts/${id}/submit`);
    await everybodyApproves(api, (await readContract(rep, approved)).requestId!);
    const customer = `/customers/${desk.goods.customer('Konex')}`;
    const credit = await api.as('credit');
    await credit.post(`${customer}/block`, { cause: 'INSOLVENCY', note: 'filed yesterday' });
    await until(async () => (await readContract(rep, inReview)).state === 'RETURNED');
    const keeper = await api.as('seal');
    expect(refusal(await keeper.post(`/contracts/${approved}/seal`, {}))).toEqual([409, 'CUSTOMER_BLOCKED']);
    expect(refusal(await rep.post(`/contracts/${inReview}/submit`, {}))).toEqual([409, 'CUSTOMER_BLOCKED']);
    await credit.post(`${customer}/unblock`, { note: 'withdrawn by the court' });
    await write(keeper, `/contracts/${approved}/seal`);
    await write(rep, `/contracts/${inReview}/submit`);
    expect((await readContract(rep, inReview)).state).toBe('IN_REVIEW');
  }, 60_000);
});

describe('processes 3.7 Q: limit, class, exposure and group change ● facts', () => {
  const reassessedBy = async (quoteId: string, requestId: string, change: () => Promise<unknown>) => {
    expect(await desk.stage(quoteId)).toBe('QUOTE_APPROVAL:TEAM_LEAD');
    await change();
    const stage = await until(async () => {
      const now = await desk.stage(quoteId);
      return now?.includes('CREDIT') && now;
    });
    const { timeline } = (
      await desk.rep.get<{ timeline: { text: { key: string; params: { changes: string } } }[] }>(
        `/requests/${requestId}`,
      )
    ).body;
    const moved = timeline.findLast(({ text }) => text.key === 'request.reassessed.customer');
    return { stage, changes: moved?.text.params.changes };
  };
  /** What was found when it was looked at again. */
  const changesOf = (requestId: string) =>
    until(async () => {
      const [row] = await desk.api.dataSource.query<{ changes: string }[]>(
        `SELECT e.payload->>'changes' AS changes FROM event e WHERE e.aggregate_kind = 'request' AND e.aggregate_id = $1 AND e.type = 'request.reassessed'`,
        [requestId],
      );
      return row?.changes;
    });
  const of = (name: string) =>
    desk.goods.body({ discountPct: '8' }, { customerId: desk.goods.customer(name) });

  /** From the customer as they are now. */
  const put = async (client: ApiClient, id: string, what: string, body: object) => {
    const { rowVersion } = (await client.get<{ rowVersion: number }>(`/customers/${id}`)).body;
    return client.put(`/customers/${id}/${what}`, body, version(rowVersion));
  };
  const credit = async (name: string, body: object) =>
    put(await desk.api.as('cfo'), desk.goods.customer(name), 'credit', body);

  it('a limit that is cut asks the credit step as well', async () => {
    const { id, requestId } = await desk.inApproval(of('Ganjaflex'));
    const { changes } = await reassessedBy(id, requestId!, () =>
      credit('Ganjaflex', {
        limit: { amount: '50000.00', currency: 'CNY' },
        groupLimit: null,
        creditClass: 'A',
        reason: 'pays late',
      }),
    );
    expect(changes).toContain('creditOk true → false');
  }, 60_000);

  it('another deal of the customer takes of the limit as long as it is open, and gives it to the one that waits', async () => {
    const first = await desk.inApproval(of('Zotware'));
    await everybodyApproves(desk.api, first.requestId!);
    await act(desk.rep, first.id, 'send');
    await credit('Zotware', {
      limit: { amount: '150000.00', currency: 'CNY' },
      groupLimit: null,
      creditClass: 'A',
      reason: 'review',
    });
    // 88 706.40 are reserved of 150 000; another 88 706.40 do not fit
    const { id } = await draft(desk.rep, of('Zotware'));
    const { requestId } = await submit(desk.rep, id);
    expect(await askedStages(desk.api, requestId!)).toContainEqual(expect.stringContaining('CREDIT'));
    await act(desk.rep, first.id, 'decline', { reason: 'too dear' });
    expect(await changesOf(requestId!)).toContain('creditOk');
  }, 60_000);

  it('a customer that moves below a group whose limit is used up asks the credit step as well; no circle', async () => {
    const { id, requestId } = await desk.inApproval(of('Rangreen'));
    const [child, head] = [desk.goods.customer('Rangreen'), desk.goods.customer('Hottechi')];
    await credit('Hottechi', {
      limit: null,
      groupLimit: { amount: '60000.00', currency: 'CNY' },
      creditClass: 'B',
      reason: 'group cap',
    });
    const office = await desk.api.as('backoffice');
    const { changes } = await reassessedBy(id, requestId!, () =>
      put(office, child, 'parent', { parentId: head, reason: 'bought' }),
    );
    expect(changes).toContain('creditOk true → false');
    const circle = await put(office, head, 'parent', { parentId: child, reason: 'mistake' });
    expect(refusal(circle)).toEqual([400, 'VALIDATION', '/parentId']);
    expect((await read(desk.rep, id)).state).toBe('IN_APPROVAL');
  }, 60_000);

  const limited = async (name: string, amount: string) => {
    const limit = { amount, currency: 'CNY' };
    const { status } = await credit(name, { limit, groupLimit: null, creditClass: 'A', reason: 'review' });
    expect(status).toBe(200);
  };

  it('a contract amended to more takes of the limit others count on; a dispute about it does not', async () => {
    const { rep, api } = desk;
    const goods = desk.goods.body({ discountPct: '8' }, { customerId: desk.goods.customer('Hatfan') });
    const contractId = await desk.contractOf(goods);
    const { requestId: reviewId } = await write(rep, `/contracts/${contractId}/submit`);
    await everybodyApproves(api, reviewId!);
    const sealed = await write(await api.as('seal'), `/contracts/${contractId}/seal`);
    const contract = await write(
      await api.as('backoffice'),
      `/contracts/${contractId}/counter-signed`,
      signedCopy(sealed.text),
    );
    await limited('Hatfan', '200000.00');
    const { id, requestId } = await desk.inApproval(of('Hatfan'));
    const asked = async () => (await desk.shown(id)).waitingOn;
    const before = await asked();
    await write(await api.as('legal'), `/contracts/${contractId}/disputes`, {
      reason: 'QUALITY',
      text: 'two are broken',
      amount: '1000.00',
      suspends: false,
    });
    const [line] = (await versions(rep, contractId))[0]!.lines;
    const { name, qty, unitNet } = line!;
    const change = { lines: [{ name, unitNet, qty: String(2 * Number(qty)) }] };
    const { changes } = await reassessedBy(id, requestId!, async () => {
      expect(await asked()).toEqual(before);
      await intoForce(api, rep, await askedFor(rep, contract, change));
    });
    expect(changes).toBe('creditOk true → false');
  }, 90_000);

  it('a contract that is cancelled before it took effect gives back what it had taken', async () => {
    const { rep, api } = desk;
    await limited('Betasoloin', '900000.00');
    const contractId = await desk.contractOf(of('Betasoloin'));
    await limited('Betasoloin', '100000.00');
    const { requestId } = await submit(rep, (await draft(rep, of('Betasoloin'))).id);
    expect(await askedStages(api, requestId!)).toContainEqual(expect.stringContaining('CREDIT'));
    await write(rep, `/contracts/${contractId}/cancel`, { reason: 'no longer wanted' });
    expect(await changesOf(requestId!)).toContain('creditOk');
  }, 60_000);
});
