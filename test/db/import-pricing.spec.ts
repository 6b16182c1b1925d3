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

  it('a product by its number and by its name, or one quantity in two spellings, is one price', async () => {
    const file =
      'product,list_price,floor_price,from_qty\nGTX Basic,500,400,5\nGTX-BASIC,510,400,5.0\nGTX Basic,520,400,5.00\n';
    const { errors, ...job } = await desk.importFile('prices', file);
    expect(job).toMatchObject({ state: 'DONE', created: 1, invalid: 2 });
    expect(errors.map(({ row, rule }) => [row, rule])).toEqual([
      [3, 'DOUBLE'],
      [4, 'DOUBLE'],
    ]);
    const costs = 'product,cost\nMG Special,30\nMG-SPECIAL,31\n';
    const twice = await desk.importFile('costs', costs, 1);
    expect(twice).toMatchObject({ updated: 1, invalid: 1, errors: [{ row: 3, rule: 'DOUBLE' }] });
  });

  it('costs and rates hold from then on, the same file again changes nothing, and one process follows all of a batch', async () => {
    await desk.db.query(`DELETE FROM price_change`);
    const costs = 'product,cost\nGTX Pro,2700\nGTX Basic,290\n';
    expect(await desk.importFile('costs', costs)).toMatchObject({ updated: 2 });
    expect(await desk.importFile('costs', costs)).toMatchObject({ updated: 0, unchanged: 2 });
    const rates = 'currency,rate,as_of\nJPY,0.04712345,26-11-2026\nUSD,0,26-11-2026\nXXQ,1,26-11-2026\n';
    const { errors, ...job } = await desk.importFile('rates', rates);
    expect(job).toMatchObject({ created: 1, invalid: 2 });
    expect(errors.map(({ column }) => column)).toEqual(['rate', 'currency']);
    const told = await desk.db.query<unknown[]>(
      `SELECT kind, cardinality(product_ids) AS products FROM price_change ORDER BY kind`,
    );
    expect(told).toEqual([
      { kind: 'COST', products: 2 },
      { kind: 'FX', products: null },
    ]);
  });
});
