import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The document of an approved quotation as its customer reads it, in both languages, with the hash of its text. */
export class QuoteDocuments1764000000231 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE quote_document (
         quote_id      uuid PRIMARY KEY REFERENCES quote,
         document      jsonb       NOT NULL,
         text_hash     char(64)    NOT NULL,
         material_hash char(64)    NOT NULL,
         at            timestamptz NOT NULL DEFAULT date_trunc('milliseconds', now())
       )`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE quote_document`);
  }
}
