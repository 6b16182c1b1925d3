import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What customers told by an offer's link can be erased; that they answered, when, and the digest of what proves it stay. */
export class OfferErasure1764000000351 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE offer_link DROP CONSTRAINT offer_link_check, ADD COLUMN erased_at timestamptz`,
    );
    await db.query(
      `ALTER TABLE offer_link ADD CONSTRAINT offer_link_address CHECK ((way = 'MAIL' AND erased_at IS NULL) = (address IS NOT NULL))`,
    );
    await db.query(
      `ALTER TABLE offer_answer ALTER COLUMN evidence DROP NOT NULL, ALTER COLUMN salt DROP NOT NULL,
         ADD CONSTRAINT offer_answer_erased CHECK ((evidence IS NULL) = (salt IS NULL))`,
    );
  }

  /** What was erased does not come back: the rows go, so that the columns may be required again. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM offer_answer WHERE evidence IS NULL`);
    await db.query(
      `ALTER TABLE offer_answer DROP CONSTRAINT offer_answer_erased, ALTER COLUMN evidence SET NOT NULL, ALTER COLUMN salt SET NOT NULL`,
    );
    await db.query(
      `UPDATE offer_link SET address = '—', erased_at = NULL WHERE way = 'MAIL' AND address IS NULL`,
    );
    await db.query(
      `ALTER TABLE offer_link DROP CONSTRAINT offer_link_address, DROP COLUMN erased_at,
         ADD CONSTRAINT offer_link_check CHECK ((way = 'MAIL') = (address IS NOT NULL))`,
    );
  }
}
