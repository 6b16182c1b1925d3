import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = `'accounts', 'products', 'teams', 'opportunities'`;

/** Prices, costs and exchange rates from files, by whoever keeps them. */
export class PriceImports1764000000213 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE import_job DROP CONSTRAINT import_job_kind_check,
      ADD CONSTRAINT import_job_kind_check CHECK (kind IN (${KINDS}, 'prices', 'costs', 'rates'))`);
    await db.query(
      `INSERT INTO role_permission (role, permission, scope)
       SELECT role, 'import:run', 'OWN' FROM role_permission WHERE permission = 'price:write' ON CONFLICT DO NOTHING`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DELETE FROM role_permission WHERE permission = 'import:run' AND scope = 'OWN' AND role IN ('FINANCE', 'CFO')`,
    );
    await db.query(`UPDATE import_job SET kind = 'products' WHERE kind IN ('prices', 'costs', 'rates')`);
    await db.query(`ALTER TABLE import_job DROP CONSTRAINT import_job_kind_check,
      ADD CONSTRAINT import_job_kind_check CHECK (kind IN (${KINDS}))`);
  }
}
