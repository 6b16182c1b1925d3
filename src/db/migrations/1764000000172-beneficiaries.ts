import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-SELF-1: whom a request of another system is for, besides whoever asks. */
export class Beneficiaries1764000000172 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE general_request ADD COLUMN beneficiary_ids uuid[] NOT NULL DEFAULT '{}'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE general_request DROP COLUMN beneficiary_ids`);
  }
}
