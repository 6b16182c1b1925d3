import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The legal entity that sells; documents that name none are its own. */
const DEFAULT_COMPANY = '00000000-0000-7000-8000-000000000001';
const DOCUMENTS = ['quote', 'contract'] as const;

/** Legal entities that sell: what a customer owes, and may owe, is owed to one of them. */
export class Companies1764000000431 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE company (
         id         uuid PRIMARY KEY,
         code       varchar(20)  NOT NULL UNIQUE CHECK (code <> ''),
         name       varchar(200) NOT NULL CHECK (name <> ''),
         currency   char(3)      NOT NULL,
         zone       varchar(64)  NOT NULL,
         sme        boolean      NOT NULL DEFAULT false,
         is_default boolean      NOT NULL DEFAULT false
       )`,
    );
    await db.query(`CREATE UNIQUE INDEX company_one_default ON company (is_default) WHERE is_default`);
    await db.query(
      `INSERT INTO company (id, code, name, currency, zone, is_default)
       VALUES ('${DEFAULT_COMPANY}', 'DEFAULT', 'Default company', 'CNY', 'Asia/Shanghai', true)`,
    );
    for (const table of DOCUMENTS) {
      await db.query(
        `ALTER TABLE ${table} ADD company_id uuid NOT NULL DEFAULT '${DEFAULT_COMPANY}' REFERENCES company`,
      );
      await db.query(`CREATE INDEX ${table}_company ON ${table} (company_id)`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of DOCUMENTS) await db.query(`ALTER TABLE ${table} DROP company_id`);
    await db.query(`DROP TABLE company`);
  }
}
