import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importNextBatch } from '../../src/commands/import/progress.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Job {
  id: string;
  state: string;
  created: number;
  invalid: number;
  warnings: number;
  fileName: string;
}

const ACCOUNTS = 'account,sector,year_established,revenue,employees,office_location,subsidiary_of\n';
/** what a deal that is sold cannot be without */
const PLANNED = {
  expectedClose: '2099-12-31',
  next: { kind: 'CALL', plannedOn: '2099-12-01', subject: 'Ask' },
};

let api: TestApi;
let clerk: ApiClient;
let rep: ApiClient;

beforeAll(async () => {
  api = await startApi();
  clerk = await api.as('backoffice');
  rep = await api.as('moses.frase');
}, 120_000);
afterAll(() => api.close());

function form(kind: string, text: string, name = 'accounts.csv'): FormData {
  const data = new FormData();
  data.set('kind', kind);
  data.set('file', new Blob([text], { type: 'text/csv' }), name);
  return data;
}

describe('GET /imports/kinds', () => {
  it.each([
    ['backoffice', ['accounts', 'products', 'teams', 'opportunities']],
    ['finance', ['prices', 'costs', 'rates']],
    ['admin', ['accounts', 'products', 'teams', 'opportunities']],
  ])('%s may import %j', async (who, kinds) => {
    expect((await (await api.as(who)).get('/imports/kinds')).body).toEqual(kinds);
  });

  it('is refused to a rep', async () => {
    expect((await rep.get('/imports/kinds')).status).toBe(403);
  });
});

describe('POST /imports', () => {
  it('is refused to a rep', async () => {
    expect((await rep.post('/imports', form('accounts', ACCOUNTS))).status).toBe(403);
    expect((await rep.get('/imports')).status).toBe(403);
  });

  it.each([
    ['another kind', () => form('people', ACCOUNTS), 400, 'VALIDATION'],
    [
      'no file',
      () => {
        const data = new FormData();
        data.set('kind', 'accounts');
        return data;
      },
      400,
      'VALIDATION',
    ],
    [
      'a field nobody knows',
      () => {
        const data = form('accounts', ACCOUNTS);
        data.set('x', '1');
        return data;
      },
      400,
      'VALIDATION',
    ],
    ['missing columns', () => form('accounts', 'a,b\n'), 422, 'IMPORT.COLUMNS_MISSING'],
  ])('with %s is refused', async (_, body, status, code) => {
    const reply = await clerk.post('/imports', body());
    expect([reply.status, reply.body['code']]).toEqual([status, code]);
  });

  it('keeps the file, tells the worker, and answers a repeat of the key with the same job', async () => {
    const text = `${ACCOUNTS}Once Ltd,retail,,,,Japan,\n`;
    const first = await clerk.post<Job>('/imports', form('accounts', text, '客户.csv'), { key: 'import-1' });
    expect(first.status).toBe(202);
    expect(first.body).toMatchObject({ state: 'PENDING', fileName: '客户.csv' });
    const again = await clerk.post<Job>('/imports', form('accounts', text, '客户.csv'), { key: 'import-1' });
    expect([again.body.id, again.headers.get('idempotency-replayed')]).toEqual([first.body.id, 'true']);
    const other = await clerk.post('/imports', form('accounts', `${text}More,,,,,,\n`, '客户.csv'), {
      key: 'import-1',
    });
    expect([other.status, other.body['code']]).toEqual([422, 'KEY_REUSED']);
    const rows = await api.dataSource.query<unknown[]>(
      `SELECT workflow_type FROM outbox WHERE workflow_id = $1`,
      [`import/${first.body.id}`],
    );
    expect(rows).toEqual([{ workflow_type: 'importJob' }]);
  });
});

describe('a finished import', () => {
  it('shows its counts and its flaws, page by page and as a CSV no spreadsheet computes', async () => {
    const text = `${ACCOUNTS}"=HYPERLINK(""x"")",technolgy,99,,,Japan,\nGood Ltd,technolgy,,,,Japan,\n`;
    const { id } = (await clerk.post<Job>('/imports', form('accounts', text))).body;
    while (!(await importNextBatch(api.dataSource, id)).isFinished);
    const job = await clerk.get<Job>(`/imports/${id}`);
    expect(job.body).toMatchObject({
      state: 'DONE',
      rowsRead: 2,
      rowsTotal: 2,
      created: 1,
      invalid: 1,
      warnings: 2,
    });
    const page = await clerk.get<{ items: unknown[]; nextCursor: string }>(`/imports/${id}/errors?limit=2`);
    expect(page.body.items).toEqual([
      {
        row: 2,
        column: 'year_established',
        value: '99',
        rule: 'NUMBER_RANGE',
        severity: 'ERROR',
        message: 'a whole number from 1000 to 2999',
      },
      {
        row: 2,
        column: 'sector',
        value: 'technolgy',
        rule: 'SPELLING',
        severity: 'WARNING',
        message: 'did you mean "technology"? imported as it is',
      },
    ]);
    const rest = await clerk.get<{ items: { row: number }[] }>(
      `/imports/${id}/errors?limit=2&cursor=${page.body.nextCursor}`,
    );
    expect(rest.body.items.map(({ row }) => row)).toEqual([3]);
    const csv = await fetch(`${api.url}/api/v1/imports/${id}/errors.csv`, {
      headers: { Authorization: `Bearer ${clerk.token}` },
    });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(
      Buffer.from(await csv.arrayBuffer())
        .toString('hex')
        .slice(0, 12),
    ).toBe('efbbbf726f77');
  });

  it('is nobody’s to see without the permission', async () => {
    const { id } = (await clerk.post<Job>('/imports', form('accounts', `${ACCOUNTS}X,,,,,,\n`))).body;
    expect((await rep.get(`/imports/${id}/errors.csv`)).status).toBe(403);
    expect((await clerk.get('/imports/0190a1b2-0000-7000-8000-000000000000/errors.csv')).status).toBe(404);
  });
});

describe('customers, catalogue and deals', () => {
  it('shows floor and cost only to those who may see cost', async () => {
    const mine = await rep.get<{ items: Record<string, string>[] }>('/price-lists/current?currency=CNY');
    const theirs = await (await api.as('finance')).get<typeof mine.body>('/price-lists/current?currency=CNY');
    const basic = (items: Record<string, string>[]) => items.find(({ sku }) => sku === 'GTX-BASIC');
    expect(basic(mine.body.items)).toEqual({
      productId: expect.any(String),
      sku: 'GTX-BASIC',
      name: 'GTX Basic',
      list: '550.00',
      tiers: [],
    });
    expect(basic(theirs.body.items)).toMatchObject({ list: '550.00', floor: '385.00', cost: '302.50' });
  });

  it('lists a rep’s own deals only, a lead’s team, and pages through them', async () => {
    const own = await rep.get<{ items: { owner: { name: string } }[] }>('/opportunities?limit=100');
    expect(new Set(own.body.items.map(({ owner }) => owner.name))).toEqual(new Set(['Moses Frase']));
    const lead = await (await api.as('dustin.brinkmann')).get<typeof own.body>('/opportunities?limit=100');
    expect(new Set(lead.body.items.map(({ owner }) => owner.name)).size).toBe(6);
  });

  it('makes a new deal of the person who enters it', async () => {
    const customers = await rep.get<{ items: { id: string; name: string }[] }>('/customers?search=cancity');
    expect(customers.body.items.map(({ name }) => name)).toEqual(['Cancity']);
    const customerId = customers.body.items[0]!.id;
    const made = await rep.post('/opportunities', {
      customerId,
      amount: { amount: '1234.50', currency: 'CNY' },
      ...PLANNED,
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ stage: 'PROSPECTING', amount: { amount: '1234.50', currency: 'CNY' } });
    const wrong = await rep.post('/opportunities', {
      customerId,
      amount: { amount: '1.005', currency: 'CNY' },
      ...PLANNED,
    });
    expect(wrong.status).toBe(422);
    const foreign = await rep.post('/opportunities', { customerId: made.body['id'], ...PLANNED });
    expect([foreign.status, foreign.body['code']]).toEqual([400, 'VALIDATION']);
  });
});
