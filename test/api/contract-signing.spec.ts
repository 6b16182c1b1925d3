import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compactVerify, importJWK, type JWK } from 'jose';
import { expireContract } from '../../src/commands/contract/life.js';
import { recordOpened } from '../../src/commands/contract/signing-provider.js';
import { everybodyApproves, readContract, signedCopy, write } from '../builders/contract.js';
import { asked, versions } from '../builders/contract-change.js';
import { EsignServer } from '../builders/esign-server.js';
import { refusal } from '../builders/quotation.js';
import { LIN, SigningDesk, ZHAO, type SignedCall } from '../builders/signing.js';

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

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const call = (callback: SignedCall) => desk.call(callback);
const waiting = () => desk.waiting();

describe('a sealed contract goes to its signers', () => {
  it('as the PDF of the sealed text, once it is approved and sealed; then they sign and it takes effect', async () => {
    const { id, textHash } = await desk.sealed();
    expect(await desk.signing(id)).toEqual({ provider: 'ESIGN', mayStart: true, flows: [] });
    const { state, ...flow } = await desk.pending(id, [LIN, ZHAO]);
    expect([state, flow.textHash, flow.actions]).toEqual(['PENDING', textHash, ['LINK', 'CANCEL']]);
    const providerFlowId = await desk.providerFlowId(flow.id);
    expect(await desk.link(id, flow.id, 2)).toBe(`https://h5.esign.cn/sign/${providerFlowId}/1`);

    esign.sign(providerFlowId);
    expect(await call(esign.callback(providerFlowId))).toBe(200);
    expect(await desk.process(flow.id)).toEqual(['CHECK_SIGNING']);
    expect(await readContract(desk.rep, id)).toMatchObject({
      state: 'EFFECTIVE',
      signedHash: textHash,
      hashMatches: true,
    });
    const after = await desk.flow(id);
    expect(after).toMatchObject({ state: 'SIGNED', cause: null, actions: [] });
    expect(after.signers.map((one) => one.state)).toEqual(['SIGNED', 'SIGNED']);
    expect(await desk.told(id)).toEqual([
      'contract.signing-started',
      'contract.signing-link-taken',
      'contract.signed',
      'contract.effective',
    ]);
    expect(await desk.notices(id)).toEqual(['SIGNED']);

    const base = `/api/v1/contracts/${id}/signing-flows/${flow.id}`;
    const get = async (path: string) =>
      Buffer.from(
        await (
          await fetch(`${desk.api.url}${base}/${path}`, {
            headers: { Authorization: `Bearer ${desk.rep.token!}` },
          })
        ).arrayBuffer(),
      );
    const [given, signed] = [await get('files/document'), await get('files/signed')];
    expect([sha256(given), sha256(signed)]).toEqual([flow.documentHash, after.signedHash]);
    expect(signed.subarray(0, given.length)).toEqual(given);
    const { body: evidence } = await desk.rep.get<{ certificate: string; keys: JWK[]; isValid: boolean }>(
      `${base}/evidence`,
    );
    expect(evidence.isValid).toBe(true);
    const { payload, protectedHeader } = await compactVerify(
      evidence.certificate,
      await importJWK(evidence.keys[0]!, 'EdDSA'),
    );
    expect(protectedHeader.typ).toBe('sealflow-signing');
    expect(JSON.parse(Buffer.from(payload).toString('utf8'))).toMatchObject({
      contractId: id,
      version: 1,
      sha256: textHash,
      documentSha256: flow.documentHash,
      signedSha256: after.signedHash,
      provider: 'ESIGN',
      signers: [{ name: 'Lin Wei', organisation: 'Cheers Trading' }, { name: '赵敏' }],
    });
  });

  it('not before its seal, not twice at once, not by whoever may not, not without an account', async () => {
    const { id } = await desk.sealed();
    const path = `/contracts/${id}/signing-flows`;
    const body = { signers: [LIN], language: 'en' };
    expect((await (await desk.api.as('auditor')).post(path, body)).status).toBe(403);
    expect((await (await desk.api.as('zane.levy')).post(path, body)).status).toBe(404);
    expect(refusal(await desk.backOffice.post(path, { ...body, signers: [{ name: 'Lin Wei' }] }))).toEqual([
      400,
      'VALIDATION',
      '/signers/0/account',
    ]);
    const flow = await desk.start(id);
    expect(refusal(await desk.backOffice.post(path, body))).toEqual([409, 'SIGNING_OPEN']);
    expect(refusal(await desk.backOffice.post(`${path}/${flow.id}/signers/1/links`))).toEqual([
      409,
      'STATE_CONFLICT',
    ]);
    await desk.process(flow.id);
    esign.sign(await desk.providerFlowId(flow.id));
    await desk.check(flow.id, 'now');
    expect(refusal(await desk.backOffice.post(path, body))).toEqual([409, 'CONTRACT_STATE']);
    expect(refusal(await desk.backOffice.post(`${path}/${flow.id}/cancel`, { reason: 'too late' }))).toEqual([
      409,
      'SIGNING_CLOSED',
    ]);
    expect(refusal(await desk.backOffice.get(`${path}/${flow.id}/files/other`))).toEqual([404, 'NOT_FOUND']);
  });

  it('a sealed change comes into force by its signature; the version before it is kept', async () => {
    const { id } = await desk.sealed();
    const first = await desk.pending(id);
    esign.sign(await desk.providerFlowId(first.id));
    await desk.check(first.id, 'now');
    const changed = await asked(desk.rep, await readContract(desk.rep, id), { deliveryDays: 90 });
    expect((await desk.signing(id)).mayStart).toBe(false);
    await everybodyApproves(desk.api, changed.requestId!);
    await write(await desk.api.as('seal'), `/contracts/${id}/seal`);
    const second = await desk.pending(id);
    expect([second.version, second.textHash === first.textHash]).toEqual([2, false]);
    esign.sign(await desk.providerFlowId(second.id));
    await desk.check(second.id, 'now');
    expect((await versions(desk.rep, id)).map(({ version, state }) => [version, state])).toEqual([
      [2, 'IN_FORCE'],
      [1, 'SUPERSEDED'],
    ]);
    expect(await readContract(desk.rep, id)).toMatchObject({ version: 2, hashMatches: true });
  });
});

describe('without a signature the contract stays sealed, and its owner hears of it', () => {
  it.each([
    ['DECLINED', (id: string) => esign.decline(id, '付款条件不同意'), '付款条件不同意'],
    ['EXPIRED', (id: string) => esign.expire(id), null],
  ])('%s', async (state, happens, said) => {
    const { contractId, flow, providerFlowId } = await waiting();
    happens(providerFlowId);
    expect(await call(esign.callback(providerFlowId))).toBe(200);
    await desk.process(flow.id);
    expect(await desk.flow(contractId)).toMatchObject({ state, said });
    expect(await readContract(desk.rep, contractId)).toMatchObject({ state: 'SEALED', signedHash: null });
    expect([await desk.notices(contractId), (await desk.signing(contractId)).mayStart]).toEqual([
      [state],
      true,
    ]);
  });

  it('another document: refused with its code, noted, kept as evidence; a new try is possible', async () => {
    const { contractId, flow, providerFlowId } = await waiting();
    esign.sign(providerFlowId, Buffer.from('%PDF-1.7 a price of one yuan'));
    await call(esign.callback(providerFlowId));
    await desk.process(flow.id);
    const after = await desk.flow(contractId);
    expect(after).toMatchObject({ state: 'DIFFERS', cause: 'SIGNED_DIFFERENTLY' });
    expect(await readContract(desk.rep, contractId)).toMatchObject({ state: 'SEALED', signedHash: null });
    const [kept] = await desk.api.dataSource.query<{ signed: Buffer; payload: Record<string, string> }[]>(
      `SELECT f.signed, e.payload FROM signing_flow f JOIN event e ON e.aggregate_id = f.contract_id AND e.type = 'contract.signing-differs'
       WHERE f.id = $1`,
      [flow.id],
    );
    expect(kept!.signed.toString()).toContain('one yuan');
    expect(kept!.payload).toMatchObject({
      cause: 'SIGNED_DIFFERENTLY',
      documentHash: flow.documentHash,
      signedHash: sha256(kept!.signed),
    });
    expect(
      (await desk.backOffice.get(`/contracts/${contractId}/signing-flows/${flow.id}/evidence`)).status,
    ).toBe(404);
    expect([await desk.notices(contractId), (await desk.signing(contractId)).mayStart]).toEqual([
      ['DIFFERS'],
      true,
    ]);
  });

  it('what the provider will never take is FAILED with its words; what may pass is tried again', async () => {
    const { id } = await desk.sealed();
    const { id: flowId } = await desk.start(id);
    esign.outages.push({ status: 503, body: {} });
    expect(await desk.process(flowId)).toEqual(['OPEN_SIGNING']);
    expect(await desk.flow(id)).toMatchObject({ state: 'OPENING', trouble: 'e签宝 answered 503' });
    await desk.api.dataSource.query(`UPDATE signing_flow SET ask_at = now() WHERE id = $1`, [flowId]);
    esign.outages.push({
      status: 200,
      body: { code: 1435404, message: '企业账户中电子合同份数不足', data: null },
    });
    await desk.process(flowId);
    const failed = await desk.flow(id);
    expect([failed.state, failed.said]).toEqual(['FAILED', expect.stringContaining('份数不足')]);
    expect((await readContract(desk.rep, id)).state).toBe('SEALED');
  });
});

describe('what no longer waits for a signature is taken back at the provider', () => {
  it.each<[string, (id: string) => Promise<unknown>, string]>([
    [
      'signed on paper meanwhile',
      async (id) =>
        write(
          desk.backOffice,
          `/contracts/${id}/counter-signed`,
          signedCopy((await readContract(desk.rep, id)).text),
        ),
      'EFFECTIVE',
    ],
    [
      'given up',
      (id) => write(desk.rep, `/contracts/${id}/cancel`, { reason: 'they bought elsewhere' }),
      'CANCELLED',
    ],
  ])('%s', async (_, happens, state) => {
    const { contractId, flow, providerFlowId } = await waiting();
    await happens(contractId);
    expect(await desk.flow(contractId)).toMatchObject({ state: 'CANCELLED', cause: 'CONTRACT_MOVED_ON' });
    esign.sign(providerFlowId); // at the very last moment
    expect(await call(esign.callback(providerFlowId))).toBe(200);
    await desk.check(flow.id, 'late');
    expect(await desk.process(flow.id)).toEqual(['WITHDRAW_SIGNING']);
    expect((await readContract(desk.rep, contractId)).state).toBe(state);
    expect((await desk.told(contractId)).filter((type) => type === 'contract.signed')).toEqual([]);
  });

  it('a customer that is blocked signs nothing any more', async () => {
    const { contractId, flow, providerFlowId } = await waiting();
    const [{ id: customerId }] = (await desk.api.dataSource.query<{ id: string }[]>(
      `SELECT customer_id AS id FROM contract WHERE id = $1`,
      [contractId],
    )) as [{ id: string }];
    const risk = await desk.api.as('credit');
    const blocked = await risk.post(`/customers/${customerId}/block`, { cause: 'BLACKLIST', note: 'fraud' });
    expect(blocked.status).toBeLessThan(300);
    const [told] = await desk.api.dataSource.query<{ n: string }[]>(
      `SELECT count(*) AS n FROM outbox WHERE workflow_id = $1`,
      [`signing/${flow.id}`],
    );
    expect(Number(told!.n)).toBeGreaterThan(1);
    expect((await desk.signing(contractId)).mayStart).toBe(false);
    expect(await desk.process(flow.id)).toEqual(['END_SIGNING', 'WITHDRAW_SIGNING']);
    expect([esign.flows.get(providerFlowId)!.status, await desk.flow(contractId)]).toEqual([
      3,
      expect.objectContaining({ state: 'CANCELLED', cause: 'CUSTOMER_BLOCKED' }),
    ]);
    expect((await readContract(desk.rep, contractId)).state).toBe('SEALED');
    await desk.api.dataSource.query(`DELETE FROM customer_block WHERE customer_id = $1`, [customerId]);
  });

  it('a contract that ends with a sealed change at its signers changes nothing any more', async () => {
    const { contractId, flow, providerFlowId } = await waiting();
    esign.sign(providerFlowId);
    await desk.check(flow.id, 'now');
    const changed = await asked(desk.rep, await readContract(desk.rep, contractId), { deliveryDays: 90 });
    await everybodyApproves(desk.api, changed.requestId!);
    await write(await desk.api.as('seal'), `/contracts/${contractId}/seal`);
    const second = await desk.pending(contractId);
    await desk.api.dataSource.query(`UPDATE contract SET ends_on = current_date - 3 WHERE id = $1`, [
      contractId,
    ]);
    await expireContract(desk.api.dataSource, { key: 'end', correlationId: null }, contractId);
    const after = await desk.flow(contractId);
    expect([after.state, after.cause]).toEqual(['CANCELLED', 'CONTRACT_MOVED_ON']);
    const there = await desk.providerFlowId(second.id);
    esign.sign(there);
    await desk.check(second.id, 'late');
    expect(await readContract(desk.rep, contractId)).toMatchObject({ state: 'EXPIRED', version: 1 });
  });

  it('taken back by hand while the provider is opening it: the provider hears of it next', async () => {
    const { id } = await desk.sealed();
    const { id: flowId } = await desk.start(id);
    const path = `/contracts/${id}/signing-flows/${flowId}/cancel`;
    expect((await desk.backOffice.post(path, { reason: 'wrong person' })).status).toBe(200);
    expect(await desk.flow(id)).toMatchObject({ state: 'CANCELLED', cause: 'BY_HAND' });
    expect(await desk.process(flowId)).toEqual([]);
    const there = (await waiting()).providerFlowId;
    await desk.api.dataSource.query(
      `UPDATE signing_flow SET provider_flow_id = NULL WHERE provider_flow_id = $1`,
      [there],
    );
    const opened = { flowId, providerFlowId: there, signers: [] };
    await recordOpened(desk.api.dataSource, { key: 'open', correlationId: null }, opened);
    expect(await desk.process(flowId)).toEqual(['WITHDRAW_SIGNING']);
    expect([esign.flows.get(there)!.status, (await desk.signing(id)).mayStart]).toEqual([3, true]);
  });
});
