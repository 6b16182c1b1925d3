import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { draftFromQuote } from '../../src/commands/contract/draft.js';
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
import { asked, askedStages, intoForce, propose, versions } from '../builders/contract-change.js';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let keeper: ApiClient;
let office: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, keeper, office] = [await api.as('moses.frase'), await api.as('seal'), await api.as('backoffice')];
});
afterAll(() => api.close());

const wordsOf = ({ clauses }: Contract) => clauses.map(({ key, title, text }) => ({ key, title, text }));
const edit = ({ id, rowVersion }: Contract, clauses: readonly object[]) =>
  rep.put<Contract>(`/contracts/${id}/text`, { clauses }, { headers: { 'If-Match': `"${rowVersion}"` } });

async function approved(): Promise<Contract> {
  const { id } = await draftedContract(api, rep);
  const { requestId } = await write(rep, `/contracts/${id}/submit`);
  await everybodyApproves(api, requestId!);
  return readContract(rep, id);
}

/** Ways round an approval that other systems left open (prior art, approvals §2.6, sales §6). */
describe('bypass', () => {
  it('editing after approval: the text is closed, and words changed behind it are not sealed', async () => {
    const contract = await approved();
    expect(refusal(await edit(contract, wordsOf(contract).slice(1)))).toEqual([409, 'CONTRACT_STATE']);
    await api.dataSource.query(`UPDATE contract SET clauses = clauses - 0 WHERE id = $1`, [contract.id]);
    expect(refusal(await keeper.post(`/contracts/${contract.id}/seal`, {}))).toEqual([412, 'NOT_COVERED']);
  });

  it('editing an approved amendment: closed through the API, and refused by the table itself', async () => {
    const contract = await effectiveContract(api, rep);
    const { requestId } = await asked(rep, contract, { termDays: 88 });
    await everybodyApproves(api, requestId!);
    expect(
      refusal(
        await rep.put(`/contracts/${contract.id}/changes/2`, {
          reason: 'quietly',
          termDays: 300,
          basedOn: contract.textHash,
        }),
      ),
    ).toEqual([409, 'CHANGE_STATE']);
    await expect(
      api.dataSource.query(
        `UPDATE contract_version SET text = text || '!' WHERE contract_id = $1 AND version = 2`,
        [contract.id],
      ),
    ).rejects.toThrow('decided on');
  });

  it('copying an approved one: the copy has no approval, and is not sealed', async () => {
    const [original, copy] = [await approved(), await draftedContract(api, rep)];
    expect(original.clauses).toEqual(copy.clauses);
    expect(copy.requestId).toBeNull();
    expect(refusal(await keeper.post(`/contracts/${copy.id}/seal`, {}))).toEqual([409, 'CONTRACT_STATE']);
  });

  it('pointing a copy at the other one’s approval: it does not cover it', async () => {
    const [original, copy] = [await approved(), await draftedContract(api, rep)];
    await api.dataSource.query(
      `UPDATE contract SET state = 'APPROVED', request_id = $2, approved_at = now() WHERE id = $1`,
      [copy.id, original.requestId],
    );
    expect(refusal(await keeper.post(`/contracts/${copy.id}/seal`, {}))).toEqual([412, 'NOT_COVERED']);
  });

  it('deleting a clause and adding it again with other words: it is not standard, under its own name or another', async () => {
    let contract = await draftedContract(api, rep);
    const [first, ...rest] = wordsOf(contract);
    contract = (await edit(contract, rest)).body;
    contract = (await edit(contract, [...rest, { ...first!, text: '另行约定。' }])).body;
    expect(contract.clauses.find(({ key }) => key === first!.key)!.standard).toBe(false);
    contract = (await edit(contract, [...rest, { ...first!, key: 'quality-2' }])).body;
    expect(contract.clauses.at(-1)!.standard).toBe(false);
  });

  it('deleting a line and adding it again at another price: prices are asked for again (erpnext#52102)', async () => {
    const contract = await effectiveContract(api, rep);
    const [now] = await versions(rep, contract.id);
    const [line] = now!.lines;
    const extra = { name: 'Consulting', qty: '1', unitNet: '1.00' };
    await propose(rep, contract, { lines: [extra] });
    const basedOn = (await versions(rep, contract.id)).find(({ version }) => version === 2)!.textHash;
    const cheaper = [{ name: line!.name, qty: line!.qty, unitNet: '1.00' }];
    await rep.put(`/contracts/${contract.id}/changes/2`, {
      reason: 'the line again',
      lines: cheaper,
      basedOn,
    });
    const proposed = await write(rep, `/contracts/${contract.id}/changes/2/submit`);
    expect(await askedStages(api, proposed.requestId!)).toContain('FINANCE');
    expect(proposed.change!.state).toBe('IN_REVIEW');
  });

  it('closing and reopening: what follows a cancelled one is a new draft that nobody approved (erpnext#33967)', async () => {
    const contract = await approved();
    await write(rep, `/contracts/${contract.id}/cancel`, { reason: 'to begin again' });
    const [row] = await api.dataSource.query<{ quote_id: string }[]>(
      `SELECT quote_id FROM contract WHERE id = $1`,
      [contract.id],
    );
    const { value } = await draftFromQuote(
      api.dataSource,
      { key: `again-${randomUUID()}`, correlationId: null },
      row!.quote_id,
    );
    expect(value.contractId).not.toBe(contract.id);
    expect(await readContract(rep, value.contractId)).toMatchObject({ state: 'DRAFT', requestId: null });
    expect(refusal(await keeper.post(`/contracts/${value.contractId}/seal`, {}))).toEqual([
      409,
      'CONTRACT_STATE',
    ]);
    expect(refusal(await keeper.post(`/contracts/${contract.id}/seal`, {}))).toEqual([409, 'CONTRACT_STATE']);
  });

  it('dropping an approved amendment and proposing another: the approval of the first does not cover the second', async () => {
    const contract = await effectiveContract(api, rep);
    const { requestId } = await asked(rep, contract, { termDays: 88 });
    await everybodyApproves(api, requestId!);
    await write(rep, `/contracts/${contract.id}/changes/2/drop`, { reason: 'another one' });
    const again = await asked(rep, await readContract(rep, contract.id), { termDays: 180 });
    expect(again.change).toMatchObject({ version: 3, state: 'IN_REVIEW' });
    expect(refusal(await keeper.post(`/contracts/${contract.id}/seal`, {}))).toEqual([409, 'CHANGE_STATE']);
  });

  it('splitting under the threshold: two amendments are judged on the whole they make', async () => {
    await longAgo(api);
    const contract = await effectiveContract(api, rep);
    const [now] = await versions(rep, contract.id);
    const unit = (amount: string) => [{ name: now!.lines[0]!.name, qty: '1', unitNet: amount }];
    const half = await intoForce(api, rep, await asked(rep, contract, { lines: unit('600000') }));
    const whole = await asked(rep, half, { lines: [...unit('600000'), ...unit('600000')] });
    expect(await askedStages(api, whole.requestId!)).toContain('SALES_MANAGER');
  });

  it('splitting into contracts: those of a customer within 30 days are one contract for thresholds', async () => {
    await longAgo(api);
    const half = { lines: [{ name: 'Pump', qty: '1', unitNet: '600000' }] };
    const first = await asked(rep, await effectiveContract(api, rep), half);
    expect(await askedStages(api, first.requestId!)).not.toContain('SALES_MANAGER');
    await intoForce(api, rep, first);
    const second = await asked(rep, await effectiveContract(api, rep), half);
    expect(await askedStages(api, second.requestId!)).toContain('SALES_MANAGER');
    const [round] = await api.dataSource.query<{ matched: { text: string }[] }[]>(
      `SELECT matched FROM approval_round WHERE request_id = $1 ORDER BY round DESC LIMIT 1`,
      [second.requestId],
    );
    expect(round!.matched.map(({ text }) => text).join('; ')).toContain(first.number);
  });

  it('signing another file: neither a contract nor an amendment comes into force with it', async () => {
    const first = await approved();
    await write(keeper, `/contracts/${first.id}/seal`);
    const differs = await write(
      office,
      `/contracts/${first.id}/counter-signed`,
      signedCopy(first.text.replace('买方', '卖方')),
    );
    expect(differs.state).toBe('IN_REVIEW');

    const contract = await effectiveContract(api, rep);
    const { requestId } = await asked(rep, contract, { termDays: 88 });
    await everybodyApproves(api, requestId!);
    await write(keeper, `/contracts/${contract.id}/seal`);
    const after = await write(office, `/contracts/${contract.id}/counter-signed`, signedCopy('another text'));
    expect(after).toMatchObject({ version: 1, textHash: contract.textHash, change: { state: 'IN_REVIEW' } });
  });

  it('signing before approval: refused for a contract and for an amendment, at every step (OCA sale-workflow#2080)', async () => {
    const draft = await draftedContract(api, rep);
    const sign = (id: string, text: string) =>
      office.post(`/contracts/${id}/counter-signed`, signedCopy(text));
    expect(refusal(await sign(draft.id, draft.text))).toEqual([409, 'CONTRACT_STATE']);
    await write(rep, `/contracts/${draft.id}/submit`);
    expect(refusal(await sign(draft.id, draft.text))).toEqual([409, 'CONTRACT_STATE']);

    const contract = await effectiveContract(api, rep);
    await asked(rep, contract, { termDays: 88 });
    expect(refusal(await keeper.post(`/contracts/${contract.id}/seal`, {}))).toEqual([409, 'CHANGE_STATE']);
    expect(refusal(await sign(contract.id, contract.text))).toEqual([409, 'CONTRACT_STATE']);
    expect((await readContract(rep, contract.id)).version).toBe(1);
  });
});
