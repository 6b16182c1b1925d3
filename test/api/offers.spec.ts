import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loggablePath } from '../../src/api/http/request-log.js';
import { offerMail } from '../../src/commands/channel/mail-endpoint.js';
import { evidenceDigest } from '../../src/commands/link/customer-link.js';
import { remindOfExpiry } from '../../src/commands/quote/offer.js';
import type { OfferEvidence } from '../../src/domain/quote/offer.js';
import { LIN, NO, offerDesk, postOffers, textHashIn, YES, type OfferDesk } from '../builders/offer.js';
import { act, read, refusal, submit } from '../builders/quotation.js';
import type { ApiClient, TestApi } from '../support/api.js';
import { pdfText } from '../support/pdf-text.js';

let desk: OfferDesk;
let api: TestApi;
let rep: ApiClient;
beforeAll(async () => {
  desk = await offerDesk();
  ({ api, rep } = desk);
});
afterAll(() => api.close());

const approved = () => desk.approved();
const mailed = () => desk.mailed();
const open = (path: string, init?: RequestInit) => desk.open(path, init);
const answer: OfferDesk['answer'] = (path, fields, headers) => desk.answer(path, fields, headers);
const overdue = (id: string) =>
  api.dataSource.query(`UPDATE quote SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);

const whatIsSo = (id: string) =>
  api.dataSource.query<unknown[]>(
    `SELECT q.state, q.row_version, q.answered_at, (SELECT count(*) FROM event e WHERE e.aggregate_id = q.id) AS events,
       (SELECT count(*) FROM offer_answer a WHERE a.quote_id = q.id) AS answers FROM quote q WHERE q.id = $1`,
    [id],
  );

describe('an offer by mail', () => {
  it('brings the PDF and a link of the recipient’s own; what is stored cannot answer', async () => {
    const { id } = await act(rep, (await approved()).id, 'send', { to: LIN });
    const { mail } = await postOffers(api.dataSource, id);
    const [sent] = mail.sent;
    expect([sent!.to.address, sent!.subject]).toEqual([
      'lin@cheers.example',
      expect.stringMatching(/^Quotation: Q-.* v1$/),
    ]);
    const [file] = sent!.attachments!;
    const { text, frames } = await pdfText(file!.content);
    expect(text).toContain('TotalincludingVAT96,420.00CNY');
    const [row] = await api.dataSource.query<{ hash: string; token_hash: Buffer }[]>(
      `SELECT d.text_hash AS hash, l.token_hash FROM quote_document d JOIN offer_link l ON l.quote_id = d.quote_id WHERE d.quote_id = $1`,
      [id],
    );
    expect(frames[0]).toContain(row!.hash);
    const token = /\/o\/([\w-]{43})/.exec(sent!.text)![1]!;
    expect(
      (
        await api.dataSource.query<unknown[]>(
          `SELECT 1 FROM offer_link WHERE token_hash = convert_to($1, 'UTF8')`,
          [token],
        )
      ).length,
    ).toBe(0);
    expect(row!.token_hash.length).toBe(32);
    expect(loggablePath(`/o/${token}?language=en`)).toBe('/o/…');
  });

  it('needs an address that is one, and a way to send mail; refused, nothing is sent', async () => {
    const own = await approved();
    expect(refusal(await rep.post(`/quotes/${own.id}/send`, { to: { ...LIN, address: 'lin' } }))).toEqual([
      400,
      'VALIDATION',
      '/to/address',
    ]);
    await offerMail(api.dataSource, false);
    expect(refusal(await rep.post(`/quotes/${own.id}/send`, { to: LIN }))).toEqual([
      422,
      'MAIL_NOT_CONFIGURED',
    ]);
    await offerMail(api.dataSource, true);
    expect((await read(rep, own.id)).state).toBe('APPROVED');
  });

  it('that was answered before it went out is not sent', async () => {
    const { id } = await act(rep, (await approved()).id, 'send', { to: LIN });
    await act(rep, id, 'decline', { reason: 'by telephone' });
    expect((await postOffers(api.dataSource, id)).states).toEqual(['SKIPPED']);
  });

  it('goes out again to somebody else; links taken by hand are in the chain with who took them', async () => {
    const { id, path } = await mailed();
    expect(
      refusal(await (await api.as('zane.levy')).post(`/quotes/${id}/offer-links`, { language: 'en' })),
    ).toEqual([404, 'NOT_FOUND']);
    await act(rep, id, 'offer-mails', {
      to: { ...LIN, name: 'Wu Min', address: 'wu@cheers.example', language: 'zh-CN' },
    });
    expect((await postOffers(api.dataSource, id)).mail.sent[0]!.subject).toMatch(/^报价: Q-/);
    const { body } = await rep.post<{ path: string }>(`/quotes/${id}/offer-links`, { language: 'en' });
    expect((await open(body.path)).status).toBe(200);
    const { body: view } = await rep.get<{ links: { way: string; by: string; delivery: string | null }[] }>(
      `/quotes/${id}/offer`,
    );
    expect(view.links.map(({ way, delivery }) => [way, delivery])).toEqual([
      ['HAND', null],
      ['MAIL', 'SENT'],
      ['MAIL', 'SENT'],
    ]);
    expect((await open(path)).status).toBe(200);
  });
});

describe('the customer’s page', () => {
  it('shows the offer and changes nothing, whoever looks (activepieces#14024, #14252, #14255)', async () => {
    const { id, path } = await mailed();
    const before = await whatIsSo(id);
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'GET'])
      await open(path, { method, headers: { 'User-Agent': 'SafeLinks', Purpose: 'prefetch' } });
    await open(`${path}?pdf=1`);
    const { status, headers, html } = await open(path);
    expect([status, await whatIsSo(id)]).toEqual([200, before]);
    expect(html).toContain('Total including VAT');
    expect(html.replace(/<style.*?<\/style>/s, '')).not.toMatch(/<script|src=|https?:|4821\.0000|margin/);
    expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual([
      'no-referrer',
      'no-store',
    ]);
    expect((await open(`${path}?language=zh-CN`)).html).toContain('价税合计');
    expect((await open(`${path}?pdf=1&language=zh-CN`)).headers.get('content-disposition')).toMatch(
      /-v1-zh\.pdf/,
    );
    expect((await open(`/o/${'x'.repeat(43)}`)).status).toBe(404);
  });

  it.each([
    [{}, 422],
    [{ answer: 'ACCEPT', name: '', title: 'Buyer' }, 422],
    [{ answer: 'ACCEPT', name: 'Lin Wei', title: ' ' }, 422],
    [{ answer: 'DECLINE', name: 'Lin Wei', reason: '' }, 422],
    [{ ...YES, textHash: 'f'.repeat(64) }, 409],
  ])('an answer that lacks something is refused and leaves the link unspent: %j', async (fields, status) => {
    const { id, path } = await mailed();
    const before = await whatIsSo(id);
    expect([(await answer(path, fields)).status, await whatIsSo(id)]).toEqual([status, before]);
  });

  it('accepts once; sent again, also with another answer, it gets the first one', async () => {
    const { id, path } = await mailed();
    const from = { 'User-Agent': 'Phone/1.0', 'X-Forwarded-For': '192.0.2.1, 203.0.113.9' };
    const first = await answer(path, YES, from);
    expect([first.status, (await read(rep, id)).state]).toEqual([200, 'ACCEPTED']);
    expect(first.html).toContain('Lin Wei accepted this offer');
    const after = await whatIsSo(id);
    const again = await answer(path, NO);
    expect([again.status, await whatIsSo(id)]).toEqual([200, after]);
    expect(again.html).toContain('Lin Wei accepted this offer');
    const [kept] = await api.dataSource.query<
      { evidence: OfferEvidence; salt: Buffer; evidence_hash: string; payload: Record<string, string> }[]
    >(
      `SELECT a.evidence, a.salt, a.evidence_hash, e.payload FROM offer_answer a JOIN event e ON e.aggregate_id = a.quote_id AND e.type = 'quote.accepted' WHERE a.quote_id = $1`,
      [id],
    );
    expect(kept!.evidence).toMatchObject({
      answer: 'ACCEPT',
      name: 'Lin Wei',
      title: 'Head of purchasing',
      userAgent: 'Phone/1.0',
    });
    expect(kept!.evidence.ip).toBe('203.0.113.9'); // what the trusted proxy saw, not what the caller claims before it
    expect(evidenceDigest({ ...kept!.evidence }, kept!.salt)).toBe(kept!.evidence_hash);
    expect(kept!.payload).toMatchObject({ evidence: kept!.evidence_hash, textHash: kept!.evidence.textHash });
    expect(JSON.stringify(kept!.payload)).not.toContain('Lin Wei');
    const [told] = await api.dataSource.query<{ n: string }[]>(
      `SELECT count(*) AS n FROM notification WHERE dedupe_key = $1`,
      [`OFFER_ANSWERED/${id}`],
    );
    expect(told!.n).toBe('1');
  });

  it('yes and no and fifteen more at once by two links are one answer', async () => {
    const { id, path } = await mailed();
    const { body } = await rep.post<{ path: string }>(`/quotes/${id}/offer-links`, { language: 'en' });
    const textHash = textHashIn((await open(path)).html);
    const send = (to: string, fields: object) =>
      open(to, { method: 'POST', body: new URLSearchParams({ textHash, ...fields }) });
    const shown = await Promise.all(
      Array.from({ length: 16 }, (_, n) => send(n % 2 === 0 ? path : body.path, n % 3 === 0 ? NO : YES)),
    );
    const [so] = (await whatIsSo(id)) as { state: string; answers: string }[];
    expect(so!.answers).toBe('1');
    expect(['ACCEPTED', 'DECLINED']).toContain(so!.state);
    const thanks = { ACCEPTED: 'We have your acceptance', DECLINED: 'We have your answer' };
    const [said, unsaid] =
      so!.state === 'ACCEPTED' ? [thanks.ACCEPTED, thanks.DECLINED] : [thanks.DECLINED, thanks.ACCEPTED];
    expect(shown.filter(({ html }) => html.includes(said)).length).toBeGreaterThan(0);
    expect(shown.filter(({ html }) => html.includes(unsaid))).toEqual([]);
    const ends = [(await open(path)).status, (await open(body.path)).status].sort();
    expect(ends).toEqual([200, 410]);
  });

  it('declines with a reason, and the owner may revise', async () => {
    const { id, path } = await mailed();
    expect((await answer(path, NO)).status).toBe(200);
    expect((await read(rep, id)).actions).toEqual(['REVISE']);
    expect((await rep.get(`/quotes/${id}/offer`)).body).toMatchObject({
      answer: { answer: 'DECLINE', reason: 'too expensive' },
    });
  });

  it('of a superseded version has ended and says so; the offer is not shown any more', async () => {
    const { id, path } = await mailed();
    const next = await act(rep, id, 'revise');
    await submit(rep, next.id);
    const { status, html } = await open(path);
    expect([status, html.includes('replaced by a newer version'), html.includes('96,420.00')]).toEqual([
      410,
      true,
      false,
    ]);
    expect((await answer(path, YES)).status).toBe(410);
    expect((await read(rep, id)).state).toBe('SUPERSEDED');
  });

  it('after the last second of validity has ended, whether the clock has come by or not', async () => {
    const { id, path } = await mailed();
    await overdue(id);
    expect([
      (await open(path)).status,
      (await answer(path, YES)).status,
      (await open(`${path}?pdf=1`)).status,
    ]).toEqual([410, 410, 410]);
    expect((await read(rep, id)).state).toBe('SENT');
    expect(refusal(await rep.post(`/quotes/${id}/offer-links`, { language: 'en' }))).toEqual([
      409,
      'QUOTE_EXPIRED',
    ]);
  });

  it('is not answered by an employee, nor by a form of another site', async () => {
    const { id, path } = await mailed();
    const before = await whatIsSo(id);
    expect((await answer(path, YES, { Cookie: `sealflow_session=${rep.token}` })).status).toBe(403);
    expect((await answer(path, YES, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect(await whatIsSo(id)).toEqual(before);
  });
});

describe('reminders before the end of validity (processes 3.2: −7, −2 days)', () => {
  it('tell the owner once, and the customer where the policy says so', async () => {
    const { id } = await mailed();
    const step = (key: string) => ({ key, correlationId: null });
    await remindOfExpiry(api.dataSource, step('a'), id, 7);
    await remindOfExpiry(api.dataSource, step('b'), id, 7);
    const { mail } = await postOffers(api.dataSource, id);
    expect(mail.sent.map(({ subject }) => subject.split(':')[0])).toEqual(['Quotation expires soon']);
    const told = await api.dataSource.query<{ person_id: string }[]>(
      `SELECT person_id FROM notification WHERE dedupe_key LIKE $1`,
      [`OFFER_EXPIRING/${id}/%`],
    );
    expect(told).toEqual([{ person_id: await api.personId('moses.frase') }]);
  });
});
