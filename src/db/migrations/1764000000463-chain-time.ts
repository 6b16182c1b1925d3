import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a chain's last event was: what comes after it is later, whatever the clock says (AE-AUD-1). */
export class ChainTime1764000000463 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE event_head ADD at timestamptz`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE event_head DROP at`);
  }
}
