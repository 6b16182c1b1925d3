import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An answer that stands although what separates duties would refuse it by now, and which constraint. */
export class SeparationDrift1764000000024 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_seat ADD COLUMN sod_drift varchar(40)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_seat DROP COLUMN sod_drift`);
  }
}
