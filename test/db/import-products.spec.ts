import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImportDesk } from '../builders/import-desk.js';
import { until } from '../support/until.js';

let desk: ImportDesk;

beforeAll(async () => {
  desk = await ImportDesk.open();
}, 120_000);
afterAll(() => desk.close());

describe('a products file', () => {
  const HEADER = 'product,series,sales_price\n';
  const listsOf = (product: string): Promise<unknown[]> =>
    desk.db.query<unknown[]>(
      `SELECT l.version, l.state, trim_scale(i.list)::text AS list, trim_scale(i.floor)::text AS floor FROM price_list l
       JOIN price_item i ON i.price_list_id = l.id JOIN product p ON p.id = i.product_id
       WHERE p.name = $1 ORDER BY l.version`,
      [product],
    );

  it('puts changed prices into a draft that a second person publishes; until then the old ones hold', async () => {
    const file = `${HEADER}GTX Basic,GTX,560\nGTX Pro,GTX,4821\nGTZ One,GTZ,100\n`;
    const { errors, ...job } = await desk.importFile('products', file);
    expect(job).toMatchObject({ created: 1, updated: 1, unchanged: 1, warnings: 1 });
    expect(errors).toMatchObject([{ row: 4, rule: 'ASSUMED' }]);
    const old = { version: 1, state: 'APPROVED', list: '550', floor: '385' };
    expect(await listsOf('GTX Basic')).toEqual([
      old,
      { version: 2, state: 'DRAFT', list: '560', floor: '385' },
    ]);
    const [draft] = await desk.db.query<unknown[]>(
      `SELECT authors, valid FROM price_list WHERE state = 'DRAFT'`,
    );
    expect(draft).toEqual({ authors: [desk.clerk], valid: null });
    expect(await desk.importFile('products', file)).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 3,
      warnings: 0,
    });
    // what comes while it waits is added to it
    expect(await desk.importFile('products', `${HEADER}GTX Basic,GTX,570\n`, 1)).toMatchObject({
      updated: 1,
    });
    expect(await listsOf('GTX Basic')).toEqual([
      old,
      { version: 2, state: 'DRAFT', list: '570', floor: '385' },
    ]);
  });

  it('two at once, without a draft yet, put their prices into one', async () => {
    const header = 'product,series,sales_price,currency\n';
    const jobs = [
      await desk.upload('products', `${header}GTX Basic,GTX,61,GBP\n`),
      await desk.upload('products', `${header}GTX Pro,GTX,62,GBP\n`),
    ];
    let batches: Promise<unknown> = Promise.resolve();
    // whoever publishes a list of the currency keeps both from making theirs until both are there
    await desk.db.transaction(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('price_list/GBP', 0))`);
      batches = Promise.all(jobs.map((id) => desk.finish(id)));
      await until(async () => {
        const [row] = await desk.db.query<{ n: string }[]>(
          `SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        return Number(row!.n) === 2;
      });
    });
    await batches;
    for (const id of jobs) expect(await desk.counts(id)).toMatchObject({ state: 'DONE', updated: 1 });
    expect(
      await desk.db.query<unknown[]>(
        `SELECT l.version, p.name, trim_scale(i.list)::text AS list FROM price_list l
         JOIN price_item i ON i.price_list_id = l.id JOIN product p ON p.id = i.product_id
         WHERE l.currency = 'GBP' ORDER BY l.version, p.name`,
      ),
    ).toEqual([
      { version: 1, name: 'GTX Basic', list: '61' },
      { version: 1, name: 'GTX Pro', list: '62' },
    ]);
  });

  it('named by number and by name is one product: the second row is refused', async () => {
    const file = `product,series,sales_price,sku\nGTZ Two,GTZ,100,GTZ-TWO\nGTZ Two,GTZ,200,\n`;
    const { errors, ...job } = await desk.importFile('products', file);
    expect(job).toMatchObject({ state: 'DONE', created: 1, invalid: 1 });
    expect(errors.filter(({ severity }) => severity === 'ERROR')).toMatchObject([{ row: 3, rule: 'DOUBLE' }]);
  });

  it('a cost there is, of a product that no list has, is not assumed anew', async () => {
    await desk.db.query(
      `INSERT INTO product_cost (id, product_id, currency, cost, valid)
       SELECT gen_random_uuid(), id, 'EUR', 7, tstzrange(now() - interval '1 day', NULL) FROM product WHERE name = 'GTX Pro'`,
    );
    const file = 'product,series,sales_price,currency\nGTX Pro,GTX,600,EUR\nGTX Basic,GTX,60,EUR\n';
    const { errors } = await desk.importFile('products', file);
    expect(errors.map(({ row, rule, message }) => [row, rule, message])).toEqual([
      [2, 'ASSUMED', 'not in the file: floor 420.00 assumed'],
      [3, 'ASSUMED', 'not in the file: floor 42.00, cost 33.00 assumed'],
    ]);
    const costs = await desk.db.query<unknown[]>(
      `SELECT p.name, trim_scale(c.cost)::text AS cost FROM product_cost c JOIN product p ON p.id = c.product_id
       WHERE c.currency = 'EUR' AND c.valid @> now() ORDER BY p.name`,
    );
    expect(costs).toEqual([
      { name: 'GTX Basic', cost: '33' },
      { name: 'GTX Pro', cost: '7' },
    ]);
  });

  it('a cost that is scheduled already keeps one value out, not the file', async () => {
    await desk.db.query(
      `INSERT INTO product_cost (id, product_id, currency, cost, valid)
       SELECT gen_random_uuid(), id, 'USD', 5, tstzrange(now() + interval '1 day', NULL) FROM product WHERE name = 'GTX Pro'`,
    );
    const file =
      'product,series,sales_price,currency,floor_price,cost\nGTX Pro,GTX,700,USD,500,300\nGTX Basic,GTX,80,USD,60,40\n';
    const { errors, ...job } = await desk.importFile('products', file);
    expect(job).toMatchObject({ state: 'DONE', updated: 2, invalid: 0, warnings: 1 });
    expect(errors).toMatchObject([{ row: 2, column: 'product', rule: 'OVERLAP', severity: 'WARNING' }]);
  });
});
