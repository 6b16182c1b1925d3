import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contracts, their files, payment plans that sum to the total, and delivery milestones. */
export class Contract1764000000006 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of ['milestone', 'payment_plan_row', 'contract_file', 'contract'])
      await db.query(`DROP TABLE ${table}`);
    await db.query(`DROP FUNCTION payment_plan_is_whole()`);
    await db.query(`DROP SEQUENCE contract_number`);
  }
}

const UP = [
  `CREATE SEQUENCE contract_number`,
  `CREATE TABLE contract (
     id                uuid PRIMARY KEY,
     number            varchar(40)  NOT NULL,
     version           int          NOT NULL CHECK (version > 0),
     quote_id          uuid         NOT NULL REFERENCES quote,
     customer_id       uuid         NOT NULL REFERENCES customer,
     owner_id          uuid         NOT NULL REFERENCES employee,
     unit_id           uuid         NOT NULL REFERENCES org_unit,
     state             varchar(20)  NOT NULL CHECK (state IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'SEALED',
                         'EFFECTIVE', 'REJECTED', 'LAPSED', 'CANCELLED')),
     row_version       int          NOT NULL DEFAULT 1,
     currency          char(3)      NOT NULL,
     total             numeric(19,4) NOT NULL CHECK (total >= 0),
     term_days         int          NOT NULL,
     instalments       jsonb        NOT NULL,
     delivery_days     int,
     warranty_months   int,
     terms             jsonb        NOT NULL,
     clauses           jsonb        NOT NULL,
     text              text         NOT NULL,
     text_hash         char(64)     NOT NULL,
     signed_hash       char(64),
     sealed_at         timestamptz,
     sealed_by         uuid REFERENCES employee,
     approved_at       timestamptz,
     seal_due_at       timestamptz,
     counter_signed_on date,
     effective_on      date,
     request_id        uuid REFERENCES approval_request,
     review_note       varchar(2000),
     reminded          int[]        NOT NULL DEFAULT '{}',
     created_at        timestamptz  NOT NULL DEFAULT now(),
     updated_at        timestamptz  NOT NULL DEFAULT now(),
     UNIQUE (number, version),
     CHECK ((state = 'EFFECTIVE') = (effective_on IS NOT NULL)),
     CHECK (state <> 'EFFECTIVE' OR (signed_hash = text_hash AND sealed_at IS NOT NULL))
   )`,
  `CREATE UNIQUE INDEX contract_one_live ON contract (quote_id) WHERE state NOT IN ('REJECTED', 'LAPSED', 'CANCELLED')`,
  `CREATE INDEX contract_quote ON contract (quote_id, created_at)`,
  `CREATE INDEX contract_owner ON contract (owner_id, updated_at DESC, id DESC)`,
  `CREATE INDEX contract_updated ON contract (updated_at DESC, id DESC)`,
  `CREATE INDEX contract_in_process ON contract (state) WHERE state IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'SEALED')`,
  `CREATE TABLE contract_file (
     id          uuid PRIMARY KEY,
     contract_id uuid         NOT NULL REFERENCES contract,
     name        varchar(200) NOT NULL,
     sha256      char(64)     NOT NULL,
     bytes       bytea        NOT NULL,
     by_id       uuid         NOT NULL REFERENCES employee,
     at          timestamptz  NOT NULL DEFAULT now()
   )`,
  `CREATE INDEX contract_file_contract ON contract_file (contract_id)`,
  `CREATE TABLE payment_plan_row (
     contract_id uuid          NOT NULL REFERENCES contract,
     seq         int           NOT NULL CHECK (seq > 0),
     trigger     varchar(12)   NOT NULL CHECK (trigger IN ('SIGNING', 'DELIVERY', 'ACCEPTANCE', 'DATE')),
     pct         numeric(9,6)  NOT NULL CHECK (pct > 0 AND pct <= 100),
     amount      numeric(19,4) NOT NULL CHECK (amount >= 0),
     due_on      date,
     state       varchar(12)   NOT NULL DEFAULT 'PLANNED',
     PRIMARY KEY (contract_id, seq)
   )`,
  `CREATE TABLE milestone (
     id          uuid PRIMARY KEY,
     contract_id uuid        NOT NULL REFERENCES contract,
     kind        varchar(12) NOT NULL CHECK (kind IN ('DELIVERY', 'ACCEPTANCE')),
     owner_id    uuid        NOT NULL REFERENCES employee,
     due_on      date        NOT NULL,
     done_on     date,
     note        varchar(2000),
     UNIQUE (contract_id, kind)
   )`,
  `CREATE FUNCTION payment_plan_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE the_contract uuid;
   BEGIN
     IF TG_TABLE_NAME = 'contract' THEN
       the_contract := NEW.id;
     ELSIF TG_OP = 'DELETE' THEN
       the_contract := OLD.contract_id;
     ELSE
       the_contract := NEW.contract_id;
     END IF;
     IF EXISTS (
       SELECT 1 FROM contract c LEFT JOIN payment_plan_row r ON r.contract_id = c.id
       WHERE c.id = the_contract AND (r.seq IS NOT NULL OR c.state = 'EFFECTIVE')
       GROUP BY c.id, c.total HAVING coalesce(sum(r.amount), -1) <> c.total OR coalesce(sum(r.pct), 0) <> 100
     ) THEN
       RAISE EXCEPTION 'contract %: the payment plan is not the whole', the_contract USING ERRCODE = 'check_violation';
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE CONSTRAINT TRIGGER contract_plan_is_whole AFTER INSERT OR UPDATE ON contract
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_plan_is_whole()`,
  `CREATE CONSTRAINT TRIGGER payment_plan_sums AFTER INSERT OR UPDATE OR DELETE ON payment_plan_row
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_plan_is_whole()`,
];
