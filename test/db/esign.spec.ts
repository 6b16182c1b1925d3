import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChannelRefusal } from '../../src/integrations/channel-refusal.js';
import { contentMd5, esignService, esignSignature } from '../../src/integrations/esign.client.js';
import { outsideCaller } from '../../src/integrations/outbound-http.js';
import { SigningRefusal, type SigningRequest, type SigningService } from '../../src/integrations/signing.js';
import { EsignServer } from '../builders/esign-server.js';

let server: EsignServer;
let service: SigningService;
beforeAll(async () => {
  server = await EsignServer.start();
  service = esignService(server.settings, {
    call: outsideCaller({ allowedHosts: [server.host] }),
    fileReadyMs: 1,
  });
});
afterAll(() => server.stop());

const DOCUMENT = Buffer.from('%PDF-1.7\n合同\n%%EOF\n');
const LIN = { no: 1, name: '林薇', organisation: '欢呼贸易有限公司', account: 'lin@cheers.example' };
const ZHAO = { no: 2, name: '赵敏', organisation: null, account: '13800138000' };

function request(over: Partial<SigningRequest> = {}): SigningRequest {
  return {
    flowId: randomUUID(),
    title: '合同 C-2026-000045 v1',
    fileName: 'C-2026-000045-v1.pdf',
    document: DOCUMENT,
    documentHash: createHash('sha256').update(DOCUMENT).digest('hex'),
    signers: [LIN, ZHAO],
    expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
    ...over,
  };
}

describe('what is sent is what e签宝 computes again', () => {
  it('Content-MD5 and signature of the documentation’s own text', () => {
    expect(contentMd5(Buffer.from('{}'))).toBe('mZFLkyvTelC5g8XnyQrpOw==');
    const of = { method: 'POST', md5: 'uxydqKBMBy6x1siClKEQ6Q==', path: '/v3/sign-flow/create-by-file' };
    expect(esignSignature('dummysecret', of)).toBe('6dYuzEqXUobDAEL97Ja5pvH3QWHpn4R5iJSWEvIsCo8=');
    const get = { method: 'GET', md5: '', path: '/v3/sign-flow/abc123/detail' };
    expect(esignSignature('dummysecret', get)).toBe('xG4jw3vs+xusJ0x3XkIJBwxpTHHzEHqdMGOJ45Ry8Fk=');
  });

  it('the file is uploaded, looked at until it is ready, and a flow made of it with a page for each signer', async () => {
    server.asked.length = 0;
    const { providerFlowId, signers } = await service.createFlow(request());
    expect(signers.map(({ no, url }) => [no, url])).toEqual([
      [1, `https://h5.esign.cn/sign/${providerFlowId}/0`],
      [2, `https://h5.esign.cn/sign/${providerFlowId}/1`],
    ]);
    expect(server.asked.map((line) => line.replace(/[0-9a-f]{32}.*?(?=\/|$)/, 'ID'))).toEqual([
      'POST /v3/files/file-upload-url',
      'PUT /oss/ID',
      'GET /v3/files/ID',
      'GET /v3/files/ID',
      'POST /v3/sign-flow/create-by-file',
      'POST /v3/sign-flow/ID/sign-url',
      'POST /v3/sign-flow/ID/sign-url',
    ]);
    expect(server.flows.get(providerFlowId)!.notifyUrl).toBe(server.settings.notifyUrl);
  });

  it.each([
    ['another secret', { appSecret: 'another' }, {}, 'INVALID_SIGNATURE'],
    ['another application', { appId: '1' }, {}, '无效的应用'],
    ['a clock that is off', {}, { now: () => Date.now() - 16 * 60_000 }, 'INVALID_TIMESTAMP'],
  ])('%s: nothing is taken, and it is worth another try once that is mended', async (_, over, deps, said) => {
    const other = esignService(
      { ...server.settings, ...over },
      { call: outsideCaller({ allowedHosts: [server.host] }), ...deps },
    );
    const failed = await other.state('x').catch((error: unknown) => error);
    expect(failed).not.toBeInstanceOf(SigningRefusal);
    expect(String(failed)).toContain(said);
  });
});

describe('a flow', () => {
  const opened = async (over: Partial<SigningRequest> = {}) =>
    (await service.createFlow(request(over))).providerFlowId;

  it('signed: who, and the file with what was uploaded at its beginning', async () => {
    const id = await opened();
    expect(await service.state(id)).toEqual({
      state: 'PENDING',
      signers: [
        { no: 1, state: 'PENDING' },
        { no: 2, state: 'PENDING' },
      ],
      reason: null,
    });
    await expect(service.signedFile(id)).rejects.toThrow('1437518');
    server.sign(id);
    expect(await service.state(id)).toMatchObject({ state: 'SIGNED', signers: [{ state: 'SIGNED' }, {}] });
    const signed = await service.signedFile(id);
    expect(signed.subarray(0, DOCUMENT.length)).toEqual(DOCUMENT);
    expect(signed.length).toBeGreaterThan(DOCUMENT.length);
  });

  it('declined, expired, taken back', async () => {
    const [declined, expired, revoked] = [await opened(), await opened(), await opened()] as const;
    server.decline(declined, '付款条件不同意');
    server.expire(expired);
    await service.cancel(revoked, 'x'.repeat(80));
    await service.cancel(revoked, 'again');
    await service.cancel(expired, 'too late');
    expect([
      await service.state(declined),
      await service.state(expired),
      await service.state(revoked),
    ]).toEqual([
      expect.objectContaining({ state: 'DECLINED', reason: '付款条件不同意' }),
      expect.objectContaining({ state: 'EXPIRED' }),
      expect.objectContaining({ state: 'REVOKED', reason: 'x'.repeat(50) }),
    ]);
  });

  it('what it will never take is a refusal with its code; what may pass is not', async () => {
    const nobody = request({ signers: [{ ...ZHAO, account: null }] });
    await expect(service.createFlow(nobody)).rejects.toMatchObject({
      name: 'SigningRefusal',
      code: '1435002',
    });
    server.outages.push({ status: 503, body: { message: 'busy' } });
    const failed = await service.createFlow(request()).catch((error: unknown) => error);
    expect(failed).not.toBeInstanceOf(SigningRefusal);
    server.outages.push({ status: 200, body: Buffer.from('<html>') });
    await expect(service.state('x')).rejects.toThrow('200');
  });

  it('goes nowhere that is not public unless the operator says so', async () => {
    const closed = esignService(server.settings, { call: outsideCaller({ allowedHosts: [] }) });
    await expect(closed.state('x')).rejects.toBeInstanceOf(ChannelRefusal);
  });
});
