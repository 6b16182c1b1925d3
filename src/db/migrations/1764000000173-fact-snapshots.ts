import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-MGR-3: what the books said about a request, and when; which of it a request stands on now. */
export class FactSnapshots1764000000173 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE fact_snapshot (
        id         uuid        PRIMARY KEY,
        request_id uuid        NOT NULL REFERENCES approval_request,
        source     varchar(40) NOT NULL,
        as_of      timestamptz NOT NULL,
        facts      jsonb       NOT NULL
      )`);
    await db.query(`CREATE INDEX fact_snapshot_request ON fact_snapshot (request_id, as_of)`);
    await db.query(`
      CREATE TRIGGER fact_snapshot_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fact_snapshot
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await db.query(`ALTER TABLE approval_request ADD COLUMN snapshots jsonb`);
    await db.query(
      `CREATE INDEX contract_open_of_customer ON contract (customer_id) WHERE state IN ('APPROVED', 'SEALED', 'EFFECTIVE')`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX contract_open_of_customer`);
    await db.query(`ALTER TABLE approval_request DROP COLUMN snapshots`);
    await db.query(`DROP TABLE fact_snapshot`);
  }
}
