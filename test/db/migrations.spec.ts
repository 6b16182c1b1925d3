import { describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { testDatabase } from '../support/postgres.js';

/** Everything in the schema a migration can make, as text. */
async function schemaOf(db: DataSource): Promise<string[]> {
  const rows = await db.query<{ line: string }[]>(`
    SELECT line FROM (
      SELECT format('column %s.%s %s null=%s default=%s generated=%s', table_name, column_name, data_type || coalesce(numeric_precision::text, '')
        || ',' || coalesce(numeric_scale::text, '') || coalesce(character_maximum_length::text, ''), is_nullable, column_default, generation_expression) AS line
      FROM information_schema.columns WHERE table_schema = 'public'
      UNION ALL
      SELECT format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT format('trigger %s %s', tgrelid::regclass, pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL
      SELECT format('function %s %s', p.proname, md5(p.prosrc)) FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
      UNION ALL SELECT format('view %s %s', viewname, md5(definition)) FROM pg_views WHERE schemaname = 'public'
      UNION ALL SELECT format('sequence %s', sequence_name) FROM information_schema.sequences WHERE sequence_schema = 'public'
      UNION ALL SELECT format('type %s', t.typname) FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')
    ) AS schema WHERE line NOT LIKE '%migrations%' ORDER BY line`);
  return rows.map(({ line }) => line);
}

async function allTheWayDown(db: DataSource): Promise<void> {
  for (let left = db.migrations.length; left > 0; left -= 1) await db.undoLastMigration();
}

async function undoWhile(db: DataSource, condition: string): Promise<void> {
  const holds = async () => (await db.query<{ holds: boolean }[]>(`SELECT ${condition} AS holds`))[0]!.holds;
  while (await holds()) await db.undoLastMigration();
}

describe('the migrations', () => {
  it('leave no view that reads with rights other than its reader’s', async () => {
    const { dataSource, close } = await testDatabase();
    try {
      const views = await dataSource.query<{ name: string; options: string[] | null }[]>(
        `SELECT relname AS name, reloptions AS options FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace`,
      );
      const others = views.filter(({ options }) => !options?.includes('security_invoker=true'));
      expect([views.length > 0, others.map(({ name }) => name)]).toEqual([true, []]);
    } finally {
      await close();
    }
  });

  it('lead up, all the way down to nothing, and up again to the same schema', async () => {
    const { dataSource, close } = await testDatabase();
    try {
      const before = await schemaOf(dataSource);
      expect(before.length).toBeGreaterThan(200);
      await allTheWayDown(dataSource);
      expect(await schemaOf(dataSource)).toEqual([]);
      await dataSource.runMigrations();
      expect(await schemaOf(dataSource)).toEqual(before);
    } finally {
      await close();
    }
  }, 60_000);

  it('go down with the demo company in the tables', async () => {
    const { dataSource, close } = await testDatabase({ seeded: true });
    try {
      await allTheWayDown(dataSource);
      expect(await schemaOf(dataSource)).toEqual([]);
    } finally {
      await close();
    }
  }, 60_000);

  it('312 makes policy data of every version of a request kind, as long as each was in force', async () => {
    const { dataSource, close } = await testDatabase({ seeded: true });
    try {
      await undoWhile(dataSource, `to_regclass('request_kind') IS NULL`);
      const [author] = await dataSource.query<{ id: string }[]>(
        `SELECT id FROM employee ORDER BY id LIMIT 1`,
      );
      await dataSource.query(`UPDATE request_kind SET retired_at = '2096-01-01Z' WHERE key = 'expense'`);
      await dataSource.query(
        `INSERT INTO request_kind_version (id, key, version, content, content_hash, note, created_by, created_at)
         SELECT gen_random_uuid(), key, 2, content, content_hash, 'shorter', $1, '2095-01-01Z'
         FROM request_kind_version WHERE key IN ('expense', 'special-stock')`,
        [author!.id],
      );
      await dataSource.runMigrations();
      const rows = await dataSource.query<
        { kind: string; version: number; until: Date | null; note: string | null }[]
      >(
        `SELECT v.kind, v.version, upper(v.valid) AS until, d.note
         FROM policy_version v LEFT JOIN policy_draft d ON d.published_as = v.id AND d.authors = ARRAY[$1::uuid]
         WHERE v.kind IN ('request.expense', 'request.special-stock') ORDER BY v.kind, v.version`,
        [author!.id],
      );
      expect(
        rows.map(({ kind, version, until, note }) => [kind, version, until?.getUTCFullYear() ?? null, note]),
      ).toEqual([
        ['request.expense', 1, 2095, null],
        ['request.expense', 2, 2096, 'shorter'],
        ['request.special-stock', 1, 2095, null],
        ['request.special-stock', 2, null, 'shorter'],
      ]);
    } finally {
      await close();
    }
  }, 60_000);

  it('351 goes down and up again where something of an offer has been erased', async () => {
    const { dataSource, close } = await testDatabase({ seeded: true });
    const links = () =>
      dataSource.query<{ way: string; address: string | null }[]>(
        `SELECT way, address FROM offer_link ORDER BY way DESC, address`,
      );
    try {
      await dataSource.transaction(async (tx) => {
        await tx.query(`SET LOCAL session_replication_role = replica`); // no quotation stands behind them
        await tx.query(
          `INSERT INTO offer_link (id, quote_id, way, address, language, created_by, erased_at)
           SELECT gen_random_uuid(), gen_random_uuid(), way, address, 'en', (SELECT id FROM employee ORDER BY id LIMIT 1), at
           FROM (VALUES ('MAIL', NULL, now()), ('HAND', NULL, now()), ('MAIL', 'buyer@example.com', NULL)) v (way, address, at)`,
        );
        await tx.query(
          `INSERT INTO offer_answer (quote_id, link_id, answer, evidence, salt, evidence_hash, at)
           SELECT quote_id, id, 'ACCEPT', NULL, NULL, repeat('0', 64), now() FROM offer_link WHERE erased_at IS NOT NULL AND way = 'MAIL'`,
        );
      });
      await undoWhile(
        dataSource,
        `EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'offer_link' AND column_name = 'erased_at')`,
      );
      const kept = [
        { way: 'MAIL', address: 'buyer@example.com' },
        { way: 'MAIL', address: '—' },
        { way: 'HAND', address: null },
      ];
      expect(await links()).toEqual(kept);
      expect(await dataSource.query(`SELECT 1 FROM offer_answer`)).toEqual([]);
      await dataSource.runMigrations();
      expect(await links()).toEqual(kept);
    } finally {
      await close();
    }
  }, 60_000);
});
