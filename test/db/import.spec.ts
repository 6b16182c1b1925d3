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

  it('takes with an old stage what belonged to it, and keeps to the pipeline of the deal', async () => {
    const open = (stage: string): string =>
      deal('R-1', `Moses Frase,GTX Basic,Cancity,${stage},20-10-2016,,540`);
    await desk.importFile('opportunities', PIPELINE + open('Proposal'));
    await desk.db.query(
      `UPDATE opportunity SET prob_own = 55, own_reason = 'sure', stage = 'ON_HOLD', forecast_auto = 'OMITTED', prob_auto = 0,
         resume_on = current_date, resume_told_at = now(), stage_reason = 'budget', stage_direction = 'HELD', stage_since = now()
       WHERE number = 'R-1'`,
    );
    await desk.importFile('opportunities', PIPELINE + open('Quoted'));
    const now = async () =>
      (
        await desk.db.query<unknown[]>(
          `SELECT stage, open_stage, prob_own::text AS own, resume_on, resume_told_at, stage_reason, stage_direction, lost_reason
           FROM opportunity WHERE number = 'R-1'`,
        )
      )[0];
    const moved = { resume_on: null, resume_told_at: null, stage_reason: null };
    expect(await now()).toMatchObject({
      ...moved,
      stage: 'QUOTED',
      open_stage: 'QUOTED',
      own: '55.000000',
      stage_direction: 'RESUMED',
    });
    const lost = PIPELINE.replace('\n', ',lost_reason\n');
    const ended = deal('R-1', 'Moses Frase,GTX Basic,Cancity,Lost,20-10-2016,01-03-2017,0,PRICE');
    await desk.importFile('opportunities', lost + ended);
    expect(await now()).toMatchObject({
      stage: 'LOST',
      open_stage: 'QUOTED',
      own: null,
      lost_reason: 'PRICE',
    });
    await desk.importFile('opportunities', PIPELINE + open('Qualified'));
    expect(await now()).toMatchObject({ stage: 'QUALIFIED', lost_reason: null, stage_direction: 'REOPENED' });

    await desk.db.query(`UPDATE opportunity SET pipeline = 'repeat' WHERE number = 'R-1'`);
    const [{ stages } = { stages: [] }] = await desk.db.query<
      { stages: { key: string; probabilityPct: string }[] }[]
    >(
      `SELECT content->'stages' AS stages FROM policy_version WHERE kind = 'pipeline.repeat' AND valid @> now()`,
    );
    const known = stages.find(({ key }) => key === 'QUOTED')!;
    await desk.importFile('opportunities', PIPELINE + open('Quoted'));
    const [standing] = await desk.db.query<{ prob: string }[]>(
      `SELECT trim_scale(prob_auto)::text AS prob FROM opportunity WHERE number = 'R-1'`,
    );
    expect(standing!.prob).toBe(known.probabilityPct);
    const strange = ['Prospecting', 'Qualified', 'Proposal', 'Negotiation', 'Contracting'].find(
      (name) => !stages.some(({ key }) => key === name.toUpperCase()),
    )!;
    expect(await desk.importFile('opportunities', PIPELINE + open(strange))).toMatchObject({
      invalid: 1,
      errors: [{ rule: 'UNKNOWN_STAGE' }],
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

  it('says whose price list is theirs; a file without those columns leaves them', async () => {
    const columns = 'account,tier,region\n';
    const now = () =>
      desk.db
        .query<unknown[]>(`SELECT tier, region FROM customer WHERE name = 'Tiered Ltd'`)
        .then(([row]) => row);
    await desk.importFile('accounts', `${columns}Tiered Ltd,A,North\n`);
    expect(await now()).toEqual({ tier: 'A', region: 'North' });
    expect(await desk.importFile('accounts', 'account\nTiered Ltd\n')).toMatchObject({ unchanged: 1 });
    expect(await now()).toEqual({ tier: 'A', region: 'North' });
    await desk.importFile('accounts', `${columns}Tiered Ltd,,South\n`);
    expect(await now()).toEqual({ tier: null, region: 'South' });
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
