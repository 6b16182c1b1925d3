import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What customers owe, item by item with entries that are only ever added to, payments and what they settle, credit notes. */
export class Receivables1764000000451 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of [...ITEMS, ...PAYMENTS, ...ENTRIES, ...RIGHTS]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of ['receivable_entry', 'credit_note', 'allocation', 'payment', 'receivable_item'])
      await db.query(`DROP TABLE ${table}`);
    for (const name of [
      'receivable_item_stays',
      'receivable_entry_of_item',
      'receivable_not_negative',
      'allocation_within',
    ])
      await db.query(`DROP FUNCTION ${name}()`);
    await db.query(
      `DELETE FROM role_permission WHERE permission IN ('receivable:read', 'receivable:post', 'receivable:write-off')`,
    );
  }
}

const appendOnly = (table: string) =>
  `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`;

const ITEMS = [
  `CREATE TABLE receivable_item (
     id            uuid PRIMARY KEY,
     customer_id   uuid          NOT NULL REFERENCES customer,
     company_id    uuid          NOT NULL REFERENCES company,
     contract_id   uuid REFERENCES contract,
     plan_seq      int,
     invoice_no    varchar(60)   NOT NULL CHECK (invoice_no <> ''),
     instalment    int           NOT NULL DEFAULT 1 CHECK (instalment > 0),
     currency      char(3)       NOT NULL,
     original      numeric(19,4) NOT NULL CHECK (original > 0),
     fx_rate       numeric(18,8) NOT NULL CHECK (fx_rate > 0),
     issued_on     date          NOT NULL,
     due_on        date          NOT NULL,
     interest_mode varchar(6)    NOT NULL CHECK (interest_mode IN ('NONE', 'MEMO', 'BOOKED')),
     secured       numeric(19,4) NOT NULL DEFAULT 0 CHECK (secured >= 0),
     burden_pct    numeric(9,6)  NOT NULL DEFAULT 0 CHECK (burden_pct >= 0),
     level         smallint      NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 4),
     state         varchar(12)   NOT NULL DEFAULT 'OPEN'
                     CHECK (state IN ('OPEN', 'LEGAL', 'SETTLED', 'CREDITED', 'WRITTEN_OFF', 'CANCELLED')),
     row_version   int           NOT NULL DEFAULT 1,
     created_at    timestamptz   NOT NULL DEFAULT now(),
     updated_at    timestamptz   NOT NULL DEFAULT now(),
     CONSTRAINT receivable_item_invoice UNIQUE (company_id, invoice_no, instalment),
     FOREIGN KEY (contract_id, plan_seq) REFERENCES payment_plan_row (contract_id, seq),
     CHECK (plan_seq IS NULL OR contract_id IS NOT NULL)
   )`,
  `CREATE UNIQUE INDEX receivable_item_plan_row ON receivable_item (contract_id, plan_seq) WHERE state <> 'CANCELLED'`,
  `CREATE INDEX receivable_item_customer ON receivable_item (customer_id, company_id, due_on, id)`,
  `CREATE INDEX receivable_item_due ON receivable_item (due_on, id)`,
  `CREATE INDEX receivable_item_open ON receivable_item (due_on, id) WHERE state IN ('OPEN', 'LEGAL')`,
  `CREATE FUNCTION receivable_item_stays() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF (NEW.customer_id, NEW.company_id, NEW.contract_id, NEW.plan_seq, NEW.invoice_no, NEW.instalment, NEW.currency, NEW.original, NEW.due_on)
        IS DISTINCT FROM
        (OLD.customer_id, OLD.company_id, OLD.contract_id, OLD.plan_seq, OLD.invoice_no, OLD.instalment, OLD.currency, OLD.original, OLD.due_on) THEN
       RAISE EXCEPTION 'receivable item %: what it is about does not change', OLD.id USING ERRCODE = 'check_violation';
     END IF;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER receivable_item_stays BEFORE UPDATE ON receivable_item FOR EACH ROW EXECUTE FUNCTION receivable_item_stays()`,
];

const PAYMENTS = [
  `CREATE TABLE payment (
     id             uuid PRIMARY KEY,
     company_id     uuid          NOT NULL REFERENCES company,
     customer_id    uuid REFERENCES customer,
     payer_name     varchar(200)  NOT NULL,
     payer_account  varchar(64),
     amount         numeric(19,4) NOT NULL CHECK (amount > 0),
     currency       char(3)       NOT NULL,
     fx_rate        numeric(18,8) NOT NULL CHECK (fx_rate > 0),
     instrument     varchar(16)   NOT NULL CHECK (instrument IN ('BANK', 'CASH', 'BANK_BILL', 'COMMERCIAL_BILL')),
     reference      varchar(500)  NOT NULL DEFAULT '',
     value_date     date          NOT NULL,
     source_id      varchar(120)  NOT NULL CHECK (source_id <> ''),
     state          varchar(10)   NOT NULL CHECK (state IN ('PROPOSED', 'SUSPENSE', 'POSTED', 'REVERSED', 'REJECTED')),
     designation    jsonb         NOT NULL DEFAULT '[]',
     recorded_by    varchar(80)   NOT NULL,
     recorded_at    timestamptz   NOT NULL DEFAULT now(),
     confirmed_by   varchar(80),
     confirmed_at   timestamptz,
     reversed_on    date,
     reversed_by    varchar(80),
     reason         varchar(500),
     row_version    int           NOT NULL DEFAULT 1,
     CONSTRAINT payment_source UNIQUE (source_id),
     CHECK (state NOT IN ('POSTED', 'REVERSED') OR customer_id IS NOT NULL),
     CHECK ((state = 'REVERSED') = (reversed_on IS NOT NULL))
   )`,
  `CREATE INDEX payment_list ON payment (recorded_at DESC, id DESC)`,
  `CREATE INDEX payment_waiting ON payment (recorded_at, id) WHERE state IN ('PROPOSED', 'SUSPENSE')`,
  `CREATE INDEX payment_customer ON payment (customer_id, company_id, value_date, id)`,
  `CREATE TABLE allocation (
     id           uuid PRIMARY KEY,
     payment_id   uuid          NOT NULL REFERENCES payment,
     item_id      uuid          NOT NULL REFERENCES receivable_item,
     amount       numeric(19,4) NOT NULL CHECK (amount <> 0),
     level_before smallint      NOT NULL,
     reverses     uuid UNIQUE REFERENCES allocation,
     at           timestamptz   NOT NULL DEFAULT now(),
     CHECK ((amount < 0) = (reverses IS NOT NULL))
   )`,
  `CREATE INDEX allocation_payment ON allocation (payment_id)`,
  `CREATE INDEX allocation_item ON allocation (item_id)`,
  appendOnly('allocation'),
  `CREATE FUNCTION allocation_within() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF (SELECT coalesce(sum(a.amount), 0) NOT BETWEEN 0 AND p.amount FROM payment p LEFT JOIN allocation a ON a.payment_id = p.id
         WHERE p.id = NEW.payment_id GROUP BY p.amount) THEN
       RAISE EXCEPTION 'payment %: more is applied than was paid', NEW.payment_id
         USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_within';
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE CONSTRAINT TRIGGER allocation_within AFTER INSERT ON allocation
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION allocation_within()`,
  `CREATE TABLE credit_note (
     id          uuid PRIMARY KEY,
     company_id  uuid          NOT NULL REFERENCES company,
     customer_id uuid          NOT NULL REFERENCES customer,
     item_id     uuid REFERENCES receivable_item,
     amount      numeric(19,4) NOT NULL CHECK (amount > 0),
     currency    char(3)       NOT NULL,
     issued_on   date          NOT NULL,
     reason      varchar(500)  NOT NULL,
     source_id   varchar(120)  NOT NULL CHECK (source_id <> ''),
     by_id       varchar(80)   NOT NULL,
     at          timestamptz   NOT NULL DEFAULT now(),
     CONSTRAINT credit_note_source UNIQUE (source_id)
   )`,
  `CREATE INDEX credit_note_customer ON credit_note (customer_id, company_id, issued_on)`,
  appendOnly('credit_note'),
];

/** An entry carries what its item is about, so that ages are summed without looking at items. */
const ENTRIES = [
  `CREATE TABLE receivable_entry (
     id          uuid PRIMARY KEY,
     item_id     uuid          NOT NULL REFERENCES receivable_item,
     kind        varchar(12)   NOT NULL CHECK (kind IN ('OPEN', 'PAYMENT', 'CREDIT_NOTE', 'FX', 'WRITE_OFF', 'INTEREST', 'COST', 'REVERSAL')),
     part        varchar(9)    NOT NULL DEFAULT 'PRINCIPAL' CHECK (part IN ('PRINCIPAL', 'INTEREST', 'COST')),
     amount      numeric(19,4) NOT NULL,
     base_amount numeric(19,4) NOT NULL,
     value_date  date          NOT NULL,
     booked_at   timestamptz   NOT NULL DEFAULT now(),
     source_key  varchar(160)  NOT NULL,
     ref_id      uuid,
     reverses    uuid UNIQUE REFERENCES receivable_entry,
     by_id       varchar(80)   NOT NULL,
     reason      varchar(500),
     customer_id uuid          NOT NULL,
     company_id  uuid          NOT NULL,
     currency    char(3)       NOT NULL,
     due_on      date          NOT NULL,
     CONSTRAINT receivable_entry_source UNIQUE (source_key),
     CHECK ((kind = 'REVERSAL') = (reverses IS NOT NULL)),
     CHECK (kind <> 'FX' OR amount = 0),
     CHECK (kind NOT IN ('OPEN', 'INTEREST', 'COST') OR amount > 0),
     CHECK (kind NOT IN ('PAYMENT', 'CREDIT_NOTE', 'WRITE_OFF') OR amount < 0)
   )`,
  `CREATE INDEX receivable_entry_item ON receivable_entry (item_id, value_date) INCLUDE (amount)`,
  `CREATE INDEX receivable_entry_ref ON receivable_entry (ref_id) WHERE ref_id IS NOT NULL`,
  `CREATE INDEX receivable_entry_customer ON receivable_entry (customer_id, company_id, value_date)`,
  appendOnly('receivable_entry'),
  `CREATE FUNCTION receivable_entry_of_item() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     SELECT customer_id, company_id, currency, due_on INTO NEW.customer_id, NEW.company_id, NEW.currency, NEW.due_on
     FROM receivable_item WHERE id = NEW.item_id;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER receivable_entry_of_item BEFORE INSERT ON receivable_entry FOR EACH ROW EXECUTE FUNCTION receivable_entry_of_item()`,
  `CREATE FUNCTION receivable_not_negative() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF EXISTS (SELECT 1 FROM (SELECT sum(amount) OVER (ORDER BY value_date) AS outstanding FROM receivable_entry
                WHERE item_id = NEW.item_id) day WHERE outstanding < 0) THEN
       RAISE EXCEPTION 'receivable item %: less than nothing is open', NEW.item_id
         USING ERRCODE = 'check_violation', CONSTRAINT = 'receivable_not_negative';
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE CONSTRAINT TRIGGER receivable_not_negative AFTER INSERT ON receivable_entry
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.amount < 0) EXECUTE FUNCTION receivable_not_negative()`,
];

/** processes §3.8, for whoever has a role already; a new installation fills roles itself. */
const grant = (permission: string, ...roles: string[]) =>
  `INSERT INTO role_permission (role, permission, scope)
   SELECT DISTINCT role, '${permission}', 'ALL' FROM role_permission
   WHERE role IN (${roles.map((role) => `'${role}'`).join(', ')}) ON CONFLICT DO NOTHING`;

const RIGHTS = [
  `INSERT INTO role_permission (role, permission, scope)
   SELECT role, 'receivable:read', scope FROM role_permission WHERE permission = 'contract:read' ON CONFLICT DO NOTHING`,
  grant('receivable:post', 'FINANCE', 'CFO'),
  grant('receivable:write-off', 'FINANCE', 'CFO', 'GENERAL_MANAGER'),
];
