import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-RET-3: the yes-votes of an earlier round that a stage goes on with, and what each covers. */
export class CarriedVotes1764000000052 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_stage ADD COLUMN carried jsonb`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_stage DROP COLUMN carried`);
  }
}
