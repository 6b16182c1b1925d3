import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decide, type View } from '../builders/approval-client.js';
import { propose, submitChange } from '../builders/contract-change.js';
import {
  draftedContract,
  effectiveContract,
  everybodyApproves,
  longAgo,
  readContract,
  signedCopy,
  write,
  type Contract,
} from '../builders/contract.js';
import { catalogue, draft, read, refusal, submit, type Catalogue } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let legal: ApiClient;
let goods: Catalogue;
beforeAll(async () => {
  api = await startApi();
  [rep, legal] = [await api.as('moses.frase'), await api.as('legal')];
  goods = await catalogue(rep);
});
afterAll(() => api.close());
beforeEach(async () => {
  await longAgo(api);
  await legal.post(`/customers/${goods.customer('Cheers')}/unblock`, { note: 'for the next one' });
});

const BLOCKED = [409, 'CUSTOMER_BLOCKED'];
async function block(): Promise<void> {
  const body = { cause: 'LEGAL', note: 'court order 7' };
  const { status } = await legal.post(`/customers/${goods.customer('Cheers')}/block`, body);
  expect(status).toBe(200);
}
async function returned(requestId: string): Promise<void> {
  const [seat] = await api.dataSource.query<{ username: string }[]>(
    `SELECT e.username FROM approval_seat s JOIN employee e ON e.id = s.holder_id
     WHERE s.request_id = $1 AND s.state = 'OPEN' LIMIT 1`,
    [requestId],
  );
  const answer = await decide(await api.as(seat!.username), requestId, 'RETURN');
  expect(answer.status).toBeLessThan(300);
}
async function resubmit(requestId: string): Promise<unknown[]> {
  const { version } = (await rep.get<View>(`/requests/${requestId}`)).body;
  return refusal(await rep.post(`/requests/${requestId}/resubmit`, { expectedVersion: version }));
}
const inForce = (): Promise<Contract> => effectiveContract(api, rep);

describe('ADR 0361 nothing of a blocked customer goes into a round', () => {
  it('a returned quotation, by its own route and by that of its request', async () => {
    const quote = await submit(rep, (await draft(rep, goods.body({ discountPct: '8' }))).id);
    await returned(quote.requestId!);
    await block();
    expect(refusal(await rep.post(`/quotes/${quote.id}/submit`, {}))).toEqual(BLOCKED);
    expect(await resubmit(quote.requestId!)).toEqual(BLOCKED);
    expect((await read(rep, quote.id)).state).toBe('RETURNED');
  });

  it('a returned contract, by its own route and by that of its request', async () => {
    const { id } = await draftedContract(api, rep);
    const { requestId } = await write(rep, `/contracts/${id}/submit`);
    await returned(requestId!);
    await block();
    expect(refusal(await rep.post(`/contracts/${id}/submit`, {}))).toEqual(BLOCKED);
    expect(await resubmit(requestId!)).toEqual(BLOCKED);
    expect((await readContract(rep, id)).state).toBe('RETURNED');
  });

  it('a change of a contract in force, proposed or returned, and one that nobody has to be asked about', async () => {
    const asking = await propose(rep, await inForce(), { termDays: 90 });
    const back = await submitChange(rep, await propose(rep, await inForce(), { termDays: 90 }));
    await returned(back.requestId!);
    const within = await propose(rep, await inForce(), {});
    await block();
    for (const { id, change } of [asking, back, within])
      expect(refusal(await rep.post(`/contracts/${id}/changes/${change!.version}/submit`, {}))).toEqual(
        BLOCKED,
      );
    expect(await resubmit(back.requestId!)).toEqual(BLOCKED);
    expect((await readContract(rep, asking.id)).change).toMatchObject({ state: 'DRAFT' });
  });

  it('another text than was sealed, of a contract and of a change', async () => {
    const { id } = await draftedContract(api, rep);
    const { requestId } = await write(rep, `/contracts/${id}/submit`);
    await everybodyApproves(api, requestId!);
    const keeper = await api.as('seal');
    await write(keeper, `/contracts/${id}/seal`);
    const changed = await submitChange(rep, await propose(rep, await inForce(), { deliveryDays: 77 }));
    await everybodyApproves(api, changed.requestId!);
    await write(keeper, `/contracts/${changed.id}/seal`);
    await block();
    const office = await api.as('backoffice');
    for (const sealed of [id, changed.id])
      expect(
        refusal(await office.post(`/contracts/${sealed}/counter-signed`, signedCopy('another text'))),
      ).toEqual(BLOCKED);
    expect((await readContract(rep, id)).state).toBe('SEALED');
    expect((await readContract(rep, changed.id)).change).toMatchObject({ state: 'SEALED' });
  });
});
