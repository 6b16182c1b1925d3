import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compactVerify, importJWK, type JWK } from 'jose';
import { linkHash } from '../../src/commands/link/issue-link.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { Desk } from '../builders/approval-desk.js';
import { ballot, task, type View } from '../builders/approval-client.js';
import { clientOf, startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Refusal {
  code: string;
  missing: string[];
}
interface Signatures {
  keys: JWK[];
  signatures: { jws: string; fault: string | null; action: string; by: { name: string } }[];
}
const PDF = Buffer.from('%PDF-1.7 a signed offer');
const SHA = createHash('sha256').update(PDF).digest('hex');

let api: TestApi;
let desk: Desk;
let legal: ApiClient;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  legal = await api.as('legal');
});
afterAll(() => api.close());

const waiting = (over: Partial<StageSpec>) => desk.pending([desk.seats('A', ['legal'], over)]);
const ballotOf = async (requestId: string, over: object = {}) => {
  const item = await task(legal, requestId);
  return { url: `/seats/${item.seatId}/decisions`, body: { ...ballot(item), ...over }, item };
};
function form(bytes: Buffer, name: string): FormData {
  const data = new FormData();
  data.set('file', new Blob([Uint8Array.from(bytes)]), name);
  return data;
}
const upload = (client: ApiClient, requestId: string, bytes = PDF, name = 'offer.pdf', key?: string) =>
  client.send<{ id: string; sha256: string; mediaType: string; code: string }>(
    'POST',
    `/requests/${requestId}/attachments`,
    form(bytes, name),
    key === undefined ? {} : { key },
  );
/** A session that has just logged in with a password. */
async function loggedIn(username: string): Promise<ApiClient> {
  const { body } = await api.anonymous.post<{ token: string }>(
    '/auth/login',
    { username, password: 'sealflow' },
    { key: null },
  );
  return clientOf(api.url, body.token);
}
const decisions = async (requestId: string) =>
  (
    await api.dataSource.query<unknown[]>(`SELECT 1 FROM approval_decision WHERE request_id = $1`, [
      requestId,
    ])
  ).length;

describe('AE-REQ-1 files', () => {
  it('are uploaded to a request, typed by their bytes, digest in the history, and read by whoever reads the request', async () => {
    const requestId = await waiting({});
    const { status, body } = await upload(legal, requestId);
    expect([status, body.sha256, body.mediaType]).toEqual([201, SHA, 'application/pdf']);
    const got = await fetch(`${api.url}/api/v1/requests/${requestId}/attachments/${body.id}`, {
      headers: { Authorization: `Bearer ${legal.token}` },
    });
    expect(Buffer.from(await got.arrayBuffer())).toEqual(PDF);
    expect(got.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''offer.pdf");
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    const stranger = await api.as('vicki.laflamme');
    expect((await stranger.get(`/requests/${requestId}/attachments/${body.id}`)).status).toBe(404);
    expect((await upload(stranger, requestId)).status).toBe(404);
    const [event] = await api.dataSource.query<{ payload: { attachment: { sha256: string } } }[]>(
      `SELECT payload FROM event WHERE aggregate_id = $1 AND type = 'attachment.added'`,
      [requestId],
    );
    expect(event!.payload.attachment.sha256).toBe(SHA);
  });

  it.each([
    ['a program with another name', Buffer.from('MZ\u0000'), 'offer.pdf', 422, 'ATTACHMENT_TYPE'],
    ['nothing', Buffer.alloc(0), 'offer.pdf', 422, 'ATTACHMENT_TYPE'],
    ['more than the policy takes', Buffer.alloc(65, 'a'), 'a.txt', 413, 'BODY_TOO_LARGE'],
  ])('refused: %s', async (_case, bytes, name, status, code) => {
    const policy = { attachments: { maxBytes: 64, maxFiles: 1, mediaTypes: ['text/plain'] } };
    const requestId = await desk.pending([desk.seats('A', ['legal'])], policy);
    const answer = await upload(legal, requestId, bytes, name);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('are as many as the policy takes; the same key with another file is another body', async () => {
    const policy = { attachments: { maxBytes: 64, maxFiles: 1, mediaTypes: ['text/plain'] } };
    const requestId = await desk.pending([desk.seats('A', ['legal'])], policy);
    const key = randomUUID();
    const first = await upload(legal, requestId, Buffer.from('one'), 'a.txt', key);
    const again = await upload(legal, requestId, Buffer.from('one'), 'a.txt', key);
    expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
    const other = await upload(legal, requestId, Buffer.from('two'), 'a.txt', key);
    expect(other.body.code).toBe('KEY_REUSED');
    expect((await upload(legal, requestId, Buffer.from('two'), 'b.txt')).body.code).toBe('ATTACHMENT_LIMIT');
  });
});

describe('AE-REQ-1 an answer on the page', () => {
  it('without the file: 422 naming it, the key not consumed; with it the digest is part of the answer', async () => {
    const requestId = await waiting({ requires: { APPROVE: ['ATTACHMENT'] } });
    const key = randomUUID();
    const bare = await ballotOf(requestId);
    const refused = await legal.post<Refusal>(bare.url, bare.body, { key });
    expect([refused.status, refused.body.code, refused.body.missing]).toEqual([
      422,
      'REQUIREMENT_MISSING',
      ['attachment'],
    ]);
    const file = (await upload(legal, requestId)).body;
    const full = await ballotOf(requestId, { attachmentIds: [file.id] });
    expect((await legal.post(full.url, full.body, { key })).status).toBe(200);
    const [event] = await api.dataSource.query<{ payload: { decision: { attachments: object[] } } }[]>(
      `SELECT payload FROM event WHERE aggregate_id = $1 AND type = 'seat.decided'`,
      [requestId],
    );
    expect(event!.payload.decision.attachments).toEqual([
      { id: file.id, name: 'offer.pdf', mediaType: 'application/pdf', size: PDF.length, sha256: SHA },
    ]);
  });

  it('rests only on files its actor put to this request', async () => {
    const requestId = await waiting({ requires: { APPROVE: ['ATTACHMENT'] } });
    const elsewhere = (await upload(legal, await waiting({}))).body.id;
    const others = (await upload(await api.as('moses.frase'), requestId)).body.id;
    for (const id of [elsewhere, others, randomUUID()]) {
      const { url, body } = await ballotOf(requestId, { attachmentIds: [id] });
      expect((await legal.post<Refusal>(url, body)).body.code).toBe('ATTACHMENT_UNKNOWN');
    }
  });

  it('says before the click what it takes', async () => {
    const requestId = await waiting({ requires: { APPROVE: ['SIGNATURE'], REJECT: ['ATTACHMENT'] } });
    const { actions } = (
      await legal.get<{ actions: { action: string; requires?: string[] }[] }>(`/requests/${requestId}`)
    ).body;
    const requires = (name: string) => actions.find(({ action }) => action === name)!.requires ?? [];
    expect([requires('APPROVE'), requires('REJECT'), requires('ABSTAIN')]).toEqual([
      ['SIGNATURE', 'STEP_UP'],
      ['ATTACHMENT'],
      [],
    ]);
  });
});

describe('AE-REQ-1 step-up and signature', () => {
  it('the password once more within the policy’s minutes; a wrong one and a personal token are refused', async () => {
    const requestId = await waiting({ requires: { APPROVE: ['STEP_UP'] }, stepUpMinutes: 5 });
    const session = await loggedIn('legal');
    await api.dataSource.query(
      `UPDATE session SET authenticated_at = now() - interval '6 minutes' WHERE token_hash = $1`,
      [createHash('sha256').update(session.token!).digest()],
    );
    const { url, body } = await ballotOf(requestId);
    expect((await session.post<Refusal>(url, body)).body.missing).toEqual(['stepUp']);
    const wrong = await session.post<Refusal>('/auth/step-up', { password: 'not it' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'PASSWORD_WRONG']);
    const { token } = (await session.post<{ token: string }>('/auth/tokens', { name: 'script', days: 1 }))
      .body;
    const script = clientOf(api.url, token);
    expect((await script.post<Refusal>('/auth/step-up', { password: 'sealflow' })).body.code).toBe(
      'STEP_UP_UNAVAILABLE',
    );
    expect((await script.post<Refusal>(url, body)).body.missing).toEqual(['stepUp']);
    expect((await session.post('/auth/step-up', { password: 'sealflow' })).status).toBe(200);
    expect((await session.post(url, body)).status).toBe(200);
  });

  it('the server’s signature binds content, seat, actor and time; it verifies later, by anybody, and a change is found', async () => {
    const requestId = await waiting({ requires: { APPROVE: ['SIGNATURE'] } });
    const session = await loggedIn('legal');
    const { url, body, item } = await ballotOf(requestId);
    expect((await session.post<Refusal>(url, body)).body.missing).toEqual(['signature']);
    expect((await legal.post<Refusal>(url, { ...body, sign: true })).body.missing).toEqual(['stepUp']);
    expect((await session.post(url, { ...body, sign: true })).status).toBe(200);
    const read = async () => (await legal.get<Signatures>(`/requests/${requestId}/signatures`)).body;
    const { keys, signatures } = await read();
    expect(signatures).toHaveLength(1);
    expect(signatures[0]).toMatchObject({ fault: null, action: 'APPROVE' });
    const { payload } = await compactVerify(signatures[0]!.jws, await importJWK(keys[0]!, 'EdDSA'));
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({
      requestId,
      seatId: item.seatId,
      visit: 1,
      subjectHash: item.subjectHash,
      actor: desk.id('legal'),
      action: 'APPROVE',
      attachments: [],
    });
    await api.dataSource.query(`ALTER TABLE approval_decision DISABLE TRIGGER USER`);
    const tamper = (sql: string) => api.dataSource.query(sql, [requestId]);
    await tamper(`UPDATE approval_decision SET at = at + interval '1 second' WHERE request_id = $1`);
    expect((await read()).signatures[0]!.fault).toBe('OTHER_ANSWER');
    await tamper(`UPDATE approval_decision SET at = at - interval '1 second' WHERE request_id = $1`);
    await tamper(`UPDATE approval_decision SET signature = signature || 'AA' WHERE request_id = $1`);
    expect((await read()).signatures[0]!.fault).toBe('BAD_SIGNATURE');
  });
});

describe('AE-REQ-1 on the other channels', () => {
  it('bulk: signature and file are item errors and said in the list; the others go', async () => {
    const signed = await waiting({ requires: { APPROVE: ['SIGNATURE'] } });
    const filed = await waiting({ requires: { APPROVE: ['ATTACHMENT'] } });
    const plain = await waiting({});
    const items = [];
    for (const id of [signed, filed, plain]) {
      const item = await task(legal, id);
      items.push({ seatId: item.seatId, ...ballot(item) });
    }
    const shown = await legal.get<{ items: { bulk: { action: string; obstacle: string }[] }[] }>(
      `/inbox?requestId=${signed}`,
    );
    expect(shown.body.items[0]!.bulk.map(({ obstacle }) => obstacle)).toEqual(['SIGNATURE', null]);
    const { body } = await legal.post<{ results: { status: number; problem: Refusal | null }[] }>(
      '/seats/bulk-decisions',
      { items },
    );
    expect(body.results.map(({ status, problem }) => [status, problem?.code, problem?.missing])).toEqual([
      [422, 'REQUIREMENT_MISSING', ['signature', 'stepUp']],
      [422, 'REQUIREMENT_MISSING', ['attachment']],
      [200, undefined, undefined],
    ]);
  });

  it('mail page: says so before, refuses with 422 naming it, the link unspent and nothing decided', async () => {
    const requestId = await waiting({ requires: { APPROVE: ['ATTACHMENT', 'SIGNATURE'] } });
    const { item } = await ballotOf(requestId);
    const token = 'r'.repeat(43);
    await api.dataSource.query(
      `INSERT INTO action_link (token_hash, request_id, seat_id, visit, holder_id, subject_hash, expires_at)
       VALUES ($1, $2, $3, 1, $4, $5, now() + interval '1 hour')`,
      [linkHash(token), requestId, item.seatId, desk.id('legal'), item.subjectHash],
    );
    await api.dataSource.query(`UPDATE employee SET locale = 'en' WHERE id = $1`, [desk.id('legal')]);
    const headers = { Cookie: `sealflow_session=${legal.token}` };
    const page = await (await fetch(`${api.url}/d/${token}`, { headers })).text();
    expect(page).toContain('To approve takes a file, a signature, proof of who you are: sign in to do it.');
    const fields = { key: randomUUID(), version: String(item.seatVersion), action: 'APPROVE', comment: 'ok' };
    const answer = await fetch(`${api.url}/d/${token}`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(fields),
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Not sent; missing: a file, a signature, proof of who you are.');
    const [link] = await api.dataSource.query<{ used_at: Date | null }[]>(
      `SELECT used_at FROM action_link WHERE token_hash = $1`,
      [linkHash(token)],
    );
    expect([link!.used_at, await decisions(requestId)]).toEqual([null, 0]);
  });
});

describe('AE-REQ-1 a file after the end', () => {
  it('is refused; what is there stays readable', async () => {
    const requestId = await waiting({});
    const { id } = (await upload(legal, requestId)).body;
    await desk.vote(requestId, 'legal', 'APPROVE');
    expect((await upload(legal, requestId)).body.code).toBe('REQUEST_CLOSED');
    const view = (await legal.get<View & { attachments: { id: string }[] }>(`/requests/${requestId}`)).body;
    expect(view.attachments.map((file) => file.id)).toEqual([id]);
  });
});
