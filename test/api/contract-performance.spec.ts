import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alertContract, expireContract } from '../../src/commands/contract/life.js';
import { contractLifeProcess } from '../../src/queries/process/contract-life.js';
import { loadCalendar } from '../../src/commands/calendar.js';
import { effectiveContract, readContract, write, type Contract } from '../builders/contract.js';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Performance {
  lines: { no: number; name: string; qty: string; remaining: string }[];
  orders: {
    id: string;
    no: number;
    state: string;
    late: boolean;
    confirmBy: string | null;
    actions: string[];
  }[];
  disputes: { id: string; state: string; suspends: boolean }[];
  notices: { what: string; days: number; told: { name: string }[] }[];
  actions: string[];
}

let api: TestApi;
let rep: ApiClient;
let legal: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, legal] = [await api.as('moses.frase'), await api.as('legal')];
});
afterAll(() => api.close());

async function post(id: string, path: string, body: unknown, by = rep): Promise<Performance> {
  const answer = await by.post<Performance>(`/contracts/${id}/${path}`, body);
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}
const view = async (id: string) =>
  (await contractLifeProcess(api.dataSource, id, await loadCalendar(api.dataSource.manager)))!;
const inForce = (): Promise<Contract> => effectiveContract(api, rep);
const order = (qty: string, no = 1) => ({ lines: [{ no, qty }], deliverBy: '2027-03-01' });

async function termEnds(id: string): Promise<void> {
  await api.dataSource.query(`UPDATE contract SET ends_on = current_date - 2 WHERE id = $1`, [id]);
  await expireContract(api.dataSource, { key: `over-${randomUUID()}`, correlationId: null }, id);
}

describe('orders under a contract in force (issue 5.5)', () => {
  it('takes what is left of a line, and not more, whoever comes first', async () => {
    const { id } = await inForce();
    const { lines } = (await rep.get<Performance>(`/contracts/${id}/performance`)).body;
    const all = lines[0]!.qty;
    const answers = await Promise.all([1, 2].map(() => rep.post(`/contracts/${id}/orders`, order(all))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(refusal(answers.find(({ status }) => status === 400)!)).toEqual([
      400,
      'VALIDATION',
      '/lines/0/qty',
    ]);
    const after = (await rep.get<Performance>(`/contracts/${id}/performance`)).body;
    expect(after.lines[0]!.remaining).toBe('0');
    const cancelled = await post(id, `orders/${after.orders[0]!.id}/cancel`, {});
    expect(cancelled.lines[0]!.remaining).toBe(all);
  });

  it('is confirmed, delivered, and begins performance; the contract is not complete before', async () => {
    const { id } = await inForce();
    const placed = await post(id, 'orders', order('1'));
    const path = `orders/${placed.orders[0]!.id}`;
    expect(placed.orders[0]).toMatchObject({ no: 1, state: 'PLACED', late: false });
    expect(placed.orders[0]!.confirmBy).not.toBeNull();
    expect(
      refusal(await rep.post(`/contracts/${id}/${path}/deliver`, { deliveredOn: '2026-11-26' })),
    ).toEqual([409, 'ORDER_STATE']);
    await post(id, `${path}/confirm`, {});
    const delivered = await post(id, `${path}/deliver`, { deliveredOn: '2026-11-26' });
    expect(delivered.orders[0]).toMatchObject({ state: 'DELIVERED', actions: [] });
    expect((await readContract(rep, id)).state).toBe('PERFORMING');
    await post(id, 'orders', order('1'));
    expect(await rep.post(`/contracts/${id}/complete`, {})).toMatchObject({
      status: 409,
      body: { code: 'OPEN_OBLIGATIONS', open: ['milestone ACCEPTANCE', 'milestone DELIVERY', 'order 2'] },
    });
  });

  it('not confirmed in time: its owner and their manager hear of it, once', async () => {
    const { id } = await inForce();
    const { orders } = await post(id, 'orders', order('1'));
    await api.dataSource.query(
      `UPDATE contract_order SET confirm_by = now() - interval '1 minute' WHERE id = $1`,
      [orders[0]!.id],
    );
    const { next } = await view(id);
    expect(next).toMatchObject({ kind: 'ALERT_CONTRACT', days: 0 });
    const by = () => ({ key: `late-${randomUUID()}`, correlationId: null });
    await alertContract(api.dataSource, by(), id, next!.key);
    await alertContract(api.dataSource, by(), id, next!.key);
    const [news] = await api.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM notification WHERE contract_id = $1 AND kind = 'CONTRACT_LATE'`,
      [id],
    );
    expect(news!.n).toBe(2);
    const { notices } = (await rep.get<Performance>(`/contracts/${id}/performance`)).body;
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ what: 'ORDER_CONFIRM', days: 0 });
    expect(notices[0]!.told).toHaveLength(2);
  });

  it('after the term what was confirmed is delivered; nothing is ordered or confirmed any more (processes 3.2)', async () => {
    const { id } = await inForce();
    for (const qty of ['1', '1']) await post(id, 'orders', order(qty));
    const [second, first] = (await rep.get<Performance>(`/contracts/${id}/performance`)).body.orders;
    await post(id, `orders/${first!.id}/confirm`, {});
    await termEnds(id);
    const over = (await rep.get<Performance>(`/contracts/${id}/performance`)).body;
    expect(over.actions).toEqual([]);
    expect(over.orders.map(({ actions }) => actions)).toEqual([['CANCEL'], ['DELIVER', 'CANCEL']]);
    const refused = async (path: string, body: object) =>
      refusal(await rep.post(`/contracts/${id}/${path}`, body));
    expect(await refused('orders', order('1'))).toEqual([409, 'CONTRACT_STATE']);
    expect(await refused(`orders/${second!.id}/confirm`, {})).toEqual([409, 'CONTRACT_STATE']);
    await api.dataSource.query(
      `UPDATE contract_order SET deliver_by = current_date + 3 WHERE contract_id = $1`,
      [id],
    );
    const { next } = await view(id);
    expect(next).toMatchObject({ kind: 'ALERT_CONTRACT', key: expect.stringContaining('order/') });

    const delivered = await post(id, `orders/${first!.id}/deliver`, { deliveredOn: '2026-11-26' });
    expect(delivered.orders[1]).toMatchObject({ state: 'DELIVERED' });
    expect((await readContract(rep, id)).state).toBe('EXPIRED');
    await post(id, `orders/${second!.id}/cancel`, {});
    expect((await write(rep, `/contracts/${id}/archive`)).state).toBe('ARCHIVED');
  });

  it('held when its term ended, nothing of it is delivered', async () => {
    const { id } = await inForce();
    const { orders } = await post(id, 'orders', order('1'));
    await post(id, `orders/${orders[0]!.id}/confirm`, {});
    const cause = { cause: 'FORCE_MAJEURE', reason: 'the road is flooded' };
    await write(legal, `/contracts/${id}/suspend`, cause);
    await termEnds(id);
    const [held] = (await rep.get<Performance>(`/contracts/${id}/performance`)).body.orders;
    expect(held).toMatchObject({ state: 'CONFIRMED', actions: ['CANCEL'] });
    const path = `/contracts/${id}/orders/${held!.id}/deliver`;
    expect(refusal(await rep.post(path, { deliveredOn: '2026-11-26' }))).toEqual([409, 'CONTRACT_SUSPENDED']);
  });

  it('an amendment does not take away what is ordered', async () => {
    const { id } = await inForce();
    await post(id, 'orders', order('2'));
    const { name } = (await rep.get<Performance>(`/contracts/${id}/performance`)).body.lines[0]!;
    for (const line of [
      { name, qty: '1', unitNet: '1.00' },
      { name: 'other goods', qty: '2', unitNet: '1.00' },
    ])
      expect(
        refusal(
          await rep.post(`/contracts/${id}/changes`, { kind: 'AMENDMENT', reason: 'less', lines: [line] }),
        ),
      ).toEqual([409, 'LINES_BELOW_ORDERED']);
  });
});

describe('a dispute (K5)', () => {
  const dispute = { reason: 'QUALITY', text: 'three of five leak', amount: '30.00', suspends: true };

  it('suspends the contract until it is settled; meanwhile nothing is ordered or resumed', async () => {
    const { id } = await inForce();
    expect(refusal(await rep.post(`/contracts/${id}/disputes`, dispute))).toEqual([403, 'FORBIDDEN']);
    const { disputes } = await post(id, 'disputes', dispute, legal);
    expect(await readContract(rep, id)).toMatchObject({ state: 'SUSPENDED', suspendedFor: 'DISPUTE' });
    expect(refusal(await rep.post(`/contracts/${id}/orders`, order('1')))).toEqual([
      409,
      'CONTRACT_SUSPENDED',
    ]);
    expect(refusal(await legal.post(`/contracts/${id}/resume`, { reason: 'never mind' }))).toEqual([
      409,
      'DISPUTE_OPEN',
    ]);
    expect((await readContract(legal, id)).actions).not.toContain('RESUME');
    const closing = { outcome: 'SETTLED', text: 'replaced' };
    await post(id, `disputes/${disputes[0]!.id}/close`, closing, legal);
    expect(await readContract(rep, id)).toMatchObject({ state: 'EFFECTIVE', suspendedFor: null });
    expect(refusal(await legal.post(`/contracts/${id}/disputes/${disputes[0]!.id}/close`, closing))).toEqual([
      409,
      'DISPUTE_CLOSED',
    ]);
  });

  it('two of them: the contract goes on with the last; one that does not suspend lets it go on', async () => {
    const { id } = await inForce();
    await post(id, 'disputes', { ...dispute, suspends: false });
    expect((await readContract(rep, id)).state).toBe('EFFECTIVE');
    await post(id, 'disputes', dispute, legal);
    const { disputes } = await post(id, 'disputes', dispute, legal);
    const [a, b] = disputes.filter(({ suspends }) => suspends);
    await post(id, `disputes/${a!.id}/close`, { outcome: 'REJECTED', text: 'no defect' }, legal);
    expect((await readContract(rep, id)).state).toBe('SUSPENDED');
    await post(id, `disputes/${b!.id}/close`, { outcome: 'WITHDRAWN', text: 'withdrawn' }, legal);
    expect((await readContract(rep, id)).state).toBe('EFFECTIVE');
  });

  it('is settled by somebody who is there', async () => {
    const { id } = await inForce();
    const ownedBy = async (ownerId: string) =>
      refusal(await legal.post(`/contracts/${id}/disputes`, { ...dispute, ownerId }));
    const unknown = [400, 'VALIDATION', '/ownerId'];
    expect(await ownedBy(randomUUID())).toEqual(unknown);
    const leaver = await api.personId('donn.cantrell');
    await api.dataSource.query(`UPDATE employee SET status = 'LEFT', left_at = now() WHERE id = $1`, [
      leaver,
    ]);
    expect(await ownedBy(leaver)).toEqual(unknown);
    expect((await readContract(rep, id)).state).toBe('EFFECTIVE');
  });

  it('is about no more than the contract is worth', async () => {
    const { id } = await inForce();
    expect(
      refusal(await legal.post(`/contracts/${id}/disputes`, { ...dispute, amount: '999999999.00' })),
    ).toEqual([400, 'VALIDATION', '/amount']);
  });
});
