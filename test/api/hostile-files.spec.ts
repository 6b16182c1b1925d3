import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PATIENCE } from '../../src/api/http/patience.js';
import { MAX_FILE_BYTES } from '../../src/commands/import/file.js';
import { Desk } from '../builders/approval-desk.js';
import {
  draftedContract,
  everybodyApproves,
  readContract,
  write,
  type Contract,
} from '../builders/contract.js';
import { packedObjects, PDF_BOMBS, scan, zip } from '../builders/hostile-files.js';
import { KEEPER, KEEPER_POLICY } from '../builders/kind-of-people.js';
import { draftOf, general, putInForce, ROW, versionOf } from '../builders/policy-desk.js';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type Reply, type TestApi } from '../support/api.js';

const MEBIBYTE = 1024 * 1024;
/** Generous: the bombs unpack to two gigabytes. */
const MOST_MORE_MEMORY = 400 * MEBIBYTE;

let api: TestApi;
let desk: Desk;
let rep: ApiClient;
let office: ApiClient;
let legal: ApiClient;
let cfo: ApiClient;
let sealed: Contract;
let requestId: string;
let formId: string;
beforeAll(async () => {
  api = await startApi();
  [rep, office] = [await api.as('moses.frase'), await api.as('backoffice')];
  [legal, cfo] = [await api.as('legal'), await api.as('cfo')];
  const { id } = await draftedContract(api, rep);
  const submitted = await write(rep, `/contracts/${id}/submit`);
  await everybodyApproves(api, submitted.requestId!);
  sealed = await write(await api.as('seal'), `/contracts/${id}/seal`);
  await putInForce(await api.as('admin'), cfo, 'approval.keeper', KEEPER_POLICY);
  await putInForce(await api.as('admin'), cfo, 'request.keeper', KEEPER);
  const document = { thing: 'Box', keeper: await api.personId('finance') };
  formId = (await rep.post<{ id: string }>('/forms', { kind: 'keeper', document })).body.id;
  desk = await Desk.over(api.dataSource);
  requestId = await desk.pending([desk.seats('A', ['legal'])]);
}, 120_000);
afterAll(() => api.close());

function form(bytes: Buffer, name: string, fields: Record<string, string> = {}): FormData {
  const data = new FormData();
  for (const [key, value] of Object.entries(fields)) data.set(key, value);
  data.set('file', new Blob([Uint8Array.from(bytes)]), name);
  return data;
}

/** Everywhere a document is put, by whoever may put it there. */
const PLACES = ['a counter-signed copy', 'a file of a request', 'a file of a form'] as const;
function put(place: (typeof PLACES)[number], bytes: Buffer, name = 'signed.pdf'): Promise<Reply> {
  switch (place) {
    case 'a counter-signed copy':
      return office.post(
        `/contracts/${sealed.id}/counter-signed`,
        form(bytes, name, { signedOn: '2026-11-24' }),
      );
    case 'a file of a request':
      return legal.post(`/requests/${requestId}/attachments`, form(bytes, name));
    case 'a file of a form':
      return rep.post(`/forms/${formId}/attachments`, form(bytes, name));
  }
}

const rows = async (sql: string) => (await api.dataSource.query<{ n: number }[]>(sql))[0]!.n;
/** What a refused file must not change. */
const kept = async () => ({
  contract: await readContract(rep, sealed.id),
  files: await rows(
    `SELECT (SELECT count(*) FROM contract_file) + (SELECT count(*) FROM request_attachment) + (SELECT count(*) FROM form_attachment)
       + (SELECT count(*) FROM import_job) AS n`,
  ),
  events: await rows(`SELECT count(*)::int AS n FROM event WHERE aggregate_kind <> 'attempt'`),
});
const attempts = (code: string) =>
  rows(
    `SELECT count(*)::int AS n FROM event WHERE type = 'command.refused' AND payload->>'code' = '${code}'`,
  );

/** How much more memory the process held at most while it answered, the client's own copy included. */
async function memoryOf<T>(work: () => Promise<T>): Promise<{ answer: T; more: number }> {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
  const answer = await work().finally(() => clearInterval(watch));
  return { answer, more: Math.max(most, process.memoryUsage().rss) - before };
}

const pointed = ({ body }: Reply) => (body as { errors?: { pointer: string; code: string }[] }).errors;

describe.each(PLACES)('as %s', (place) => {
  it.each(Object.entries(PDF_BOMBS))(
    'a PDF that %s is refused, nothing kept, the attempt noted',
    async (rule, bomb) => {
      const bytes = bomb();
      const [before, noted] = [await kept(), await attempts('FILE_UNSAFE')];
      const { answer, more } = await memoryOf(() => put(place, bytes));
      expect(refusal(answer)).toEqual([422, 'FILE_UNSAFE', '/file']);
      expect(pointed(answer)).toMatchObject([{ pointer: '/file', code: rule }]);
      expect(answer.headers.get('content-type')).toMatch('application/problem+json');
      expect(more).toBeLessThan(MOST_MORE_MEMORY);
      expect(await kept()).toEqual(before);
      expect(await attempts('FILE_UNSAFE')).toBe(noted + 1);
    },
  );

  it('a million objects in one stream of them as well', async () => {
    expect(pointed(await put(place, packedObjects()))).toMatchObject([{ code: 'TOO_MANY_OBJECTS' }]);
  });

  it.each([
    ['a program', Buffer.from('MZ\u0090\u0000\u0003'), 'signed.pdf', 'TYPE'],
    ['nothing', Buffer.alloc(0), 'signed.pdf', 'TYPE'],
    ['a PDF called a program', Buffer.from('%PDF-1.7 signed'), 'signed.exe', 'NAME'],
    ['a picture called a PDF', Buffer.from('\u0089PNG\r\n\u001a\nIHDR', 'latin1'), 'signed.pdf', 'NAME'],
    ['text called a workbook', Buffer.from('one two'), 'signed.xlsx', 'NAME'],
  ])('%s is refused by its bytes and its name', async (_case, bytes, name, code) => {
    const [before, noted] = [await kept(), await attempts('ATTACHMENT_TYPE')];
    const answer = await put(place, bytes, name);
    expect([answer.status, answer.body['code']]).toEqual([422, 'ATTACHMENT_TYPE']);
    expect(pointed(answer)).toMatchObject([{ pointer: '/file', code }]);
    expect(await kept()).toEqual(before);
    expect(await attempts('ATTACHMENT_TYPE')).toBe(noted + 1);
  });

  it('more than is taken at all is refused while it arrives', async () => {
    const bytes = Buffer.alloc(21 * MEBIBYTE, 'a');
    const before = await kept();
    const answer = await put(place, bytes, 'signed.txt');
    expect(refusal(answer)).toEqual([413, 'BODY_TOO_LARGE', '/file']);
    expect(await kept()).toEqual(before);
  });
});

it('while a bomb is looked at others are answered', async () => {
  const bomb = put('a file of a request', PDF_BOMBS['UNPACKS_TOO_LARGE']!());
  let longest = 0;
  let isOver = false;
  void bomb.finally(() => (isOver = true));
  while (!isOver) {
    const asked = performance.now();
    expect((await api.anonymous.get('/health/live')).status).toBe(200);
    longest = Math.max(longest, performance.now() - asked);
  }
  expect((await bomb).status).toBe(422);
  expect(longest).toBeLessThan(1_000);
});

it('a large scan is no bomb', async () => {
  expect((await put('a file of a request', scan(), 'scan.pdf')).status).toBe(201);
});

describe('as a workbook of a policy', () => {
  it.each([
    ['a zip bomb', () => zip(Buffer.alloc(512 * MEBIBYTE), 10), 413, 'BODY_TOO_LARGE'],
    ['more than two megabytes', () => Buffer.alloc(2 * MEBIBYTE + 1), 413, 'BODY_TOO_LARGE'],
    ['a PDF', () => Buffer.from('%PDF-1.7'), 422, 'POLICY.SHEET_UNREADABLE'],
  ])('%s changes nothing of the draft', async (_case, file, status, code) => {
    const draft = await draftOf(cfo, 'approval.general', general([ROW]));
    const path = `/policies/drafts/${draft.id}`;
    try {
      const bytes = file();
      const { answer, more } = await memoryOf(() =>
        cfo.send('POST', `${path}/import`, form(bytes, 'table.xlsx'), versionOf(draft.draft!.rowVersion)),
      );
      expect(refusal(answer)).toEqual([status, code, '/file']);
      expect(more).toBeLessThan(MOST_MORE_MEMORY);
      const [row] = await api.dataSource.query<{ row_version: number; content: unknown }[]>(
        `SELECT row_version, content FROM policy_draft WHERE id = $1`,
        [draft.id],
      );
      expect([row!.row_version, row!.content]).toEqual([draft.draft!.rowVersion, draft.content]);
    } finally {
      await cfo.post(`${path}/discard`, {});
    }
  });
});

describe('as a file of rows', () => {
  const IMPORTS = [
    ['prices', 'finance'],
    ['opportunities', 'backoffice'],
  ] as const;
  it.each(IMPORTS)('%s: a workbook, bomb or not, is no text and becomes no job', async (kind, who) => {
    const [before, client] = [await kept(), await api.as(who)];
    for (const name of ['rows.xlsx', 'rows.csv']) {
      const answer = await client.post(
        '/imports',
        form(zip(Buffer.alloc(256 * MEBIBYTE), 10), name, { kind }),
      );
      expect(refusal(answer)).toEqual([422, 'IMPORT.FILE_UNREADABLE', '/file']);
    }
    const large = form(Buffer.alloc(MAX_FILE_BYTES + 1, 'a'), 'rows.csv', { kind });
    expect(refusal(await client.post('/imports', large))).toEqual([413, 'BODY_TOO_LARGE', '/file']);
    expect(await kept()).toEqual(before);
  });
});

describe('a body that is not as long as it says', () => {
  const BOUNDARY = 'x-boundary';
  const HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n`;
  const WHOLE = `${HEAD}words\r\n--${BOUNDARY}--\r\n`;

  /** Sent byte for byte; status 0 when the connection ends without an answer. */
  function sent(
    port: number,
    said: object,
    body: string | Buffer,
    isEnded = true,
  ): Promise<[number, unknown]> {
    return new Promise((resolve) => {
      const headers = {
        Authorization: `Bearer ${legal.token}`,
        'Idempotency-Key': randomUUID(),
        'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
        ...said,
      };
      const path = `/api/v1/requests/${requestId}/attachments`;
      const call = httpRequest(
        { port, host: '127.0.0.1', path, method: 'POST', headers, agent: false },
        (got) => {
          let text = '';
          got.on('data', (chunk: Buffer) => (text += chunk.toString()));
          got.on('close', () => {
            call.destroy();
            resolve([
              got.statusCode!,
              /json/.test(got.headers['content-type'] ?? '') ? JSON.parse(text) : text,
            ]);
          });
        },
      );
      call.on('error', () => resolve([0, null]));
      call.flushHeaders();
      call.write(body);
      if (isEnded) call.end();
    });
  }

  /** The same application behind a server that checks its patience often. */
  async function impatient<T>(use: (port: number) => Promise<T>): Promise<T> {
    const quick = { headersTimeout: 200, requestTimeout: 600, connectionsCheckingInterval: 50 };
    const server: Server = createServer(quick, api.app.getHttpAdapter().getInstance() as never);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    try {
      return await use((server.address() as AddressInfo).port);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  const port = () => Number(new URL(api.url).port);

  it('cut short: incomplete, nothing kept', async () => {
    const before = await kept();
    const [status, problem] = await sent(port(), { 'Transfer-Encoding': 'chunked' }, WHOLE.slice(0, -20));
    expect([status, problem]).toMatchObject([
      400,
      { code: 'VALIDATION', errors: [{ pointer: '', code: 'INCOMPLETE' }] },
    ]);
    expect(await kept()).toEqual(before);
  });

  it('longer than it is, or never at its end: dropped when the time for it is over', async () => {
    const before = await kept();
    const said = { 'Content-Length': String(WHOLE.length + 1_000) };
    expect((await impatient((at) => sent(at, said, HEAD, false)))[0]).toBe(408);
    const chunked = { 'Transfer-Encoding': 'chunked' };
    expect((await impatient((at) => sent(at, chunked, HEAD, false)))[0]).toBe(408);
    expect(await kept()).toEqual(before);
    expect(PATIENCE.requestTimeout).toBeLessThanOrEqual(120_000);
  });

  it('without an end and too large: not held, and dropped as well', async () => {
    const before = await kept();
    const body = Buffer.concat([Buffer.from(HEAD), Buffer.alloc(200 * MEBIBYTE, 'a')]);
    const { answer, more } = await memoryOf(() =>
      impatient((at) => sent(at, { 'Transfer-Encoding': 'chunked' }, body, false)),
    );
    expect([0, 408]).toContain(answer[0]);
    expect(more).toBeLessThan(MOST_MORE_MEMORY);
    expect(await kept()).toEqual(before);
    expect((await api.anonymous.get('/health/live')).status).toBe(200);
  });
});
