import type { MigrationInterface, QueryRunner } from 'typeorm';

const COPIES = ['approval_decision', 'approval_round'] as const;

/** Free text of people beside the chain, where it can be erased (AE-AUD-3); its copies in answers and rounds may go, and nothing else. */
export class PersonalText1764000000123 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE personal_text (
        digest         bytea       PRIMARY KEY,
        salt           bytea,
        text           text,
        author_id      uuid        NOT NULL,
        aggregate_kind varchar(40) NOT NULL,
        aggregate_id   uuid        NOT NULL,
        at             timestamptz NOT NULL,
        erased_at      timestamptz,
        CHECK ((text IS NULL) = (erased_at IS NOT NULL) AND (text IS NULL) = (salt IS NULL))
      )`);
    await db.query(`CREATE INDEX personal_text_author ON personal_text (author_id) WHERE erased_at IS NULL`);
    await db.query(`
      CREATE FUNCTION refuse_change_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.comment IS NULL AND to_jsonb(NEW) - 'comment' = to_jsonb(OLD) - 'comment' THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
      END $$`);
    for (const table of COPIES) {
      await db.query(`DROP TRIGGER ${table}_append_only ON ${table}`);
      await db.query(`
        CREATE TRIGGER ${table}_kept BEFORE DELETE OR TRUNCATE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
      await db.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure()`);
    }
    await db.query(`
      INSERT INTO role_permission (role, permission, scope)
      SELECT DISTINCT role, 'privacy:erase', 'ALL' FROM role_permission WHERE role = 'ADMIN' ON CONFLICT DO NOTHING`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM role_permission WHERE permission = 'privacy:erase'`);
    for (const table of COPIES) {
      await db.query(`DROP TRIGGER ${table}_kept ON ${table}`);
      await db.query(`DROP TRIGGER ${table}_append_only ON ${table}`);
      await db.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    }
    await db.query(`DROP FUNCTION refuse_change_but_erasure()`);
    await db.query(`DROP TABLE personal_text`);
  }
}
