import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Delivered messages are looked up by when they were delivered: to watch their workflows for a while, then to be removed. */
export class OutboxUpkeep1764000000009 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX outbox_sent ON outbox (sent_at) WHERE state = 'SENT'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX outbox_sent`);
  }
}
