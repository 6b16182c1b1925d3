import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The delivery log of one endpoint is read newest first from an index alone. */
export class DeliveryLog1764000000161 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX delivery_endpoint`);
    await db.query(`CREATE INDEX delivery_endpoint ON delivery (endpoint_id, created_at DESC, id DESC)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX delivery_endpoint`);
    await db.query(`CREATE INDEX delivery_endpoint ON delivery (endpoint_id)`);
  }
}
