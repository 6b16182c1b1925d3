import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-RES-2: the initiator of a returned request is reminded once before it expires. */
export class ReturnedReminder1764000000012 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_request ADD COLUMN reminded_at timestamptz`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_request DROP COLUMN reminded_at`);
  }
}
