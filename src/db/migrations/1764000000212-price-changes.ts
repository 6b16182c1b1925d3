import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Prices, costs and rates that move from an instant on, one row per change, followed by a process until `settled_at`; what
 * a round is judged by may change without anybody editing its content.
 */
export class PriceChanges1764000000212 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE price_change (
        id          uuid PRIMARY KEY,
        kind        varchar(10)  NOT NULL CHECK (kind IN ('PRICE_LIST', 'COST', 'FX', 'REBATE')),
        ref_id      uuid,
        text        varchar(200) NOT NULL,
        currency    char(3),
        product_ids uuid[],
        customer_id uuid REFERENCES customer,
        at          timestamptz  NOT NULL,
        changed_by  varchar(80)  NOT NULL,
        created_at  timestamptz  NOT NULL DEFAULT now(),
        acted_at    timestamptz,
        settled_at  timestamptz
      )`);
    await db.query(`CREATE INDEX price_change_open ON price_change (at) WHERE settled_at IS NULL`);
    await db.query(`ALTER TABLE approval_edit ALTER COLUMN seat_id DROP NOT NULL, ADD COLUMN cause jsonb,
      ADD CONSTRAINT approval_edit_by CHECK ((seat_id IS NULL) = (cause IS NOT NULL))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_edit DROP CONSTRAINT approval_edit_by, DROP COLUMN cause`);
    await db.query(`ALTER TABLE approval_edit DISABLE TRIGGER approval_edit_append_only`);
    await db.query(`DELETE FROM approval_edit WHERE seat_id IS NULL`);
    await db.query(`ALTER TABLE approval_edit ENABLE TRIGGER approval_edit_append_only`);
    await db.query(`ALTER TABLE approval_edit ALTER COLUMN seat_id SET NOT NULL`);
    await db.query(`DROP TABLE price_change`);
  }
}
