import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customerNamed, version } from '../builders/opportunity.js';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Customer {
  rowVersion: number;
  creditClass: string | null;
  parent: { id: string } | null;
  block: { cause: string } | null;
}

let api: TestApi;
let legal: ApiClient;
let cfo: ApiClient;
let office: ApiClient;
let customer: string;
let head: string;
beforeAll(async () => {
  api = await startApi();
  [legal, cfo, office] = (await Promise.all(['legal', 'cfo', 'backoffice'].map((name) => api.as(name)))) as [
    ApiClient,
    ApiClient,
    ApiClient,
  ];
  [customer, head] = await Promise.all([customerNamed(cfo, 'Cheers'), customerNamed(cfo, 'Konex')]);
});
afterAll(() => api.close());

const read = () => cfo.get<Customer>(`/customers/${customer}`);
const credit = (creditClass: string) => ({
  limit: null,
  groupLimit: null,
  creditClass,
  reason: 'yearly review',
});

describe('what a customer may do is changed', () => {
  it('from what was read: not without its version, nor on one that is gone', async () => {
    const { body, headers } = await read();
    expect(headers.get('etag')).toBe(`"${body.rowVersion}"`);
    const writes: [ApiClient, string, object, object][] = [
      [cfo, 'credit', credit('B'), credit('C')],
      [office, 'parent', { parentId: head, reason: 'bought' }, { parentId: null, reason: 'sold' }],
    ];
    for (const [client, path, first, second] of writes) {
      const { rowVersion } = (await read()).body;
      const put = (body: object, options = {}) =>
        client.put<Customer>(`/customers/${customer}/${path}`, body, options);
      expect(refusal(await put(first))).toEqual([428, 'IF_MATCH_REQUIRED']);
      const done = await put(first, version(rowVersion));
      expect([done.status, done.headers.get('etag')]).toEqual([200, `"${rowVersion + 1}"`]);
      const stale = await put(second, version(rowVersion));
      expect([...refusal(stale), stale.body]).toEqual([
        412,
        'VERSION_MISMATCH',
        expect.objectContaining({ currentVersion: rowVersion + 1 }),
      ]);
    }
    expect((await read()).body).toMatchObject({ creditClass: 'B', parent: { id: head } });
  });

  it.each([
    [
      'customer:block',
      'LEGAL',
      () => legal.post(`/customers/${customer}/block`, { cause: 'LEGAL', note: 'order 7' }),
    ],
    ['customer:credit', 'CFO', () => cfo.put(`/customers/${customer}/credit`, credit('D'), version(99))],
    [
      'customer:write',
      'BACK_OFFICE',
      () => office.put(`/customers/${customer}/parent`, { parentId: null, reason: 'sold' }, version(99)),
    ],
  ] as const)('as far as %s reaches, not as far as its holder sees', async (permission, role, act) => {
    await api.dataSource.query(`UPDATE customer SET owner_id = $2 WHERE id = $1`, [
      customer,
      await api.personId('moses.frase'),
    ]);
    await api.dataSource.query(
      `UPDATE role_permission SET scope = 'OWN' WHERE role = $1 AND permission = $2`,
      [role, permission],
    );
    expect(refusal(await act())).toEqual([404, 'NOT_FOUND']);
    expect((await read()).body).toMatchObject({ creditClass: 'B', parent: { id: head }, block: null });
  });
});
