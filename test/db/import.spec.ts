import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importNextBatch } from '../../src/commands/import/progress.js';
import { ImportDesk } from '../builders/import-desk.js';

const PIPELINE = 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n';
let desk: ImportDesk;

beforeAll(async () => {
  desk = await ImportDesk.open();
}, 120_000);
afterAll(() => desk.close());

const deal = (number: string, rest = 'Moses Frase,GTX Basic,Cancity,Won,20-10-2016,01-03-2017,540'): string =>
  `${number},${rest}\n`;

describe('a pipeline file', () => {
  it('stores good rows, reports each flaw of the bad ones by row and column, and drops none', async () => {
    const file =
      PIPELINE +
      deal('A-1') +
      deal('A-2', 'Moses Frase,GTXPro,Cancity,Won,20-10-2016,01-03-2017,4514') +
      deal('A-3', 'Moses Frase,GTX Prro,Cancity,Won,31-02-2017,2017-03-01,-5') +
      deal('A-4', 'Nobody Here,GTX Basic,Cancitty,Lost,20-10-2016,01-03-2017,0') +
      deal('A-5', 'Moses Frase,GTX Basic,null,Engaging,20-10-2016,,') +
      deal('A-1', 'Moses Frase,GTX Basic,Cancity,Won,20-10-2016,01-03-2017,999') +
      '\n' +
      'A-6,Moses Frase\n';
    const { id: _, errors, ...job } = await desk.importFile('opportunities', file);
    expect(job).toEqual({
      state: 'DONE',
      rows: 8,
      total: 8,
      created: 3,
      updated: 0,
      unchanged: 0,
      invalid: 5,
      warnings: 2,
    });
    expect(
      errors.map(({ row, column, value, rule, severity }) => [row, column, value, rule, severity]),
    ).toEqual([
      [3, 'product', 'GTXPro', 'NORMALISED', 'WARNING'],
      [4, 'close_value', '-5', 'MONEY_NEGATIVE', 'ERROR'],
      [4, 'engage_date', '31-02-2017', 'DATE_NOT_REAL', 'ERROR'],
      [4, 'close_date', '2017-03-01', 'DATE_FORMAT', 'ERROR'],
      [5, 'sales_agent', 'Nobody Here', 'UNKNOWN_AGENT', 'ERROR'],
      [5, 'account', 'Cancitty', 'UNKNOWN_ACCOUNT', 'ERROR'],
      [6, 'account', 'null', 'ACCOUNT_OPEN', 'WARNING'],
      [7, '', 'A-1', 'DOUBLE', 'ERROR'],
      [8, 'opportunity_id', '', 'EMPTY_ROW', 'ERROR'],
      [9, 'opportunity_id', '', 'COLUMN_COUNT', 'ERROR'],
    ]);
    expect(errors[0]!.message).toBe('did you mean "GTX Pro"? imported as that');
    expect(errors[5]!.message).toBe('not known; did you mean "Cancity"?');
  });

  it('imported again, changes nothing; with one value changed, updates one deal', async () => {
    const rows = ['B-1', 'B-2', 'B-3'].map((number) => deal(number)).join('');
    expect(await desk.importFile('opportunities', PIPELINE + rows)).toMatchObject({
      created: 3,
      unchanged: 0,
    });
    expect(await desk.importFile('opportunities', PIPELINE + rows)).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 3,
    });
    const changed = rows.replace('540', '541');
    expect(await desk.importFile('opportunities', PIPELINE + changed)).toMatchObject({
      updated: 1,
      unchanged: 2,
    });
  });

  it('killed between two batches, goes on behind the last committed row, without loss or repeat', async () => {
    const numbers = Array.from({ length: 25 }, (_, index) => `C-${index}`);
    const id = await desk.upload(
      'opportunities',
      PIPELINE.replace('\n', '\r\n') + numbers.map((n) => deal(n)).join(''),
    );
    await importNextBatch(desk.db, id, 10);
    expect(await desk.counts(id)).toMatchObject({ state: 'RUNNING', rows: 10, total: 25, created: 10 });
    await Promise.all([1, 2, 3].map(() => importNextBatch(desk.db, id, 10)));
    await desk.finish(id, 10);
    expect(await desk.counts(id)).toMatchObject({ state: 'DONE', rows: 25, created: 25, invalid: 0 });
    await desk.finish(id, 10);
    expect(await desk.counts(id)).toMatchObject({ rows: 25, created: 25 });
  });

  it('refuses a double far from the first, in another batch', async () => {
    const file = PIPELINE + deal('D-1') + deal('D-2') + deal('D-3') + deal('D-1');
    const { errors, ...job } = await desk.importFile('opportunities', file, 2);
    expect(job).toMatchObject({ created: 3, invalid: 1 });
    expect(errors).toMatchObject([
      { row: 5, rule: 'DOUBLE', message: 'the same as row 2, which was imported' },
    ]);
  });

  it('ends FAILED at a quote that is never closed, and keeps the rows before it', async () => {
    const id = await desk.upload('opportunities', PIPELINE + deal('E-1') + '"E-2,' + deal('E-3'));
    await desk.finish(id);
    expect(await desk.counts(id)).toMatchObject({ state: 'FAILED', rows: 1, total: null, created: 1 });
  });

  it('has 8,800 rows in the tables within a minute', async () => {
    const file = PIPELINE + Array.from({ length: 8_800 }, (_, index) => deal(`T-${index}`)).join('');
    const started = performance.now();
    const job = await desk.importFile('opportunities', file);
    expect(job).toMatchObject({ state: 'DONE', rows: 8_800, created: 8_800, errors: [] });
    expect(performance.now() - started).toBeLessThan(60_000);
  }, 90_000);
});

describe('an accounts file', () => {
  const HEADER = 'account,sector,year_established,revenue,employees,office_location,subsidiary_of\n';

  it('finds parents further down, leaves circles and unknown ones out, points out misspellings', async () => {
    const file =
      HEADER +
      'Child Ltd,technolgy,1996,1100.04,19,Philipines,Parent Ltd\n' +
      'Parent Ltd,retail,1990,1,300,Japan,Child Ltd\n' +
      'Lone Ltd,retail,1990,1,300,Japan,Nowhere\n';
    const { errors, ...job } = await desk.importFile('accounts', file, 1);
    expect(job).toMatchObject({ state: 'DONE', created: 3, invalid: 0, warnings: 4 });
    expect(errors.map(({ row, column, rule }) => [row, column, rule])).toEqual([
      [2, 'sector', 'SPELLING'],
      [2, 'office_location', 'SPELLING'],
      [3, 'subsidiary_of', 'PARENT_CIRCLE'],
      [4, 'subsidiary_of', 'UNKNOWN_ACCOUNT'],
    ]);
    const rows = await desk.db.query<unknown[]>(
      `SELECT c.name, c.zone, c.size_class, p.name AS parent FROM customer c LEFT JOIN customer p ON p.id = c.parent_id
       WHERE c.name IN ('Child Ltd', 'Parent Ltd') ORDER BY c.name`,
    );
    expect(rows).toEqual([
      { name: 'Child Ltd', zone: 'Asia/Manila', size_class: 'MICRO', parent: 'Parent Ltd' },
      { name: 'Parent Ltd', zone: 'Asia/Tokyo', size_class: 'MEDIUM', parent: null },
    ]);
    expect(await desk.importFile('accounts', file)).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 3,
      warnings: 4,
    });
  });

  it('reads GB18030 and a byte order mark', async () => {
    const gb = Buffer.concat([
      Buffer.from(HEADER),
      Buffer.from('c9cfbaa3', 'hex'),
      Buffer.from(',retail,,,,China,\n'),
    ]);
    expect(await desk.importFile('accounts', gb)).toMatchObject({ created: 1, invalid: 0 });
    const [row] = await desk.db.query<unknown[]>(`SELECT name FROM customer WHERE name = '上海'`);
    expect(row).toEqual({ name: '上海' });
    const marked = Buffer.concat([
      Buffer.from('efbbbf', 'hex'),
      Buffer.from(`${HEADER}上海,retail,,,,China,\n`),
    ]);
    expect(await desk.importFile('accounts', marked)).toMatchObject({ unchanged: 1 });
  });
});

describe('a products file', () => {
  it('publishes changed prices as the next version of the list and keeps the old one', async () => {
    const file = 'product,series,sales_price\nGTX Basic,GTX,560\nGTX Pro,GTX,4821\nGTZ One,GTZ,100\n';
    const { errors, ...job } = await desk.importFile('products', file);
    expect(job).toMatchObject({ created: 1, updated: 1, unchanged: 1, warnings: 1 });
    expect(errors).toMatchObject([{ row: 4, rule: 'ASSUMED' }]);
    const lists = await desk.db.query<unknown[]>(
      `SELECT l.version, i.list, i.floor, upper_inf(l.valid) AS open FROM price_list l
       JOIN price_item i ON i.price_list_id = l.id JOIN product p ON p.id = i.product_id
       WHERE p.name = 'GTX Basic' ORDER BY l.version`,
    );
    expect(lists).toEqual([
      { version: 1, list: '550.0000', floor: '385.0000', open: false },
      { version: 2, list: '560.0000', floor: '385.0000', open: true },
    ]);
    expect(await desk.importFile('products', file)).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 3,
      warnings: 0,
    });
  });
});

describe('a teams file', () => {
  const HEADER = 'sales_agent,manager,regional_office\n';

  it('leaves what is so, makes new teams and moves agents', async () => {
    const known = `${HEADER}Moses Frase,Dustin Brinkmann,Central\n`;
    expect(await desk.importFile('teams', known)).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    const fresh = `${HEADER}Moses Frase,Melvin Marxen,Central\nNew Agent,New Lead,North\n`;
    expect(await desk.importFile('teams', fresh)).toMatchObject({
      created: 1,
      updated: 1,
      unchanged: 0,
      invalid: 0,
    });
    const rows = await desk.db.query<unknown[]>(
      `SELECT e.name, u.name AS unit, a.position, g.role FROM employee e
       JOIN assignment a ON a.employee_id = e.id AND a.valid @> now() JOIN org_unit u ON u.id = a.unit_id
       JOIN role_grant g ON g.employee_id = e.id AND g.valid @> now()
       WHERE e.name IN ('Moses Frase', 'New Agent', 'New Lead') ORDER BY e.name`,
    );
    expect(rows).toEqual([
      { name: 'Moses Frase', unit: 'Team Melvin Marxen', position: 'MEMBER', role: 'REP' },
      { name: 'New Agent', unit: 'Team New Lead', position: 'MEMBER', role: 'REP' },
      { name: 'New Lead', unit: 'Team New Lead', position: 'HEAD', role: 'TEAM_LEAD' },
    ]);
    expect(await desk.importFile('teams', fresh)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });
});

describe('a file that is none', () => {
  it.each([
    ['no columns we need', 'a,b\n1,2\n', 'IMPORT.COLUMNS_MISSING'],
    ['nothing', '', 'IMPORT.FILE_EMPTY'],
    ['a NUL', 'account\n\0\n', 'IMPORT.FILE_UNREADABLE'],
    ['UTF-16', Buffer.from('fffe6100', 'hex'), 'IMPORT.FILE_UNREADABLE'],
    ['a column twice', 'account,account\n', 'IMPORT.COLUMNS_DOUBLE'],
  ])('%s is refused as a whole', async (_, text, code) => {
    await expect(desk.upload('accounts', text)).rejects.toMatchObject({ code });
  });
});
