import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decide, type View } from '../builders/approval-client.js';
import { catalogue, draft, refusal, submit, type Catalogue } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Bound {
  dimension: string;
  direction: string;
  allowed: unknown;
}
type Shown = Omit<View, 'path'> & {
  covers: (Bound & { widenable: boolean; widest: unknown })[];
  path: { key: string; seats: { envelope: { bounds: Bound[] | null } | null }[] }[];
};

let api: TestApi;
let rep: ApiClient;
let director: ApiClient;
let goods: Catalogue;
beforeAll(async () => {
  api = await startApi();
  [rep, director] = (await Promise.all(['moses.frase', 'director.central'].map((name) => api.as(name)))) as [
    ApiClient,
    ApiClient,
  ];
  goods = await catalogue(rep);
});
afterAll(() => api.close());

const asked = async (discountPct = '12') => {
  const { id } = await draft(rep, goods.body({ discountPct }));
  return (await submit(rep, id)).requestId!;
};
const view = async (client: ApiClient, id: string) => (await client.get<Shown>(`/requests/${id}`)).body;

describe('AE-ENV-1 what an approval of a quotation covers', () => {
  it('is shown before it is given, with how far it may be widened', async () => {
    const requestId = await asked();
    const { covers } = await view(director, requestId);
    expect(covers.find(({ dimension }) => dimension === 'discountPct')).toMatchObject({
      label: 'Discount % · 折扣率',
      direction: 'AT_MOST',
      allowed: '12',
      widenable: true,
      widest: '20',
    });
    expect(covers.find(({ dimension }) => dimension === 'marginFlag')).toMatchObject({
      direction: 'AT_LEAST',
      widenable: false,
      widest: null,
    });
    expect((await view(rep, requestId)).covers).toEqual([]);
  });

  it('is kept as its approver set it, and shown with the answer', async () => {
    const requestId = await asked();
    const envelope = [
      { dimension: 'discountPct', allowed: '18' },
      { dimension: 'lineDiscountPct', exact: true },
    ];
    expect(await decide(director, requestId, 'APPROVE', { envelope })).toMatchObject({ status: 200 });
    const { path } = await view(rep, requestId);
    const [stage] = path.filter(({ key }) => key === 'REGIONAL_DIRECTOR');
    const { bounds } = stage!.seats.find((seat) => seat.envelope !== null)!.envelope!;
    expect(bounds).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ dimension: 'discountPct', direction: 'AT_MOST', allowed: '18' }),
        expect.objectContaining({ dimension: 'lineDiscountPct', direction: 'SAME' }),
        expect.objectContaining({ dimension: 'goods', direction: 'SAME', allowed: ['GTX-PRO × 20'] }),
        expect.objectContaining({ dimension: 'customer', direction: 'SAME' }),
      ]),
    );
    const rows = await api.dataSource.query<{ stored: Bound[]; told: Bound[] }[]>(
      `SELECT d.envelope->'bounds' AS stored, e.payload->'decision'->'envelope'->'bounds' AS told
       FROM approval_decision d JOIN event e ON e.aggregate_id = d.request_id AND e.type = 'seat.decided'
       WHERE d.request_id = $1`,
      [requestId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.stored).toEqual(rows[0]!.told);
  });

  it.each([
    [403, 'ENVELOPE_BEYOND_AUTHORITY', { dimension: 'discountPct', allowed: '20.5' }, '/envelope/0/allowed'],
    [422, 'ENVELOPE_INVALID', { dimension: 'discountPct', allowed: '11' }, '/envelope/0'],
    [422, 'ENVELOPE_INVALID', { dimension: 'weather', exact: true }, '/envelope/0'],
    [400, 'VALIDATION', { dimension: 'discountPct', allowed: 18 }, '/envelope/0/allowed'],
  ])('is refused: %i %s %j', async (status, code, wish, pointer) => {
    const requestId = await asked();
    const answer = await decide(director, requestId, 'APPROVE', { envelope: [wish] });
    expect(refusal(answer)).toEqual([status, code, pointer]);
    if (status !== 400) expect(answer.body).toMatchObject({ dimension: wish.dimension });
    expect((await view(director, requestId)).state).toBe('PENDING');
  });
});
