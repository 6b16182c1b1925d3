import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each customer owes and may come to owe a company, as signed entries that are only ever added to. The row of the
 * account is what whoever moves it locks. Offers that people look at or that are approved, and what was signed, are taken
 * over from the quotations as they stand.
 */
export class Exposure1764000000432 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...TAKEN_OVER]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE exposure_entry`);
    await db.query(`DROP TABLE credit_account`);
  }
}

const KINDS = [
  'RESERVATION',
  'ORDER',
  'UNBILLED',
  'RECEIVABLE',
  'BILL_COMMERCIAL',
  'BILL_BANK',
  'RECOURSE',
  'ADVANCE',
  'CREDIT_NOTE',
  'INSURED',
]
  .map((kind) => `'${kind}'`)
  .join(', ');

const TABLES = [
  `CREATE TABLE credit_account (
     customer_id uuid NOT NULL REFERENCES customer,
     company_id  uuid NOT NULL REFERENCES company,
     PRIMARY KEY (customer_id, company_id)
   )`,
  `CREATE INDEX credit_account_company ON credit_account (company_id)`,
  `CREATE TABLE exposure_entry (
     id           uuid PRIMARY KEY,
     customer_id  uuid          NOT NULL,
     company_id   uuid          NOT NULL,
     kind         varchar(16)   NOT NULL CHECK (kind IN (${KINDS})),
     ref_kind     varchar(16)   NOT NULL,
     ref_id       uuid          NOT NULL,
     currency     char(3)       NOT NULL,
     amount       numeric(19,4) NOT NULL,
     rate         numeric(18,8) NOT NULL CHECK (rate > 0),
     base_amount  numeric(19,4) NOT NULL,
     effective_on date          NOT NULL,
     source_key   varchar(160)  NOT NULL UNIQUE CHECK (source_key <> ''),
     booked_at    timestamptz   NOT NULL DEFAULT clock_timestamp(),
     FOREIGN KEY (customer_id, company_id) REFERENCES credit_account,
     CHECK (amount <> 0 OR base_amount <> 0)
   )`,
  `CREATE INDEX exposure_entry_account ON exposure_entry (customer_id, company_id, kind) INCLUDE (ref_kind, ref_id, base_amount)`,
  `CREATE INDEX exposure_entry_ref ON exposure_entry (ref_kind, ref_id)`,
  `CREATE TRIGGER exposure_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON exposure_entry
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
];

const RATE = `coalesce((q.fx_accepted->>'rate')::numeric, q.fx_rate)`;
const ENTRY = `INSERT INTO exposure_entry (id, customer_id, company_id, kind, ref_kind, ref_id, currency, amount, rate, base_amount,
  effective_on, source_key)`;

const TAKEN_OVER = [
  `INSERT INTO credit_account (customer_id, company_id)
   SELECT DISTINCT customer_id, company_id FROM quote WHERE state IN ('IN_APPROVAL', 'APPROVED', 'SENT', 'ACCEPTED')`,
  `${ENTRY}
   SELECT gen_random_uuid(), o.*, current_date, 'OFFER/' || o.ref_id || '/1' FROM (
     SELECT DISTINCT ON (q.number) q.customer_id, q.company_id, 'RESERVATION', 'OFFER',
       (SELECT f.id FROM quote f WHERE f.number = q.number ORDER BY f.version LIMIT 1) AS ref_id,
       q.currency, q.net_total, ${RATE}, round(q.net_total * ${RATE}, 2)
     FROM quote q WHERE q.state IN ('IN_APPROVAL', 'APPROVED', 'SENT') AND q.net_total > 0
     ORDER BY q.number, round(q.net_total * ${RATE}, 2) DESC, q.version DESC) o`,
  `${ENTRY}
   SELECT gen_random_uuid(), q.customer_id, q.company_id, CASE WHEN k.effective_on IS NULL THEN 'RESERVATION' ELSE 'ORDER' END,
     'SALE', q.id, q.currency, coalesce(k.total, q.net_total), ${RATE}, round(coalesce(k.total, q.net_total) * ${RATE}, 2),
     current_date, 'SALE/' || q.id || '/1'
   FROM quote q
   LEFT JOIN LATERAL (SELECT k.* FROM contract k WHERE k.quote_id = q.id ORDER BY k.created_at DESC, k.id DESC LIMIT 1) k ON true
   WHERE q.state = 'ACCEPTED' AND coalesce(k.state, '') NOT IN ('REJECTED', 'LAPSED', 'CANCELLED')
     AND coalesce(k.total, q.net_total) > 0`,
];
