import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A payment plan may end with the retention (质保金), due after the warranty period. */
export class Retention1764000000011 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await allow(db, `'SIGNING', 'DELIVERY', 'ACCEPTANCE', 'WARRANTY', 'DATE'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await allow(db, `'SIGNING', 'DELIVERY', 'ACCEPTANCE', 'DATE'`);
  }
}

async function allow(db: QueryRunner, triggers: string): Promise<void> {
  await db.query(
    `ALTER TABLE payment_plan_row DROP CONSTRAINT payment_plan_row_trigger_check,
     ADD CONSTRAINT payment_plan_row_trigger_check CHECK (trigger IN (${triggers}))`,
  );
}
