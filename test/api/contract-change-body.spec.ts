import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { effectiveContract, longAgo, type Contract } from '../builders/contract.js';
import { propose, versions } from '../builders/contract-change.js';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let contract: Contract;
beforeAll(async () => {
  api = await startApi();
  rep = await api.as('moses.frase');
  await longAgo(api);
  contract = await effectiveContract(api, rep);
});
afterAll(() => api.close());

describe('what a change of a contract in force says', () => {
  it('is of the field it is said for', async () => {
    const body = { kind: 'AMENDMENT', reason: 'as soon as it can', deliveryDays: 'soon' };
    expect(refusal(await rep.post(`/contracts/${contract.id}/changes`, body))).toEqual([
      400,
      'VALIDATION',
      '/deliveryDays',
    ]);
  });

  it('is not written over words its writer has not seen', async () => {
    const other = { kind: 'AMENDMENT', reason: 'longer', termDays: 60, basedOn: '0'.repeat(64) };
    const path = `/contracts/${contract.id}/changes`;
    expect(refusal(await rep.post(path, other))).toEqual([409, 'STALE_VERSION']);
    await propose(rep, contract, { termDays: 60, basedOn: contract.textHash });
    const draft = (await versions(rep, contract.id)).find(({ version }) => version === 2);
    const again = { reason: 'longer still', termDays: 61 };
    expect(refusal(await rep.put(`${path}/2`, again))).toEqual([400, 'VALIDATION', '/basedOn']);
    expect(refusal(await rep.put(`${path}/2`, { ...again, basedOn: contract.textHash }))).toEqual([
      409,
      'STALE_VERSION',
    ]);
    expect((await rep.put(`${path}/2`, { ...again, basedOn: draft!.textHash })).status).toBe(200);
  });
});
