import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bank statements that were read in, what of them could not be booked, and how each payment was matched. */
export class BankStatements1764000000452 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE bank_statement (
         id         uuid PRIMARY KEY,
         company_id uuid         NOT NULL REFERENCES company,
         name       varchar(200) NOT NULL,
         sha256     char(64)     NOT NULL,
         format     varchar(10)  NOT NULL CHECK (format IN ('CSV', 'CAMT.053')),
         booked     int          NOT NULL,
         duplicates int          NOT NULL,
         ignored    int          NOT NULL,
         broken     jsonb        NOT NULL,
         by_id      uuid         NOT NULL REFERENCES employee,
         at         timestamptz  NOT NULL DEFAULT now()
       )`,
    );
    await db.query(`CREATE INDEX bank_statement_list ON bank_statement (at DESC, id DESC)`);
    await db.query(
      `ALTER TABLE payment ADD statement_id uuid REFERENCES bank_statement,
         ADD matched_by varchar(10) CHECK (matched_by IN ('REFERENCE', 'AMOUNT', 'PAYER', 'NONE'))`,
    );
    await db.query(`CREATE INDEX payment_statement ON payment (statement_id) WHERE statement_id IS NOT NULL`);
    await db.query(
      `CREATE INDEX payment_account ON payment (payer_account, recorded_at) WHERE payer_account IS NOT NULL AND state = 'POSTED'`,
    );
    await db.query(
      `CREATE INDEX receivable_item_open_currency ON receivable_item (company_id, currency) WHERE state IN ('OPEN', 'LEGAL')`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX receivable_item_open_currency`);
    await db.query(`DROP INDEX payment_account`);
    await db.query(`ALTER TABLE payment DROP matched_by, DROP statement_id`);
    await db.query(`DROP TABLE bank_statement`);
  }
}
