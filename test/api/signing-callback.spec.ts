import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EsignServer } from '../builders/esign-server.js';
import { CALLBACKS, SigningDesk, type SignedCall } from '../builders/signing.js';

let esign: EsignServer;
let desk: SigningDesk;
beforeAll(async () => {
  esign = await EsignServer.start();
  desk = await SigningDesk.open(esign);
});
afterAll(async () => {
  await desk.close();
  await esign.stop();
});

const call = (callback: SignedCall, query?: string) => desk.call(callback, query);
const waiting = () => desk.waiting();

describe('what e签宝 calls is believed only when it is e签宝’s', () => {
  it.each([
    ['a forged signature', { secret: 'another' }, 401],
    ['a stale timestamp', { at: Date.now() - 16 * 60_000 }, 401],
    ['a timestamp to come', { at: Date.now() + 16 * 60_000 }, 401],
  ])('%s: 401, nothing is heard', async (_, over, status) => {
    const { flow, providerFlowId } = await waiting();
    esign.sign(providerFlowId);
    expect(await call(esign.callback(providerFlowId, over))).toBe(status);
    expect(await desk.process(flow.id)).toEqual([]);
  });

  it('one byte changed, another application, no signature, a body that is none: refused alike', async () => {
    const { providerFlowId } = await waiting();
    const { headers, body } = esign.callback(providerFlowId);
    const { 'X-Tsign-Open-SIGNATURE': _none, ...unsigned } = headers;
    expect([
      await call({ headers, body: body.replace('完成', '完結') }),
      await call({ headers: { ...headers, 'X-Tsign-Open-App-Id': '1' }, body }),
      await call({ headers: unsigned, body }),
      await call({ headers, body: '' }),
      await call({ headers, body }, '?belong=us'),
    ]).toEqual([401, 401, 401, 401, 401]);
    const query = 'orderNo=001&belong=us';
    expect(await call(esign.callback(providerFlowId, { query }), `?${query}`)).toBe(200);
  });

  it('a flow that is not ours is 404, and says no more than that', async () => {
    const { providerFlowId } = await waiting();
    const other = { ...esign.flows.get(providerFlowId)!, id: 'not-ours' };
    esign.flows.set('not-ours', other);
    const { headers, body } = esign.callback('not-ours');
    const answer = await fetch(`${desk.api.url}${CALLBACKS}`, { method: 'POST', headers, body });
    expect([answer.status, await answer.text()]).toEqual([404, expect.not.stringContaining('not-ours')]);
  });

  it('repeated, and asked for at the same time by three: one signature, one event', async () => {
    const { contractId, flow, providerFlowId } = await waiting();
    esign.sign(providerFlowId);
    const callback = esign.callback(providerFlowId);
    expect(await Promise.all([call(callback), call(callback), call(callback)])).toEqual([200, 200, 200]);
    await Promise.all([desk.check(flow.id, 'a'), desk.check(flow.id, 'b'), desk.process(flow.id)]);
    expect(await call(callback)).toBe(200);
    expect(await desk.process(flow.id)).toEqual([]);
    expect(await desk.told(contractId)).toEqual([
      'contract.signing-started',
      'contract.signed',
      'contract.effective',
    ]);
    expect(await desk.notices(contractId)).toEqual(['SIGNED']);
  });

  it('no callback at all: it is asked, later each time, and ends by its own clock', async () => {
    const { contractId, flow, providerFlowId } = await waiting();
    const askAt = async () =>
      desk.api.dataSource
        .query<{ s: number; asked: number }[]>(
          `SELECT round(extract(epoch FROM ask_at - now()) / 60)::int AS s, asked FROM signing_flow WHERE id = $1`,
          [flow.id],
        )
        .then(([row]) => [row!.asked, row!.s]);
    const now = () =>
      desk.api.dataSource.query(`UPDATE signing_flow SET ask_at = now() WHERE id = $1`, [flow.id]);
    const waits = [await askAt()];
    for (let time = 0; time < 3; time += 1) {
      await now();
      await desk.process(flow.id);
      waits.push(await askAt());
    }
    esign.outages.push({ status: 502, body: {} });
    await now();
    await desk.process(flow.id);
    expect([waits, (await desk.flow(contractId)).trouble]).toEqual([
      [
        [0, 1],
        [1, 1],
        [2, 2],
        [3, 4],
      ],
      'e签宝 answered 502',
    ]);
    await desk.api.dataSource.query(
      `UPDATE signing_flow SET ask_at = now(), expires_at = now() - interval '1 second' WHERE id = $1`,
      [flow.id],
    );
    expect(await desk.process(flow.id)).toEqual(['CHECK_SIGNING', 'WITHDRAW_SIGNING']);
    expect([(await desk.flow(contractId)).state, esign.flows.get(providerFlowId)!.status]).toEqual([
      'EXPIRED',
      3,
    ]);
  });
});
