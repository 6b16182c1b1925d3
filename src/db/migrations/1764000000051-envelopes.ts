import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-ENV-1: what a request measures, and what each approval of it covers. Null: from before there were envelopes. */
export class Envelopes1764000000051 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_request ADD COLUMN measured jsonb`);
    await db.query(`ALTER TABLE approval_seat ADD COLUMN envelope jsonb`);
    await db.query(`ALTER TABLE approval_decision ADD COLUMN envelope jsonb`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_decision DROP COLUMN envelope`);
    await db.query(`ALTER TABLE approval_seat DROP COLUMN envelope`);
    await db.query(`ALTER TABLE approval_request DROP COLUMN measured`);
  }
}
