import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Acceptance bills: each is a payment that holds until it is dishonoured. */
export class Bills1764000000453 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE bill (
         payment_id uuid PRIMARY KEY REFERENCES payment,
         bill_no    varchar(60)  NOT NULL CHECK (bill_no <> ''),
         drawer     varchar(200) NOT NULL,
         acceptor   varchar(200) NOT NULL,
         matures_on date         NOT NULL,
         state      varchar(12)  NOT NULL DEFAULT 'HELD'
                      CHECK (state IN ('HELD', 'ENDORSED', 'DISCOUNTED', 'MATURED', 'DISHONOURED')),
         passed_to  varchar(200),
         changed_on date,
         CONSTRAINT bill_number UNIQUE (bill_no)
       )`,
    );
    await db.query(`CREATE INDEX bill_maturity ON bill (matures_on, payment_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE bill`);
  }
}
