import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { Desk } from '../builders/approval-desk.js';
import { ballot, task } from '../builders/approval-client.js';
import { clientOf, startApi, type TestApi } from '../support/api.js';

const ISSUER = 'https://login.example.test';
const AUDIENCE = 'sealflow-api';

let api: TestApi;
let issuer: Server;
let fetches = 0;
let key: CryptoKey;
let stranger: CryptoKey;
let publicPem: string;

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  key = pair.privateKey;
  publicPem = await exportSPKI(pair.publicKey);
  stranger = (await generateKeyPair('RS256')).privateKey;
  const jwks = JSON.stringify({
    keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }],
  });
  issuer = createServer((_request, response) => {
    fetches += 1;
    response.setHeader('Content-Type', 'application/json').end(jwks);
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`;
  api = await startApi({ oidc: { issuer: ISSUER, audience: AUDIENCE, jwksUrl } });
  const admin = await api.as('admin');
  const linked = await admin.post(`/org/people/${await api.personId('legal')}/identities`, {
    issuer: ISSUER,
    subject: 'sub-legal',
  });
  expect(linked.status).toBe(204);
});
afterAll(async () => {
  await api.close();
  issuer.close();
});

interface Claims {
  iss?: string;
  aud?: string | string[];
  sub?: string;
  exp?: string | null;
  nbf?: string;
  auth_time?: unknown;
}

function sign(
  claims: Claims = {},
  header: Record<string, unknown> = {},
  by: CryptoKey = key,
): Promise<string> {
  const jwt = new SignJWT({
    sub: claims.sub ?? 'sub-legal',
    aud: claims.aud ?? AUDIENCE,
    iss: claims.iss ?? ISSUER,
    ...(claims.auth_time === undefined ? {} : { auth_time: claims.auth_time }),
  });
  if (claims.exp !== null) jwt.setExpirationTime(claims.exp ?? '5m');
  if (claims.nbf) jwt.setNotBefore(claims.nbf);
  return jwt
    .setIssuedAt()
    .setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header })
    .sign(by);
}

const me = (token: string) => api.anonymous.get('/me', { headers: { Authorization: `Bearer ${token}` } });

describe('a token of the issuer', () => {
  it('stands for the person its subject is linked to', async () => {
    const answer = await me(await sign());
    expect([answer.status, answer.body['username']]).toEqual([200, 'legal']);
    expect((await me(await sign({ aud: [AUDIENCE, 'other'] }, { typ: 'at+jwt' }))).status).toBe(200);
  });

  it('stands for nobody when the subject is not linked, or the person has left', async () => {
    expect((await me(await sign({ sub: 'sub-stranger' }))).status).toBe(401);
    const admin = await api.as('admin');
    await admin.post(`/org/people/${await api.personId('legal2')}/identities`, {
      issuer: ISSUER,
      subject: 'sub-2',
    });
    const token = await sign({ sub: 'sub-2' });
    expect((await me(token)).status).toBe(200);
    await admin.delete(`/org/people/${await api.personId('legal2')}`);
    expect((await me(token)).status).toBe(401);
  });

  const unsigned = (alg: string) => {
    const [, payload] = new UnsecuredJWT({ sub: 'sub-legal' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setExpirationTime('5m')
      .encode()
      .split('.');
    return `${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.${String(payload)}.`;
  };

  it.each<[string, () => Promise<string> | string]>([
    ['alg none', () => unsigned('none')],
    ['alg NoNe', () => unsigned('NoNe')],
    [
      'HS256 with the public key as the secret',
      () =>
        new SignJWT({ sub: 'sub-legal', aud: AUDIENCE, iss: ISSUER })
          .setExpirationTime('5m')
          .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
          .sign(new TextEncoder().encode(publicPem)),
    ],
    ['another key under a known kid', () => sign({}, {}, stranger)],
    [
      'a key of its own in the header',
      async () => sign({}, { kid: undefined, jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }, stranger),
    ],
    ['a jku header', () => sign({}, { kid: 'evil', jku: 'http://127.0.0.1:1/jwks' }, stranger)],
    ['a path as kid', () => sign({}, { kid: '../../etc/passwd' }, stranger)],
    ['another audience', () => sign({ aud: 'sealflow-console' })],
    ['another issuer', () => sign({ iss: 'https://login.example.test.evil' })],
    ['no expiry', () => sign({ exp: null })],
    ['an expiry in the past', () => sign({ exp: '-10m' })],
    ['a beginning tomorrow', () => sign({ nbf: '1d' })],
    [
      'an unknown critical header',
      async () =>
        `${Buffer.from('{"alg":"RS256","kid":"k1","crit":["x"],"x":1}').toString('base64url')}.e30.AA`,
    ],
    ['a token type that is none of access', () => sign({}, { typ: 'logout+jwt' })],
    ['a cut signature', async () => (await sign()).slice(0, -8)],
    ['100 kB', async () => `${await sign()}${'a'.repeat(12_000)}`],
  ])('is refused with %s', async (_what, forge) => {
    const answer = await me(await forge());
    expect([answer.status, answer.body['code']]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('with a thousand unknown key ids does not hammer the issuer', async () => {
    const before = fetches;
    for (let n = 0; n < 30; n += 1)
      expect((await me(await sign({}, { kid: `unknown-${n}` }, stranger))).status).toBe(401);
    expect(fetches - before).toBeLessThanOrEqual(1);
  });
});

describe('AE-REQ-1 the issuer says when the person proved who they are', () => {
  const seconds = (minutesAgo: number) => Math.floor(Date.now() / 1000) - minutesAgo * 60;
  it.each<[string, unknown, number | string[]]>([
    ['just now', seconds(1), 200],
    ['too long ago', seconds(30), ['stepUp']],
    ['in the future', seconds(-10), ['stepUp']],
    ['not at all', undefined, ['stepUp']],
    ['in words', 'now', ['stepUp']],
  ])('%s', async (_case, authTime, expected) => {
    const desk = await Desk.over(api.dataSource);
    const requestId = await desk.pending([
      desk.seats('A', ['legal'], { requires: { APPROVE: ['STEP_UP'] } }),
    ]);
    const item = await task(await api.as('legal'), requestId);
    const answer = await clientOf(api.url, await sign({ auth_time: authTime })).post<{ missing: string[] }>(
      `/seats/${item.seatId}/decisions`,
      ballot(item),
    );
    expect(answer.status === 200 ? 200 : answer.body.missing).toEqual(expected);
  });
});
