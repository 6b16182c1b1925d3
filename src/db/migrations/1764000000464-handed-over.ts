import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether an item is with the lawyers outlives its payment: bounced, it is theirs again. */
export class HandedOver1764000000464 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE receivable_item ADD handed_over_at timestamptz`);
    await db.query(`UPDATE receivable_item SET handed_over_at = updated_at WHERE state = 'LEGAL'`);
    await db.query(`ALTER TABLE receivable_item ADD CHECK (state <> 'LEGAL' OR handed_over_at IS NOT NULL)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE receivable_item DROP handed_over_at`);
  }
}
