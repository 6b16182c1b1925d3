import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addFirstVersion } from '../../src/commands/policy/policy.js';
import { seedPolicies } from '../../src/commands/policy/seed.js';
import type { Json } from '../../src/domain/json.js';
import { GENERAL_POLICY } from '../../src/policy/seed/general-policy.js';
import { PRICING_POLICY } from '../../src/policy/seed/pricing-policy.js';
import { GIFT } from '../builders/request-kind.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  // an installation before its base data: the version's own trigger would refuse this
  await database.dataSource.query(`ALTER TABLE policy_version DISABLE TRIGGER policy_version_immutable`);
  await database.dataSource.query(`DELETE FROM policy_version`);
  await database.dataSource.query(`ALTER TABLE policy_version ENABLE TRIGGER policy_version_immutable`);
});
afterAll(() => database.close());

const FROM = '2016-01-01T00:00:00.000Z';
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json;

describe('AE-POL-1 the first version of a kind', () => {
  it.each<[string, string, unknown]>([
    ['a table that is none', 'approval.general', { ...GENERAL_POLICY, jdm: {} }],
    ['a stage without an end of its ladder', 'approval.general', { ...GENERAL_POLICY, ladders: [] }],
    ['a floor above the target', 'pricing', { ...PRICING_POLICY, marginFloorPct: '26' }],
    ['a request kind without fields', 'request.gift', { ...GIFT, schema: {} }],
  ])('passes the same gate: %s is refused', async (_case, kind, content) => {
    const first = { kind, content: asJson(content), from: FROM };
    await expect(addFirstVersion(database.dataSource.manager, first)).rejects.toMatchObject({
      code: 'POLICY_ERROR',
    });
    expect(await database.dataSource.query(`SELECT 1 FROM policy_version`)).toEqual([]);
  });

  it('of every seeded kind is in force after seeding, once', async () => {
    const kinds = async () => {
      const rows = await database.dataSource.query<{ kind: string }[]>(
        `SELECT kind FROM policy_version WHERE valid @> now() ORDER BY kind`,
      );
      return rows.map(({ kind }) => kind);
    };
    await seedPolicies(database.dataSource.manager);
    const seeded = await kinds();
    expect(seeded).toEqual(
      expect.arrayContaining([
        'approval.contract',
        'approval.general',
        'approval.quote',
        'pricing',
        'request.expense',
      ]),
    );
    await seedPolicies(database.dataSource.manager);
    expect(await kinds()).toEqual(seeded);
  });
});
