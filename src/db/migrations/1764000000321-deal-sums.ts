import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The board sums and picks from what indexes hold: an amount by its probability stands ready on the deal. */
export class DealSums1764000000321 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE opportunity ADD weighted numeric(19,4)
         GENERATED ALWAYS AS (round(amount * coalesce(prob_own, prob_auto) / 100, 4)) STORED`,
    );
    await db.query(`DROP INDEX opportunity_board, opportunity_sums, opportunity_closed`);
    await db.query(
      `CREATE INDEX opportunity_board ON opportunity (pipeline, stage, worth DESC, id) INCLUDE (owner_id, unit_id, expected_close, closed_on)`,
    );
    await db.query(
      `CREATE INDEX opportunity_sums ON opportunity (pipeline, stage) INCLUDE (currency, owner_id, unit_id, amount, weighted, expected_close)`,
    );
    await db.query(
      `CREATE INDEX opportunity_closed ON opportunity (stage, closed_on) INCLUDE (pipeline, currency, owner_id, unit_id, amount, weighted, expected_close)`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX opportunity_board, opportunity_sums, opportunity_closed`);
    await db.query(`ALTER TABLE opportunity DROP weighted`);
    await db.query(
      `CREATE INDEX opportunity_sums ON opportunity (pipeline, stage, currency) INCLUDE (owner_id, unit_id, amount, prob, worth)`,
    );
    await db.query(`CREATE INDEX opportunity_closed ON opportunity (stage, closed_on)`);
    await db.query(`CREATE INDEX opportunity_board ON opportunity (pipeline, stage, worth DESC, id)`);
  }
}
