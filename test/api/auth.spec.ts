import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, startApi, type TestApi } from '../support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const login = (username: string, password: string) =>
  api.anonymous.post('/auth/login', { username, password }, { key: null });

describe('login', () => {
  it('refuses a wrong password and an unknown person in the same words', async () => {
    const wrong = await login('cfo', 'not it');
    const unknown = await login('nobody.at-all', 'not it');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect(wrong.body['code']).toBe('BAD_CREDENTIALS');
  });

  it('takes as long for an unknown person as for a known one', async () => {
    const took = async (username: string) => {
      const started = performance.now();
      await login(username, 'not it');
      return performance.now() - started;
    };
    await took('hr');
    const known = Math.min(await took('hr'), await took('hr'), await took('hr'));
    const unknown = Math.min(await took('nobody'), await took('nobody'), await took('nobody'));
    expect(unknown).toBeGreaterThan(known / 2);
    expect(unknown).toBeLessThan(known * 2);
  });

  it('gives a session, the person and a cookie no script can read', async () => {
    const { status, body, headers } = await login('Moses.Frase', 'sealflow');
    expect(status).toBe(200);
    expect(body['me']).toMatchObject({
      username: 'moses.frase',
      name: 'Moses Frase',
      roles: ['REP'],
      unit: { name: 'Team Dustin Brinkmann', kind: 'TEAM' },
    });
    expect(headers.get('set-cookie')).toMatch(
      /^sealflow_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/,
    );
    const me = await clientOf(api.url, String(body['token'])).get('/me');
    expect(me.body['username']).toBe('moses.frase');
  });

  it('stores neither password nor token in clear', async () => {
    const { body } = await login('legal', 'sealflow');
    const [row] = await api.dataSource.query<{ n: string }[]>(
      `SELECT count(*) AS n FROM session s, account a WHERE encode(s.token_hash, 'escape') LIKE '%' || $1 || '%' OR a.password_hash LIKE '%sealflow%'`,
      [body['token']],
    );
    expect(row!.n).toBe('0');
  });

  it('stops guessing after ten tries and says when to come back', async () => {
    const tries = [];
    for (let n = 0; n < 11; n += 1) tries.push((await login('gm', `guess ${n}`)).status);
    expect(tries).toEqual([401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 429]);
    const right = await login('gm', 'sealflow');
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await login('seal', 'sealflow')).status).toBe(200);
  });
});

describe('a session', () => {
  it('is over at once after logout, also for a second holder of the token', async () => {
    const person = await api.as('finance');
    expect((await person.get('/me')).status).toBe(200);
    expect((await person.post('/auth/logout')).status).toBe(204);
    expect((await person.get('/me')).status).toBe(401);
  });

  it('is over at once when the person leaves or the account is disabled', async () => {
    const admin = await api.as('admin');
    const rep = await api.as('carl.lin');
    const clerk = await api.as('credit2');
    expect((await admin.delete(`/org/people/${await api.personId('carl.lin')}`)).status).toBe(204);
    await api.dataSource.query(`UPDATE account SET disabled_at = now() WHERE employee_id = $1`, [
      await api.personId('credit2'),
    ]);
    expect((await rep.get('/me')).status).toBe(401);
    expect((await clerk.get('/me')).status).toBe(401);
    expect((await login('carl.lin', 'sealflow')).status).toBe(401);
    expect((await login('credit2', 'sealflow')).status).toBe(401);
  });

  it('is over when it expires', async () => {
    const person = await api.as('delivery');
    await api.dataSource.query(
      `UPDATE session SET expires_at = now() - interval '1 second' WHERE employee_id = $1`,
      [await api.personId('delivery')],
    );
    expect((await person.get('/me')).status).toBe(401);
  });

  it('loses a right the moment it is taken away', async () => {
    const hr = await api.as('hr');
    expect((await hr.get('/org/people?limit=1')).status).toBe(200);
    await api.dataSource.query(
      `UPDATE role_grant SET valid = tstzrange(lower(valid), now()) WHERE role = 'HR'`,
    );
    expect((await hr.get('/org/people?limit=1')).status).toBe(403);
    expect((await hr.get<{ roles: string[] }>('/me')).body.roles).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['another scheme', 'Basic YWRtaW46c2VhbGZsb3c='],
    ['an unknown token', `Bearer ${'x'.repeat(43)}`],
    ['SQL', `Bearer ' OR 1=1 --`],
    ['a huge token', `Bearer ${'a'.repeat(5_000)}`],
    ['a JWT while no issuer is configured', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.'],
  ])('is not opened by %s', async (_what, authorization) => {
    const answer = await api.anonymous.get('/me', { headers: { Authorization: authorization } });
    expect(answer.status).toBe(401);
    expect(answer.body['code']).toBe('UNAUTHENTICATED');
  });
});

describe('a cookie session (CSRF)', () => {
  const withCookie = async (headers: Record<string, string>, method = 'POST') => {
    const { token } = await api.as('ops');
    return api.anonymous.send(
      method,
      method === 'GET' ? '/me' : '/auth/tokens',
      method === 'GET' ? undefined : { name: 'x', days: 1 },
      {
        headers: { Cookie: `other=1; sealflow_session=${String(token)}`, ...headers },
      },
    );
  };

  it('may read, may not write without the console header', async () => {
    expect((await withCookie({}, 'GET')).status).toBe(200);
    const refused = await withCookie({});
    expect([refused.status, refused.body['code']]).toEqual([403, 'CSRF']);
    expect((await withCookie({ 'X-Sealflow-Console': '1' })).status).toBe(201);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded'])(
    'takes no %s body, whatever its words',
    async (type) => {
      const answer = await withCookie({ 'Content-Type': type });
      expect([answer.status, answer.body['code']]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    },
  );

  it('answers other origins without leave to read', async () => {
    const answer = await withCookie({ Origin: 'https://evil-sealflow.com' }, 'GET');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a personal token', () => {
  it('works until it is revoked, is listed without itself, and comes once per key', async () => {
    const person = await api.as('finance2');
    const issued = await person.post('/auth/tokens', { name: 'nightly job', days: 30 }, { key: 'one' });
    expect(issued.status).toBe(201);
    const again = await person.post('/auth/tokens', { name: 'nightly job', days: 30 }, { key: 'one' });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual({ ...issued.body, token: null });
    const job = clientOf(api.url, String(issued.body['token']));
    expect((await job.get('/me')).body['username']).toBe('finance2');
    const listed = await person.get<Record<string, unknown>[]>('/auth/tokens');
    expect(listed.body.map(({ name }) => name)).toEqual(['nightly job']);
    expect(JSON.stringify(listed.body)).not.toContain(String(issued.body['token']));
    expect((await (await api.as('legal2')).delete(`/auth/tokens/${String(issued.body['id'])}`)).status).toBe(
      404,
    );
    expect((await person.delete(`/auth/tokens/${String(issued.body['id'])}`)).status).toBe(204);
    expect((await job.get('/me')).status).toBe(401);
  });
});
