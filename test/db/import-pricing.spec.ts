import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importNextBatch } from '../../src/commands/import/progress.js';
import { lockList, setState } from '../../src/commands/product/list-draft.js';
import { ImportDesk } from '../builders/import-desk.js';
import { until } from '../support/until.js';

let desk: ImportDesk;

beforeAll(async () => {
  desk = await ImportDesk.open();
}, 120_000);
afterAll(() => desk.close());

/** Somebody hands over the draft of a list; `meanwhile` begins before that is committed, and ends after it. */
async function whileSubmitted(draftId: string, meanwhile: () => Promise<unknown>): Promise<void> {
  const runner = desk.db.createQueryRunner();
  await runner.startTransaction();
  await lockList(runner.manager, draftId);
  await setState(runner.manager, draftId, 'IN_REVIEW');
  const [{ pid }] = (await runner.query(`SELECT pg_backend_pid() AS pid`)) as [{ pid: number }];
  let isOver = false;
  const done = meanwhile().finally(() => (isOver = true));
  await until(async () => {
    const waiting = await desk.db.query<unknown[]>(
      `SELECT 1 FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))`,
      [pid],
    );
    return isOver || waiting.length > 0;
  });
  await runner.commitTransaction();
  await runner.release();
  await done;
}
const listsWith = (product: string, currency: string) =>
  desk.db.query<{ id: string; state: string; list: string }[]>(
    `SELECT l.id, l.state, trim_scale(i.list)::text AS list FROM price_list l JOIN price_item i ON i.price_list_id = l.id
     JOIN product p ON p.id = i.product_id WHERE p.name = $1 AND l.currency = $2 AND i.min_qty = 0 ORDER BY l.version`,
    [product, currency],
  );

describe('a draft that is handed over while a file comes', () => {
  it('gets no price of it any more: what is left of the file goes into a draft of its own', async () => {
    const rows = ['GTX Pro,4900,3400', 'MG Special,60,40'];
    const id = await desk.upload(
      'prices',
      `product,list_price,floor_price,currency\n${rows.map((row) => `${row},GBP\n`).join('')}`,
    );
    await importNextBatch(desk.db, id, 1);
    const [draft] = await listsWith('GTX Pro', 'GBP');
    await whileSubmitted(draft!.id, () => desk.finish(id, 1));
    expect((await listsWith('MG Special', 'GBP')).map(({ state, list }) => [state, list])).toEqual([
      ['DRAFT', '60'],
    ]);
    // it is the next version of what is in review: publishing both takes nothing back
    expect((await listsWith('GTX Pro', 'GBP')).map(({ state, list }) => [state, list])).toEqual([
      ['IN_REVIEW', '4900'],
      ['DRAFT', '4900'],
    ]);
  });

  it('nor by a products file', async () => {
    const file = (price: number) => `product,series,sales_price,currency\nGTX Pro,GTX,${price},GBP\n`;
    await desk.importFile('products', file(4950));
    const [draft] = (await listsWith('GTX Pro', 'GBP')).filter(({ state }) => state === 'DRAFT');
    await whileSubmitted(draft!.id, () => desk.importFile('products', file(5000)));
    const lists = await listsWith('GTX Pro', 'GBP');
    expect(lists.find(({ id }) => id === draft!.id)).toMatchObject({ state: 'IN_REVIEW', list: '4950' });
    expect(lists.at(-1)).toMatchObject({ state: 'DRAFT', list: '5000' });
  });
});

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
