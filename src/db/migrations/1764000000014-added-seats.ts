import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-ADD-1: who added a seat, how it stands to the seat it was added to, and why. */
export class AddedSeats1764000000014 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE approval_seat ADD COLUMN added jsonb, ADD CHECK ((added IS NOT NULL) = (origin = 'ADDED'))`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_seat DROP COLUMN added`);
  }
}
