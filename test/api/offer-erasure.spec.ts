import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyEverything } from '../../src/commands/audit/verify.js';
import { LIN, NO, offerDesk, type OfferDesk } from '../builders/offer.js';
import { act, refusal } from '../builders/quotation.js';

let desk: OfferDesk;
beforeAll(async () => {
  desk = await offerDesk();
});
afterAll(() => desk.api.close());

describe('what a customer told', () => {
  it('is erased on demand; that they answered, what and when stays, and the chain with it', async () => {
    const { id, path } = await desk.mailed();
    await desk.answer(path, { ...NO, reason: 'my neighbour sells cheaper' });
    const admin = await desk.api.as('admin');
    expect(
      (await desk.rep.post(`/quotes/${id}/customer-erasures`, { reason: 'asked for by mail' })).status,
    ).toBe(403);
    expect(refusal(await admin.post(`/quotes/${id}/customer-erasures`, { reason: ' ' }))).toEqual([
      400,
      'VALIDATION',
      '/reason',
    ]);
    const first = await admin.post(`/quotes/${id}/customer-erasures`, { reason: 'asked for by mail' });
    expect([first.status, first.body]).toEqual([200, { links: 1, answers: 1 }]);
    expect((await admin.post(`/quotes/${id}/customer-erasures`, { reason: 'again' })).body).toEqual({
      links: 0,
      answers: 0,
    });
    const { body } = await desk.rep.get(`/quotes/${id}/offer`);
    expect(body).toMatchObject({
      links: [{ name: null, address: null, delivery: 'SENT' }],
      answer: { answer: 'DECLINE', name: null, reason: null, ip: null },
    });
    expect((await desk.open(path)).html).toContain('The buyer declined this offer');
    const [left] = await desk.api.dataSource.query<{ n: number }[]>(
      `SELECT (SELECT count(*) FROM event WHERE aggregate_id = $1 AND payload::text ~ 'Lin Wei|cheers|neighbour')
            + (SELECT count(*) FROM offer_answer a WHERE quote_id = $1 AND a::text ~ 'Lin Wei|neighbour')
            + (SELECT count(*) FROM offer_link l WHERE quote_id = $1 AND l::text ~ 'Lin Wei|cheers') AS n`,
      [id],
    );
    expect(Number(left!.n)).toBe(0);
    expect((await verifyEverything(desk.api.dataSource)).bad).toEqual([]);
  });

  it('by telephone is kept the same way: who accepted beside the chain, which text in it', async () => {
    const { id } = await act(desk.rep, (await desk.approved()).id, 'send', { to: LIN });
    await act(desk.rep, id, 'accept', { acceptedBy: 'Ms Zhao', note: 'by telephone' });
    const kept = async () =>
      (
        await desk.api.dataSource.query<{ payload: Record<string, string>; hash: string; texts: string[] }[]>(
          `SELECT e.payload, d.text_hash AS hash, (SELECT array_agg(t.text ORDER BY t.text) FROM personal_text t
             WHERE t.aggregate_id = e.aggregate_id AND t.text IS NOT NULL) AS texts
           FROM event e JOIN quote_document d ON d.quote_id = e.aggregate_id WHERE e.aggregate_id = $1 AND e.type = 'quote.accepted'`,
          [id],
        )
      )[0]!;
    const before = await kept();
    expect(before.payload['acceptedBy']).toMatch(/^sealed:[0-9a-f]{64}$/);
    expect([before.payload['textHash'], before.texts]).toEqual([before.hash, ['Ms Zhao', 'by telephone']]);
    const { body } = await (
      await desk.api.as('admin')
    ).post(`/quotes/${id}/customer-erasures`, { reason: 'by letter' });
    expect([body, (await kept()).texts]).toEqual([{ links: 1, answers: 2 }, ['by letter']]);
  });
});
