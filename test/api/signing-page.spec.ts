import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loggablePath } from '../../src/api/http/request-log.js';
import { offerMail } from '../../src/commands/channel/mail-endpoint.js';
import { evidenceDigest } from '../../src/commands/link/customer-link.js';
import type { JsonObject } from '../../src/domain/json.js';
import { FakeMail } from '../../src/integrations/mail.fake.js';
import { readContract, write } from '../builders/contract.js';
import { postOffice } from '../builders/post-office.js';
import { SigningDesk } from '../builders/signing.js';
import { pdfText } from '../support/pdf-text.js';

let desk: SigningDesk;
beforeAll(async () => {
  desk = await SigningDesk.open();
});
afterAll(() => desk.close());

const ZHAO = { name: '赵敏' };
const LIN = { name: 'Lin Wei', organisation: 'Cheers Trading' };
const YES = { answer: 'SIGN', name: 'lin  WEI', title: 'Head of purchasing', consent: '1' };
const NO = { answer: 'DECLINE', name: 'Lin Wei', reason: 'too expensive' };

interface Shown {
  status: number;
  headers: Headers;
  html: string;
}

async function open(path: string, init: RequestInit = {}): Promise<Shown> {
  const response = await fetch(`${desk.api.url}${path}`, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, html: await response.text() };
}
const hashIn = (html: string) =>
  /name="documentHash" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? 'f'.repeat(64);
async function answer(path: string, fields: Record<string, string>, headers = {}): Promise<Shown> {
  const documentHash = hashIn((await open(path)).html);
  return open(path, { method: 'POST', body: new URLSearchParams({ documentHash, ...fields }), headers });
}
async function invited(
  signers: object[] = [LIN],
): Promise<{ contractId: string; flowId: string; path: string }> {
  const { id } = await desk.sealed();
  const { id: flowId } = await desk.pending(id, signers);
  return { contractId: id, flowId, path: await desk.link(id, flowId) };
}
const whatIsSo = (contractId: string) =>
  desk.api.dataSource.query<unknown[]>(
    `SELECT k.state, k.row_version, (SELECT count(*) FROM event e WHERE e.aggregate_id = k.id) AS events,
       (SELECT json_agg(json_build_object('state', s.state, 'evidence', s.evidence) ORDER BY f.id, s.no)
        FROM signing_signer s JOIN signing_flow f ON f.id = s.flow_id WHERE f.contract_id = k.id) AS signers
     FROM contract k WHERE k.id = $1`,
    [contractId],
  );

describe('the mail to a signer', () => {
  const MAILED = { ...LIN, account: 'lin@cheers.example' };
  const post = async (flowId: string) => {
    const mail = new FakeMail();
    const queued = await desk.api.dataSource.query<{ id: string }[]>(
      `SELECT d.id FROM delivery d JOIN signing_signer s ON s.id::text = d.payload->>'linkId'
       WHERE s.flow_id = $1 AND d.state = 'PENDING' ORDER BY d.created_at, d.id`,
      [flowId],
    );
    const office = postOffice(desk.api.dataSource, { mail });
    const states = [];
    for (const { id } of queued) states.push((await office.sendDelivery(id)).state);
    return { mail, states };
  };

  it('brings the PDF and their own link once it can be signed, and again when somebody asks for it', async () => {
    await offerMail(desk.api.dataSource, true);
    const { id } = await desk.sealed();
    const { id: flowId, documentHash } = await desk.pending(id, [MAILED, ZHAO]);
    const { mail, states } = await post(flowId);
    expect([states, mail.sent.map(({ to }) => to.address)]).toEqual([['SENT'], ['lin@cheers.example']]);
    const [sent] = mail.sent;
    expect(sent!.subject).toMatch(/^Please sign the contract: C-.* v1$/);
    expect(createHash('sha256').update(sent!.attachments![0]!.content).digest('hex')).toBe(documentHash);
    expect(sent!.text).toMatch(/https:\/\/sealflow\.example\/s\/[\w-]{43}/);
    const again = (no: number) =>
      desk.backOffice.post(`/contracts/${id}/signing-flows/${flowId}/signers/${no}/mails`);
    expect([(await again(1)).status, (await again(2)).status]).toEqual([200, 400]);
    expect((await post(flowId)).states).toEqual(['SENT']);
    const { signers, actions } = (await desk.flow(id)) as {
      signers: { mail?: string | null }[];
      actions: string[];
    };
    expect([signers.map((one) => one.mail), actions]).toEqual([
      ['SENT', null],
      ['MAIL', 'LINK', 'CANCEL'],
    ]);
    expect(await desk.told(id)).toEqual(['contract.signing-started', 'contract.signing-mailed']);
    await again(1);
    await write(desk.rep, `/contracts/${id}/cancel`, { reason: 'they bought elsewhere' });
    expect((await post(flowId)).states).toEqual(['SKIPPED']);
    await offerMail(desk.api.dataSource, false);
  });
});

describe('the page on which customers sign, where no provider is set up', () => {
  it('shows the contract and its hashes, and changes nothing, whoever looks (activepieces#14024)', async () => {
    const { contractId, flowId, path } = await invited();
    expect(path).toMatch(/^\/s\/[\w-]{43}$/);
    const before = await whatIsSo(contractId);
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'GET'])
      await open(path, { method, headers: { 'User-Agent': 'SafeLinks', Purpose: 'prefetch' } });
    const { status, headers, html } = await open(path);
    const flow = await desk.flow(contractId);
    expect([status, await whatIsSo(contractId)]).toEqual([200, before]);
    for (const said of [
      '销售合同 SALES CONTRACT',
      flow.textHash,
      flow.documentHash,
      'Lin Wei, for Cheers Trading',
    ])
      expect(html).toContain(said);
    expect(html.replace(/<style.*?<\/style>/s, '')).not.toMatch(/<script|src=|https?:/);
    expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual([
      'no-referrer',
      'no-store',
    ]);
    expect((await open(`${path}?language=zh-CN`)).html).toContain('键入您的姓名作为签名');
    const pdf = await fetch(`${desk.api.url}${path}?pdf=1`);
    const { frames } = await pdfText(Buffer.from(await pdf.arrayBuffer()));
    expect(frames[0]).toContain(flow.textHash);
    expect((await open(`/s/${'x'.repeat(43)}`)).status).toBe(404);
    expect(loggablePath(`${path}?language=en`)).toBe('/s/…');
    expect(await desk.link(contractId, flowId)).toBe(path);
    const stored = await desk.api.dataSource.query<unknown[]>(
      `SELECT 1 FROM signing_signer WHERE token_hash = convert_to($1, 'UTF8')`,
      [path.slice(3)],
    );
    expect(stored).toEqual([]);
  });

  it.each([
    [{}, 422],
    [{ ...YES, name: '' }, 422],
    [{ ...YES, name: 'Lin Wei Senior' }, 422],
    [{ answer: 'SIGN', name: 'Lin Wei', title: 'Buyer' }, 422],
    [{ ...NO, reason: ' ' }, 422],
    [{ ...YES, documentHash: 'f'.repeat(64) }, 409],
  ])('what lacks something is refused and leaves the link unspent: %j', async (fields, status) => {
    const { contractId, path } = await invited();
    const before = await whatIsSo(contractId);
    expect([
      (await answer(path, fields as Record<string, string>)).status,
      await whatIsSo(contractId),
    ]).toEqual([status, before]);
  });

  it('a name and consent are a signature, given once; the server seals what was signed', async () => {
    const { contractId, flowId, path } = await invited();
    const from = { 'User-Agent': 'Phone/1.0', 'X-Forwarded-For': '192.0.2.1, 203.0.113.9' };
    const first = await answer(path, YES, from);
    expect([first.status, (await readContract(desk.rep, contractId)).state]).toEqual([200, 'EFFECTIVE']);
    expect(first.html).toContain('We have your signature');
    const after = await whatIsSo(contractId);
    const again = await answer(path, NO);
    expect([again.status, await whatIsSo(contractId)]).toEqual([200, after]);
    expect(again.html).toContain('Lin Wei signed');
    const [kept] = await desk.api.dataSource.query<
      { evidence: JsonObject; salt: Buffer; evidence_hash: string; payload: JsonObject }[]
    >(
      `SELECT s.evidence, s.salt, s.evidence_hash, e.payload FROM signing_signer s JOIN event e ON e.aggregate_id = $2
       AND e.type = 'contract.signer-answered' WHERE s.flow_id = $1`,
      [flowId, contractId],
    );
    expect(kept!.evidence).toMatchObject({ name: 'lin WEI', ip: '203.0.113.9', userAgent: 'Phone/1.0' });
    expect(evidenceDigest(kept!.evidence, kept!.salt)).toBe(kept!.evidence_hash);
    expect(kept!.payload['evidence']).toBe(kept!.evidence_hash);
    expect(JSON.stringify(kept!.payload)).not.toMatch(/lin/i);
    const { body: evidence } = await desk.rep.get<{ isValid: boolean; signers: { evidenceHash: string }[] }>(
      `/contracts/${contractId}/signing-flows/${flowId}/evidence`,
    );
    expect([evidence.isValid, evidence.signers[0]!.evidenceHash]).toEqual([true, kept!.evidence_hash]);
    await desk.api.dataSource.query(`UPDATE signing_flow SET text_hash = repeat('0', 64) WHERE id = $1`, [
      flowId,
    ]);
    const { body: altered } = await desk.rep.get<{ isValid: boolean }>(
      `/contracts/${contractId}/signing-flows/${flowId}/evidence`,
    );
    expect(altered.isValid).toBe(false);
    expect(await desk.told(contractId)).toEqual([
      'contract.signing-started',
      'contract.signing-link-taken',
      'contract.signer-answered',
      'contract.signed',
      'contract.effective',
    ]);
  });

  it('takes effect with the last of several signatures; ten at once are one each', async () => {
    const { contractId, flowId, path } = await invited([LIN, ZHAO]);
    const other = await desk.link(contractId, flowId, 2);
    await answer(path, YES);
    expect((await readContract(desk.rep, contractId)).state).toBe('SEALED');
    const documentHash = hashIn((await open(other)).html);
    const body = () => new URLSearchParams({ documentHash, answer: 'SIGN', name: '赵敏', consent: '1' });
    await Promise.all(Array.from({ length: 10 }, () => open(other, { method: 'POST', body: body() })));
    expect((await readContract(desk.rep, contractId)).state).toBe('EFFECTIVE');
    expect(
      (await desk.told(contractId)).filter((type) => type.startsWith('contract.sign')).slice(-3),
    ).toEqual(['contract.signer-answered', 'contract.signer-answered', 'contract.signed']);
  });

  it('declined by one, nobody signs any more; the contract stays sealed and its owner hears why', async () => {
    const { contractId, flowId, path } = await invited([LIN, ZHAO]);
    const other = await desk.link(contractId, flowId, 2);
    expect((await answer(path, NO)).status).toBe(200);
    expect(await desk.flow(contractId)).toMatchObject({ state: 'DECLINED', said: 'too expensive' });
    expect((await readContract(desk.rep, contractId)).state).toBe('SEALED');
    const late = await answer(other, { answer: 'SIGN', name: '赵敏', consent: '1' });
    expect([late.status, late.html]).toEqual([410, expect.stringContaining('has declined')]);
    expect(await desk.notices(contractId)).toEqual(['DECLINED']);
    expect(JSON.stringify(await whatIsSo(contractId))).toContain('too expensive');
  });

  it.each<[string, (at: { contractId: string; flowId: string }) => Promise<unknown>, string]>([
    [
      'given up',
      ({ contractId }) => write(desk.rep, `/contracts/${contractId}/cancel`, { reason: 'over' }),
      'taken back',
    ],
    [
      'taken back',
      ({ contractId, flowId }) =>
        desk.backOffice.post(`/contracts/${contractId}/signing-flows/${flowId}/cancel`, {
          reason: 'wrong person',
        }),
      'taken back',
    ],
    [
      'past its time, whether the clock has come by or not',
      ({ flowId }) =>
        desk.api.dataSource.query(
          `UPDATE signing_flow SET expires_at = now() - interval '1 s' WHERE id = $1`,
          [flowId],
        ),
      'time to sign',
    ],
  ])('%s: the link has ended and shows the contract no more', async (_, happens, says) => {
    const at = await invited();
    await happens(at);
    const before = await whatIsSo(at.contractId);
    const { status, html } = await answer(at.path, YES);
    expect([status, html, await whatIsSo(at.contractId)]).toEqual([
      410,
      expect.stringContaining(says),
      before,
    ]);
    expect(html).not.toContain('SALES CONTRACT');
  });

  it('expires by its process, without anybody looking', async () => {
    const { contractId, flowId } = await invited();
    await desk.api.dataSource.query(
      `UPDATE signing_flow SET expires_at = now() - interval '1 s', ask_at = now() WHERE id = $1`,
      [flowId],
    );
    expect(await desk.process(flowId)).toEqual(['CHECK_SIGNING']);
    expect([(await desk.flow(contractId)).state, await desk.notices(contractId)]).toEqual([
      'EXPIRED',
      ['EXPIRED'],
    ]);
  });

  it('whoever has a session of an employee, or comes from another site, signs nothing', async () => {
    const { contractId, path } = await invited();
    const before = await whatIsSo(contractId);
    const cookie = { Cookie: `sealflow_session=${desk.rep.token!}` };
    const other = { 'Sec-Fetch-Site': 'cross-site' };
    expect([(await answer(path, YES, cookie)).status, (await answer(path, YES, other)).status]).toEqual([
      403, 403,
    ]);
    expect(await whatIsSo(contractId)).toEqual(before);
  });

  it('a callback is nobody’s where e签宝 is not set up', async () => {
    const { status } = await fetch(`${desk.api.url}/api/v1/signing-callbacks/esign`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(status).toBe(404);
  });
});
