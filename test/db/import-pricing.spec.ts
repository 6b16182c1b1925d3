import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImportDesk } from '../builders/import-desk.js';

let desk: ImportDesk;

beforeAll(async () => {
  desk = await ImportDesk.open();
}, 120_000);
afterAll(() => desk.close());

describe('files of whoever keeps prices', () => {
  it('prices go into a draft of their list, with steps; what the file does not name stays', async () => {
    const file =
      'product,list_price,floor_price,from_qty\nGTX Pro,4900,3400,\nGTX-PRO,4600,3300,50\nNo Such,1,1,\nGTX Pro,10,11,7\n';
    const { id, errors, ...job } = await desk.importFile('prices', file, 2);
    expect(job).toMatchObject({ state: 'DONE', created: 1, updated: 1, invalid: 2 });
    expect(errors.map(({ rule }) => rule)).toEqual(['PRODUCT_UNKNOWN', 'FLOOR_ABOVE_LIST']);
    const rows = await desk.db.query<unknown[]>(
      `SELECT l.state, l.authors, trim_scale(i.min_qty)::text AS "minQty", trim_scale(i.list)::text AS list
       FROM price_list l JOIN price_item i ON i.price_list_id = l.id JOIN product p ON p.id = i.product_id
       WHERE l.import_job_id = $1 AND p.name IN ('GTX Pro', 'MG Special') ORDER BY p.name, i.min_qty`,
      [id],
    );
    const prices = [
      ['0', '4900'],
      ['50', '4600'],
      ['0', '55'],
    ].map(([minQty, list]) => ({ state: 'DRAFT', authors: [desk.clerk], minQty, list }));
    expect(rows).toEqual(prices);
  });

  it('costs and rates hold from then on, the same file again changes nothing, and a process follows each', async () => {
    const costs = 'product,cost\nGTX Pro,2700\n';
    expect(await desk.importFile('costs', costs)).toMatchObject({ updated: 1 });
    expect(await desk.importFile('costs', costs)).toMatchObject({ updated: 0, unchanged: 1 });
    const rates = 'currency,rate,as_of\nJPY,0.04712345,26-11-2026\nUSD,0,26-11-2026\nXXQ,1,26-11-2026\n';
    const { errors, ...job } = await desk.importFile('rates', rates);
    expect(job).toMatchObject({ created: 1, invalid: 2 });
    expect(errors.map(({ column }) => column)).toEqual(['rate', 'currency']);
    const told = await desk.db.query<unknown[]>(
      `SELECT kind FROM price_change WHERE text LIKE 'cost%' OR kind = 'FX' ORDER BY kind`,
    );
    expect(told).toEqual([{ kind: 'COST' }, { kind: 'FX' }]);
  });
});
