import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['opportunity_change', 'opportunity_stage_entry'] as const;

/**
 * The history of deals is written by the tables themselves, for deals that are there and are never deleted: checking each
 * row once more made an import of many deals wait for it.
 */
export class DealHistory1764000000203 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await db.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_opportunity_id_fkey`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await db.query(
        `ALTER TABLE ${table} ADD CONSTRAINT ${table}_opportunity_id_fkey
           FOREIGN KEY (opportunity_id) REFERENCES opportunity ON DELETE CASCADE`,
      );
  }
}
