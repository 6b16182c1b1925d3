import { randomUUID } from 'node:crypto';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let admin: ApiClient;
let webRoot: string;

beforeAll(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'sealflow-web-'));
  mkdirSync(join(webRoot, 'assets'));
  writeFileSync(
    join(webRoot, 'index.html'),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><div id="root"></div>',
  );
  writeFileSync(join(webRoot, 'assets/app.js'), 'run()');
  api = await startApi({ webRoot });
  admin = await api.as('admin');
});
afterAll(async () => {
  await api.close();
  rmSync(webRoot, { recursive: true });
});

describe('a problem', () => {
  it('has type, title, status, stable code, request id and pointers to what is wrong', async () => {
    const { status, headers, body } = await admin.post(
      '/org/people',
      { username: 'A b', name: '', unitId: 'x' },
      { headers: { 'X-Request-Id': 'trace-7' } },
    );
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(headers.get('x-request-id')).toBe('trace-7');
    expect(body).toMatchObject({
      type: '/api/docs#problem-validation',
      title: 'The input is not valid',
      detail: 'At least one field breaks its rule; correct the fields named in `errors` and send it again.',
      status: 400,
      code: 'VALIDATION',
      requestId: 'trace-7',
    });
    const errors = body['errors'] as { pointer: string; code: string; rule: string }[];
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/name IS_LENGTH',
      '/position IS_IN',
      '/unitId IS_UUID',
      '/username MATCHES',
    ]);
  });

  it('points into nested objects', async () => {
    const { body } = await admin.post(`/org/people/${await api.personId('hr')}/grants`, {
      role: 'HR',
      limit: { amount: '-1e5', currency: 'cny' },
    });
    expect((body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
      '/limit/amount',
      '/limit/currency',
    ]);
  });

  it.each<[string, string, number, string]>([
    ['broken JSON', '{"a":', 400, 'MALFORMED_BODY'],
    ['a bare value', '"x"', 400, 'MALFORMED_BODY'],
    ['an array', '[{"code":"x"}]', 400, 'VALIDATION'],
    ['NUL in text', '{"name":"a\\u0000b"}', 400, 'VALIDATION'],
    ['a lone surrogate', '{"name":"\\ud800"}', 400, 'VALIDATION'],
    ['deep nesting', `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`, 400, 'VALIDATION'],
    ['very deep nesting', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400, 'VALIDATION'],
    ['two megabytes', `{"name":"${'a'.repeat(2_000_000)}"}`, 413, 'BODY_TOO_LARGE'],
  ])('comes of %s', async (_what, body, status, code) => {
    const answer = await admin.post('/org/units', body);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|SyntaxError|at .*\.js/);
  });

  it.each([
    ['GET', '/nothing/here', 404],
    ['GET', '/org/people?limit=0', 400],
    ['GET', '/org/people?limit=101', 400],
    ['GET', '/org/people?limit=1e1', 400],
    ['GET', '/org/people?cursor[]=x', 400],
    ['GET', '/org/people?sort=cost', 400],
    ['GET', '/org/people?search=%00', 400],
    ['GET', '/org/units?asOf=yesterday', 400],
    ['GET', '/org/units?asOf=2026-02-31T00:00:00Z', 200],
    ['DELETE', '/org/absences/not-an-id', 400],
    ['TRACE', '/me', 404],
  ])('or an answer: %s %s is %i', async (method, path, status) => {
    if (method === 'TRACE') return expect(admin.send(method, path, undefined)).rejects.toThrow();
    expect((await admin.send(method, path, undefined)).status).toBe(status);
  });

  it('tells nothing of an unexpected error', async () => {
    await api.dataSource.query(`ALTER TABLE org_unit RENAME TO org_unit_gone`);
    const broken = await admin.get('/org/units');
    await api.dataSource.query(`ALTER TABLE org_unit_gone RENAME TO org_unit`);
    expect([broken.status, broken.body['code'], broken.body['title']]).toEqual([
      500,
      'INTERNAL',
      'The server failed',
    ]);
    expect(JSON.stringify(broken.body)).not.toContain('org_unit');
  });
});

describe('paging', () => {
  interface People {
    items: { id: string; name: string }[];
    nextCursor: string | null;
  }
  it('walks every row once, in order, and ends', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: People = (
        await admin.get<People>(`/org/people?limit=7${cursor ? `&cursor=${cursor}` : ''}`)
      ).body;
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
    expect(seen).toEqual([...seen].sort());
  });

  it('refuses a cursor that is forged, cut, of another filter or another list', async () => {
    const { nextCursor } = (await admin.get<People>('/org/people?limit=2&search=a')).body;
    const cursor = String(nextCursor);
    expect((await admin.get(`/org/people?limit=5&search=a&cursor=${cursor}`)).status).toBe(200);
    const flipped = `${cursor.slice(0, -3)}${cursor.at(-3) === 'A' ? 'B' : 'A'}${cursor.slice(-2)}`;
    for (const path of [
      `/org/people?search=b&cursor=${cursor}`,
      `/org/people?cursor=${cursor}`,
      `/org/absences?cursor=${cursor}`,
      `/org/people?search=a&cursor=${flipped}`,
      `/org/people?search=a&cursor=${cursor.slice(0, 20)}`,
      '/org/people?search=a&cursor=e30',
    ]) {
      const answer = await admin.get(path);
      expect([path, answer.status, answer.body['code']]).toEqual([path, 400, 'CURSOR_INVALID']);
    }
  });
});

describe('one origin', () => {
  it('serves the console with a strict policy and a fresh nonce, and leaves the API its own 404', async () => {
    const page = await fetch(`${api.url}/quotes/42`);
    const html = await page.text();
    const nonce = /content="([^"]+)"/.exec(html)?.[1];
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(page.status).toBe(200);
    expect(policy).toContain(`style-src 'self' 'nonce-${String(nonce)}'`);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(await (await fetch(`${api.url}/`)).text()).not.toBe(html);
    expect(await (await fetch(`${api.url}/assets/app.js`)).text()).toBe('run()');
    expect((await fetch(`${api.url}/assets/gone.js`)).status).toBe(404);
    expect((await fetch(`${api.url}/../../etc/passwd`)).headers.get('content-type')).toMatch(/html/);
    expect((await admin.get('/api/v1/gone')).body['code']).toBe('NOT_FOUND');
    expect((await fetch(`${api.url}/quotes`, { method: 'POST' })).status).toBe(404);
  });

  it('shows API docs, health and figures without a login, and no names in them', async () => {
    expect((await fetch(`${api.url}/api/docs`)).status).toBe(200);
    expect((await api.anonymous.get('/health/live')).body).toEqual({ status: 'ok' });
    expect((await api.anonymous.get('/health/ready')).body).toEqual({
      status: 'ok',
      postgres: 'up',
      temporal: 'unknown',
    });
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    expect(metrics).toMatch(
      /sealflow_http_request_duration_seconds_bucket\{.*route="\/api\/v1\/org\/people"/,
    );
    expect(metrics).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  it('lets no browser keep an answer', async () => {
    const { headers } = await admin.get('/me');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('a refusal says its rule and what to do', () => {
  it.each([
    ['GET', '/requests/nothing-of-the-kind', 'VALIDATION', 'The input is not valid', /correct the fields/],
    ['GET', `/requests/${randomUUID()}`, 'NOT_FOUND', 'Not found', /check the address/],
    ['GET', '/inbox?cursor=forged', 'CURSOR_INVALID', 'The cursor does not fit', /from its beginning/],
  ])('%s %s → %s', async (_method, path, code, title, detail) => {
    const { body } = await admin.get(path);
    expect(body).toMatchObject({ code, title, detail: expect.stringMatching(detail) });
  });
});
