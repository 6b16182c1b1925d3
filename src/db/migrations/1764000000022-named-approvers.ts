import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom somebody named for a stage before it began, in place of its rule. */
export class NamedApprovers1764000000022 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_stage ADD COLUMN named jsonb`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_stage DROP COLUMN named`);
  }
}
