import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-URGE-1: until when a seat is left alone after its initiator urged it. */
export class Urge1764000000082 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_seat ADD COLUMN urge_again_at timestamptz`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_seat DROP COLUMN urge_again_at`);
  }
}
