import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows that only an erasure of free text may change, and nothing else of them. */
const KEPT = ['credit_note', 'receivable_entry'] as const;
const HELD = ['payment', 'collection_case'] as const;

/** Whose words a reason is, and that words of the ledger may be erased like all others (AE-AUD-3). */
export class LedgerTexts1764000000462 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE FUNCTION refuse_change_but_reason() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF coalesce(NEW.reason, '') = '' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN
           RETURN NEW;
         END IF;
         RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
       END $$`,
    );
    for (const table of KEPT) {
      await db.query(`DROP TRIGGER ${table}_append_only ON ${table}`);
      await db.query(
        `CREATE TRIGGER ${table}_kept BEFORE DELETE OR TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      );
      await db.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE ON ${table}
           FOR EACH ROW EXECUTE FUNCTION refuse_change_but_reason()`,
      );
    }
    for (const table of HELD) await db.query(`ALTER TABLE ${table} ADD reason_by varchar(80)`);
    await db.query(`UPDATE payment SET reason_by = reversed_by WHERE reason IS NOT NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of HELD) await db.query(`ALTER TABLE ${table} DROP reason_by`);
    for (const table of KEPT) {
      await db.query(`DROP TRIGGER ${table}_kept ON ${table}`);
      await db.query(`DROP TRIGGER ${table}_append_only ON ${table}`);
      await db.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      );
    }
    await db.query(`DROP FUNCTION refuse_change_but_reason()`);
  }
}
