import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-DUP-1: whoever sits in several stages of a round is not asked the same twice; requests that are open go on as they began. */
export class Dedupe1764000000021 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE approval_request ADD COLUMN dedupe varchar(20) NOT NULL DEFAULT 'NONE'
         CHECK (dedupe IN ('NONE', 'ADJACENT', 'FIRST_COUNTS', 'LAST_COUNTS'))`,
    );
    await db.query(`ALTER TABLE approval_seat ADD COLUMN same_as jsonb`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_seat DROP COLUMN same_as`);
    await db.query(`ALTER TABLE approval_request DROP COLUMN dedupe`);
  }
}
