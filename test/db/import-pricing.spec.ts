import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createImport } from '../../src/commands/import/job.js';
import { importNextBatch } from '../../src/commands/import/progress.js';
import type { ImportKind } from '../../src/domain/import/row.js';
import { allImportErrors, type ImportErrorRow } from '../../src/queries/import/import-jobs.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let clerk: string;
let uploads = 0;

beforeAll(async () => {
  database = await testDatabase({ seeded: true });
  const [row] = await database.dataSource.query<{ id: string }[]>(
    `SELECT id FROM employee WHERE username = 'backoffice'`,
  );
  clerk = row!.id;
}, 120_000);
afterAll(() => database.close());

async function upload(kind: ImportKind, text: string | Buffer): Promise<string> {
  uploads += 1;
  const actor = { kind: 'PERSON' as const, id: clerk, permissions: ['import:run'] };
  const meta = { actor, key: `k${uploads}`, scope: 'POST /imports', body: null, correlationId: null };
  const answer = await createImport(database.dataSource, meta, {
    kind,
    fileName: 'f.csv',
    bytes: Buffer.from(text as string),
  });
  return answer.value.id;
}

async function finish(id: string, batchRows = 500): Promise<void> {
  while (!(await importNextBatch(database.dataSource, id, batchRows)).isFinished);
}

async function importFile(kind: ImportKind, text: string | Buffer, batchRows = 500) {
  const id = await upload(kind, text);
  await finish(id, batchRows);
  return { id, ...(await counts(id)), errors: await errorsOf(id) };
}

async function counts(id: string) {
  const [row] = await database.dataSource.query<Record<string, unknown>[]>(
    `SELECT state, rows_read AS rows, rows_total AS total, created, updated, unchanged, invalid, warnings FROM import_job WHERE id = $1`,
    [id],
  );
  return row as Record<'rows' | 'created' | 'updated' | 'unchanged' | 'invalid' | 'warnings', number> & {
    state: string;
  };
}

async function errorsOf(id: string): Promise<ImportErrorRow[]> {
  const errors: ImportErrorRow[] = [];
  for await (const page of allImportErrors(database.dataSource, id)) errors.push(...page);
  return errors;
}

describe('files of whoever keeps prices', () => {
  it('prices go into a draft of their list, with steps; what the file does not name stays', async () => {
    const file =
      'product,list_price,floor_price,from_qty\nGTX Pro,4900,3400,\nGTX-PRO,4600,3300,50\nNo Such,1,1,\nGTX Pro,10,11,7\n';
    const { id, errors, ...job } = await importFile('prices', file, 2);
    expect(job).toMatchObject({ state: 'DONE', created: 1, updated: 1, invalid: 2 });
    expect(errors.map(({ rule }) => rule)).toEqual(['PRODUCT_UNKNOWN', 'FLOOR_ABOVE_LIST']);
    const rows = await database.dataSource.query<unknown[]>(
      `SELECT l.state, l.authors, trim_scale(i.min_qty)::text AS "minQty", trim_scale(i.list)::text AS list
       FROM price_list l JOIN price_item i ON i.price_list_id = l.id JOIN product p ON p.id = i.product_id
       WHERE l.import_job_id = $1 AND p.name IN ('GTX Pro', 'MG Special') ORDER BY p.name, i.min_qty`,
      [id],
    );
    const prices = [
      ['0', '4900'],
      ['50', '4600'],
      ['0', '55'],
    ].map(([minQty, list]) => ({ state: 'DRAFT', authors: [clerk], minQty, list }));
    expect(rows).toEqual(prices);
  });

  it('costs and rates hold from then on, the same file again changes nothing, and a process follows each', async () => {
    const costs = 'product,cost\nGTX Pro,2700\n';
    expect(await importFile('costs', costs)).toMatchObject({ updated: 1 });
    expect(await importFile('costs', costs)).toMatchObject({ updated: 0, unchanged: 1 });
    const rates = 'currency,rate,as_of\nJPY,0.04712345,26-11-2026\nUSD,0,26-11-2026\nXXQ,1,26-11-2026\n';
    const { errors, ...job } = await importFile('rates', rates);
    expect(job).toMatchObject({ created: 1, invalid: 2 });
    expect(errors.map(({ column }) => column)).toEqual(['rate', 'currency']);
    const told = await database.dataSource.query<unknown[]>(
      `SELECT kind FROM price_change WHERE text LIKE 'cost%' OR kind = 'FX' ORDER BY kind`,
    );
    expect(told).toEqual([{ kind: 'COST' }, { kind: 'FX' }]);
  });
});
