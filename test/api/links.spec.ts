import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loggablePath } from '../../src/api/http/request-log.js';
import { offerMail } from '../../src/commands/channel/mail-endpoint.js';
import { FakeMail } from '../../src/integrations/mail.fake.js';
import { BODY, create, decide, task } from '../builders/approval-client.js';
import { deliveries, postOffice } from '../builders/post-office.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

const LEAD = 'dustin.brinkmann';
const SMALL = { ...BODY, amount: { amount: '20000.00', currency: 'CNY' } };

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, lead] = (await Promise.all(['moses.frase', LEAD].map((name) => api.as(name)))) as [
    ApiClient,
    ApiClient,
  ];
  await offerMail(api.dataSource, true);
  await api.dataSource.query(
    `UPDATE employee SET email = 'lead@example.com', locale = 'en' WHERE username = $1`,
    [LEAD],
  );
});
afterAll(() => api.close());

/** A request that waits for the team lead, and the path of the link in their mail. */
async function mailed(body: object = SMALL): Promise<{ requestId: string; path: string }> {
  const { id: requestId } = await create(rep, body);
  const mail = new FakeMail();
  const [delivery] = await deliveries(api.dataSource, requestId);
  await postOffice(api.dataSource, { mail }).sendDelivery(delivery!.id);
  const path = /https:\/\/sealflow\.example(\/d\/[\w-]{43})/.exec(mail.sent[0]!.text)![1]!;
  return { requestId, path };
}

interface Shown {
  status: number;
  headers: Headers;
  html: string;
}
async function open(path: string, init: RequestInit = {}): Promise<Shown> {
  const response = await fetch(`${api.url}${path}`, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, html: await response.text() };
}
function fieldsOf(html: string): Record<string, string> {
  const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  return { key: value('key'), version: value('version') };
}
function post(
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Shown> {
  return open(path, { method: 'POST', body: new URLSearchParams(fields), headers });
}
const cookie = ({ token }: ApiClient) => ({ Cookie: `sealflow_session=${token}` });

/** Everything a decision would change. */
async function whatIsSo(requestId: string): Promise<unknown> {
  return api.dataSource.query(
    `SELECT r.seq, r.state, s.state AS seat, s.version, l.used_at, (SELECT count(*) FROM event v WHERE v.aggregate_id = r.id) AS events
     FROM approval_request r JOIN approval_seat s ON s.request_id = r.id LEFT JOIN action_link l ON l.seat_id = s.id WHERE r.id = $1`,
    [requestId],
  );
}

describe('AE-LINK-1 a link that is only looked at', () => {
  it.each([
    'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0) Microsoft Office Outlook SafeLinks',
    'Mozilla/5.0 (compatible; Barracuda Sentinel)',
    'Mimecast-URL-Protect',
    'Mozilla/5.0 (compatible; GoogleImageProxy)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  ])('changes nothing, whoever looks (activepieces#14024, #14252, #14255): %s', async (agent) => {
    const { requestId, path } = await mailed();
    const before = await whatIsSo(requestId);
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'GET'])
      await open(path, { method, headers: { 'User-Agent': agent, Purpose: 'prefetch' } });
    expect(await whatIsSo(requestId)).toEqual(before);
    expect((await open(path)).html).toContain('name="action"');
  });

  it('shows the matter, the buttons and nothing from elsewhere; small, unstored, unframed, without referrer', async () => {
    const { path } = await mailed();
    const { status, headers, html } = await open(path);
    expect(status).toBe(200);
    expect(html).toContain('20000.00 CNY');
    expect(html).toContain('Approve');
    expect(html).not.toMatch(/<script|src=|https?:/);
    expect(html.length).toBeLessThan(10_000);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag') ?? html).toContain('noindex');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).toContain("form-action 'self'");
  });

  it('a scanner that presses every button has chosen nothing: refused, the token unspent', async () => {
    const { requestId, path } = await mailed();
    const before = await whatIsSo(requestId);
    const answer = await post(path, { ...fieldsOf((await open(path)).html), comment: '' });
    expect([answer.status, await whatIsSo(requestId)]).toEqual([422, before]);
  });

  it('an unknown link is a page, not an error; the token never gets into a log', async () => {
    expect((await open(`/d/${'x'.repeat(43)}`)).status).toBe(404);
    expect((await open('/d/short')).status).toBe(404);
    expect(loggablePath('/d/secret-token?x=1')).toBe('/d/…');
    expect(loggablePath('/api/v1/inbox?x=1')).toBe('/api/v1/inbox');
  });
});

describe('AE-LINK-1 a decision from a mail', () => {
  it('within the limit: the mail is enough, once; sent twice it is one decision; the actor is the holder', async () => {
    const { requestId, path } = await mailed();
    const fields = { ...fieldsOf((await open(path)).html), action: 'APPROVE', comment: 'fine' };
    const first = await post(path, fields);
    const second = await post(path, fields);
    expect([first.status, second.status]).toEqual([200, 409]);
    const decisions = await api.dataSource.query<unknown[]>(
      `SELECT actor, action, comment FROM approval_decision WHERE request_id = $1`,
      [requestId],
    );
    expect(decisions).toEqual([{ actor: await api.personId(LEAD), action: 'APPROVE', comment: 'fine' }]);
    expect(first.html).toContain('Dustin Brinkmann approved');
  });

  it('twenty at once are one decision', async () => {
    const { requestId, path } = await mailed();
    const { version } = fieldsOf((await open(path)).html);
    await Promise.all(
      Array.from({ length: 15 }, () =>
        post(path, { key: randomUUID(), version: version!, action: 'APPROVE' }),
      ),
    );
    const [row] = await api.dataSource.query<{ n: string }[]>(
      `SELECT count(*) AS n FROM approval_decision WHERE request_id = $1`,
      [requestId],
    );
    expect(row!.n).toBe('1');
  });

  it('a rejection needs its comment; refused, the link still works', async () => {
    const { path } = await mailed();
    const fields = fieldsOf((await open(path)).html);
    expect((await post(path, { ...fields, action: 'REJECT' })).status).toBe(422);
    expect(
      (await post(path, { ...fields, key: randomUUID(), action: 'REJECT', comment: 'too cheap' })).status,
    ).toBe(200);
  });

  it('above the limit one must log in as the holder', async () => {
    const { requestId, path } = await mailed(BODY);
    const fields = { ...fieldsOf((await open(path)).html), action: 'APPROVE' };
    const before = await whatIsSo(requestId);
    const answer = await post(path, fields);
    expect([answer.status, await whatIsSo(requestId)]).toEqual([401, before]);
    expect(answer.html).toContain('Sign in as Dustin Brinkmann');
    expect((await post(path, fields, cookie(lead))).status).toBe(200);
  });

  it('a forwarded link: whoever is logged in as somebody else is told whose it is', async () => {
    const { requestId, path } = await mailed();
    const fields = { ...fieldsOf((await open(path)).html), action: 'APPROVE' };
    const before = await whatIsSo(requestId);
    const answer = await post(path, fields, cookie(await api.as('manager')));
    expect([answer.status, await whatIsSo(requestId)]).toEqual([403, before]);
    expect(answer.html).toContain('This link belongs to Dustin Brinkmann');
  });

  it('a form of another site is refused', async () => {
    const { requestId, path } = await mailed();
    const fields = { ...fieldsOf((await open(path)).html), action: 'APPROVE' };
    const before = await whatIsSo(requestId);
    const answer = await post(path, fields, { ...cookie(lead), 'Sec-Fetch-Site': 'cross-site' });
    expect([answer.status, await whatIsSo(requestId)]).toEqual([403, before]);
  });

  it('of somebody who has left is refused', async () => {
    const { requestId, path } = await mailed();
    const fields = { ...fieldsOf((await open(path)).html), action: 'APPROVE' };
    await api.dataSource.query(`UPDATE account SET disabled_at = now() WHERE employee_id = $1`, [
      await api.personId(LEAD),
    ]);
    const before = await whatIsSo(requestId);
    const answer = await post(path, fields);
    await api.dataSource.query(`UPDATE account SET disabled_at = NULL WHERE employee_id = $1`, [
      await api.personId(LEAD),
    ]);
    expect([answer.status, await whatIsSo(requestId)]).toEqual([401, before]);
  });

  it('more than twenty tries in a minute are too many', async () => {
    const { path } = await mailed();
    const fields = fieldsOf((await open(path)).html);
    const answers = [];
    for (let index = 0; index < 21; index += 1)
      answers.push((await post(path, fields, { 'X-Forwarded-For': `192.0.2.${index}` })).status); // no proxy is trusted here
    expect([new Set(answers.slice(0, 20)), answers[20]]).toEqual([new Set([422]), 429]);
  });

  it('only the forms of these pages come as forms', async () => {
    const answer = await fetch(`${api.url}/api/v1/auth/login`, {
      method: 'POST',
      body: new URLSearchParams({ username: 'x' }),
    });
    expect(answer.status).toBe(415);
  });
});

describe('AE-LINK-2 afterwards the link says what happened, and by whom', () => {
  it('a decision on the page: its actor, not whoever looks (frappe#34570)', async () => {
    const { requestId, path } = await mailed();
    await decide(lead, requestId, 'REJECT');
    const { html } = await open(path, { headers: cookie(rep) });
    expect(html).toContain('This task has been answered. Dustin Brinkmann rejected');
    expect(html).not.toContain('<form');
  });

  it('a transfer: who passed it on and who has it; a late answer changes nothing', async () => {
    const { requestId, path } = await mailed();
    const fields = { ...fieldsOf((await open(path)).html), action: 'APPROVE' };
    const item = await task(lead, requestId);
    await lead.post(`/seats/${item.seatId}/transfer`, {
      toPersonId: await api.personId('manager'),
      expectedSeatVersion: item.seatVersion,
      reason: 'away',
    });
    const before = await whatIsSo(requestId);
    const late = await post(path, fields, cookie(lead));
    expect([late.status, await whatIsSo(requestId)]).toEqual([409, before]);
    expect(late.html).toMatch(/no longer yours\. Dustin Brinkmann passed it on, .* has it now\./);
  });

  it('a withdrawal: by the initiator', async () => {
    const { requestId, path } = await mailed();
    const { body } = await rep.get<{ version: number }>(`/requests/${requestId}`);
    await rep.post(`/requests/${requestId}/withdraw`, { expectedVersion: body.version });
    expect((await open(path)).html).toContain('needs nobody any more. Moses Frase withdrew it');
  });

  it('an old link: expired, and content that moved on since', async () => {
    const { requestId, path } = await mailed();
    await api.dataSource.query(`UPDATE action_link SET expires_at = now() WHERE request_id = $1`, [
      requestId,
    ]);
    expect((await open(path)).html).toContain('This link has expired');
    await api.dataSource.query(
      `UPDATE action_link SET subject_hash = repeat('0', 64) WHERE request_id = $1`,
      [requestId],
    );
    expect((await open(path)).html).toContain('The content has changed');
  });
});
