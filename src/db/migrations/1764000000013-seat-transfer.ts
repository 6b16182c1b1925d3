import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-XFER-1: a seat knows how often it was passed on. */
export class SeatTransfer1764000000013 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_seat ADD COLUMN hops int NOT NULL DEFAULT 0 CHECK (hops >= 0)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_seat DROP COLUMN hops`);
  }
}
