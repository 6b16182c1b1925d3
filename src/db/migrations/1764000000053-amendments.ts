import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-ENV-3: an approval that its subject has left, the round that would change it, and what there is to go back to. */
export class Amendments1764000000053 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_request ADD COLUMN stale jsonb, ADD COLUMN amends jsonb`);
    await db.query(
      `CREATE TABLE quote_approved (
         quote_id uuid PRIMARY KEY REFERENCES quote,
         quote    jsonb       NOT NULL,
         lines    jsonb       NOT NULL,
         at       timestamptz NOT NULL DEFAULT now()
       )`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE quote_approved`);
    await db.query(`ALTER TABLE approval_request DROP COLUMN amends, DROP COLUMN stale`);
  }
}
