import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Links by which customers see and answer an offer, kept as a hash only; and the answers, with what proves them. What is
 * personal stands here, beside the chain: the chain holds the digest of the evidence with its salt.
 */
export class OfferLinks1764000000232 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE offer_link (
         id         uuid PRIMARY KEY,
         quote_id   uuid         NOT NULL REFERENCES quote,
         token_hash bytea UNIQUE,
         way        varchar(4)   NOT NULL CHECK (way IN ('MAIL', 'HAND')),
         name       varchar(200),
         address    varchar(254),
         language   varchar(5)   NOT NULL CHECK (language IN ('zh-CN', 'en')),
         created_by uuid         NOT NULL REFERENCES employee,
         created_at timestamptz  NOT NULL DEFAULT date_trunc('milliseconds', now()),
         CHECK ((way = 'MAIL') = (address IS NOT NULL))
       )`,
    );
    await db.query(`CREATE INDEX offer_link_quote ON offer_link (quote_id, created_at)`);
    await db.query(
      `CREATE INDEX delivery_offer ON delivery ((payload->>'linkId')) WHERE kind = 'quote.offer'`,
    );
    await db.query(
      `CREATE TABLE offer_answer (
         quote_id      uuid PRIMARY KEY REFERENCES quote,
         link_id       uuid          NOT NULL REFERENCES offer_link,
         answer        varchar(8)    NOT NULL CHECK (answer IN ('ACCEPT', 'DECLINE')),
         evidence      jsonb         NOT NULL,
         salt          bytea         NOT NULL,
         evidence_hash char(64)      NOT NULL,
         at            timestamptz   NOT NULL
       )`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX delivery_offer`);
    await db.query(`DELETE FROM delivery WHERE kind LIKE 'quote.offer%'`);
    await db.query(`DROP TABLE offer_answer`);
    await db.query(`DROP TABLE offer_link`);
  }
}
