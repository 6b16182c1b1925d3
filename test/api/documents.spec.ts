import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalText, type BothLanguages } from '../../src/domain/document/document.js';
import {
  catalogue,
  changePricing,
  draft,
  put,
  refusal,
  submit,
  type Catalogue,
} from '../builders/quotation.js';
import { pdfText } from '../support/pdf-text.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let goods: Catalogue;
beforeAll(async () => {
  api = await startApi();
  await changePricing(api.dataSource, { rollingDays: null });
  rep = await api.as('moses.frase');
  goods = await catalogue(rep);
});
afterAll(() => api.close());

async function pdf(
  client: ApiClient,
  path: string,
): Promise<{ status: number; bytes: Buffer; headers: Headers }> {
  const response = await fetch(`${api.url}/api/v1${path}`, {
    headers: { Authorization: `Bearer ${client.token}` },
  });
  return {
    status: response.status,
    bytes: Buffer.from(await response.arrayBuffer()),
    headers: response.headers,
  };
}
const kept = async (id: string) =>
  (
    await api.dataSource.query<{ document: BothLanguages; text_hash: string }[]>(
      `SELECT document, text_hash FROM quote_document WHERE quote_id = $1`,
      [id],
    )
  )[0];

describe('the PDF of a quotation', () => {
  it('is nobody’s who may not read the quotation', async () => {
    const { id } = await draft(rep, goods.body());
    const stranger = await api.as('zane.levy');
    expect(refusal(await stranger.get(`/quotes/${id}/pdf`))).toEqual([404, 'NOT_FOUND']);
    expect(refusal(await rep.get(`/quotes/${id}/pdf?language=fr`))).toEqual([400, 'VALIDATION', '/language']);
  });

  it('of a draft says that it is one', async () => {
    const { id, number } = await draft(rep, goods.body());
    const { status, bytes, headers } = await pdf(rep, `/quotes/${id}/pdf?language=en`);
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'application/pdf',
      `attachment; filename="${number}-v1-en.pdf"`,
    ]);
    const { frames } = await pdfText(bytes);
    expect(frames[0]).toContain('Draft: not approved, not an offer');
    expect(await kept(id)).toBeUndefined();
  });

  it('of an approved one carries the hash of the text that was approved, in the chain as well; twice the same bytes', async () => {
    const { id } = await submit(rep, (await draft(rep, goods.body())).id);
    const { document, text_hash: hash } = (await kept(id))!;
    expect(createHash('sha256').update(canonicalText(document)).digest('hex')).toBe(hash);
    const [ended] = await api.dataSource.query<{ payload: { textHash: string } }[]>(
      `SELECT payload FROM event WHERE aggregate_kind = 'quote' AND aggregate_id = $1 AND type = 'quote.approval-ended'`,
      [id],
    );
    expect(ended!.payload.textHash).toBe(hash);
    const first = await pdf(rep, `/quotes/${id}/pdf`);
    expect((await pdf(rep, `/quotes/${id}/pdf`)).bytes.equals(first.bytes)).toBe(true);
    const { text, frames } = await pdfText(first.bytes);
    // 20 × 4,821 = 96,420 with 13 % in it: 96,420 × 13 ÷ 113 = 11,092.566…
    expect(text).toContain('增值税（13%）11,092.57CNY');
    expect(text).toContain('价税合计96,420.00CNY');
    expect(text).not.toMatch(/2,651|毛利|成本/);
    expect(frames[0]).toContain(hash);
  });

  it('an amendment within what was approved is a new text; one beyond it is a draft again', async () => {
    const own = await submit(rep, (await draft(rep, goods.body({ unitNet: '4700.00' }))).id);
    const before = (await kept(own.id))!.text_hash;
    const better = await put(rep, own, goods.body({ unitNet: '4710.00' }));
    expect(better.status).toBe(200);
    const after = (await kept(own.id))!.text_hash;
    expect(after).not.toBe(before);
    expect((await pdfText((await pdf(rep, `/quotes/${own.id}/pdf`)).bytes)).frames[0]).toContain(after);
    await put(rep, better.body, goods.body({ unitNet: '2700.00' }));
    expect((await pdfText((await pdf(rep, `/quotes/${own.id}/pdf`)).bytes)).frames[0]).toContain('草稿');
  });

  it('without tax in the policy says nothing of tax', async () => {
    await changePricing(api.dataSource, { vatPct: null });
    const { id } = await draft(rep, goods.body());
    const { text } = await pdfText((await pdf(rep, `/quotes/${id}/pdf?language=en`)).bytes);
    expect(text).toContain('Total96,420.00CNY');
    expect(text).not.toContain('VAT');
  });
});
