import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * AE-SOD-1: the constraints that a round is judged under, whom it is for, and who had said yes to stages that it keeps from
 * the round before.
 */
export class Separation1764000000023 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE approval_request ADD COLUMN separation jsonb NOT NULL DEFAULT '[]',
         ADD COLUMN beneficiary_ids uuid[] NOT NULL DEFAULT '{}'`,
    );
    await db.query(`ALTER TABLE approval_stage ADD COLUMN passed_by jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_stage DROP COLUMN passed_by`);
    await db.query(`ALTER TABLE approval_request DROP COLUMN beneficiary_ids, DROP COLUMN separation`);
  }
}
