import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Quotations: one row per version; lines whose net amounts sum to the header, checked when the transaction ends. */
export class Quote1764000000005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE quote_line`);
    await db.query(`DROP TABLE quote`);
    await db.query(`DROP FUNCTION quote_sum_holds()`);
    await db.query(`DROP SEQUENCE quote_number`);
  }
}

const UP = [
  `CREATE SEQUENCE quote_number`,
  `CREATE TABLE quote (
     id                  uuid PRIMARY KEY,
     number              varchar(40) NOT NULL,
     version             int         NOT NULL CHECK (version > 0),
     opportunity_id      uuid REFERENCES opportunity,
     customer_id         uuid        NOT NULL REFERENCES customer,
     owner_id            uuid        NOT NULL REFERENCES employee,
     unit_id             uuid        NOT NULL REFERENCES org_unit,
     state               varchar(20) NOT NULL CHECK (state IN ('DRAFT', 'IN_APPROVAL', 'RETURNED', 'APPROVED', 'SENT',
                           'ACCEPTED', 'DECLINED', 'EXPIRED', 'REJECTED', 'WITHDRAWN', 'SUPERSEDED')),
     row_version         int         NOT NULL DEFAULT 1,
     currency            char(3)     NOT NULL,
     price_list_id       uuid        NOT NULL REFERENCES price_list,
     deal_discount_pct   numeric(9,6) NOT NULL CHECK (deal_discount_pct BETWEEN 0 AND 100),
     list_total          numeric(19,4) NOT NULL CHECK (list_total >= 0),
     net_total           numeric(19,4) NOT NULL CHECK (net_total >= 0 AND net_total <= list_total),
     cost_total          numeric(19,4) NOT NULL CHECK (cost_total >= 0),
     financing_cost      numeric(19,4) NOT NULL,
     discount_pct        numeric(9,6) NOT NULL,
     margin_pct          numeric(12,6),
     margin_flag         varchar(5)  NOT NULL CHECK (margin_flag IN ('GREEN', 'AMBER', 'RED')),
     term_days           int         NOT NULL CHECK (term_days BETWEEN 0 AND 3650),
     instalments         jsonb       NOT NULL,
     delivery_days       int CHECK (delivery_days BETWEEN 0 AND 3650),
     warranty_months     int CHECK (warranty_months BETWEEN 0 AND 600),
     non_standard_clauses jsonb      NOT NULL,
     valid_until         date,
     expires_at          timestamptz,
     note                varchar(2000),
     material            jsonb       NOT NULL,
     material_hash       char(64)    NOT NULL,
     request_id          uuid REFERENCES approval_request,
     sent_at             timestamptz,
     answered_at         timestamptz,
     reminded            int[]       NOT NULL DEFAULT '{}',
     created_at          timestamptz NOT NULL DEFAULT now(),
     updated_at          timestamptz NOT NULL DEFAULT now(),
     UNIQUE (number, version)
   )`,
  `CREATE UNIQUE INDEX quote_one_running ON quote (number)
     WHERE state IN ('DRAFT', 'IN_APPROVAL', 'RETURNED')`,
  `CREATE INDEX quote_owner ON quote (owner_id, updated_at DESC, id DESC)`,
  `CREATE INDEX quote_updated ON quote (updated_at DESC, id DESC)`,
  `CREATE INDEX quote_customer ON quote (customer_id)`,
  `CREATE INDEX quote_opportunity ON quote (opportunity_id)`,
  `CREATE INDEX quote_in_process ON quote (state) WHERE state IN ('IN_APPROVAL', 'RETURNED', 'APPROVED', 'SENT', 'ACCEPTED')`,
  `CREATE TABLE quote_line (
     id           uuid PRIMARY KEY,
     quote_id     uuid          NOT NULL REFERENCES quote,
     no           int           NOT NULL CHECK (no > 0),
     product_id   uuid          NOT NULL REFERENCES product,
     qty          numeric(19,4) NOT NULL CHECK (qty > 0),
     list         numeric(19,4) NOT NULL CHECK (list >= 0),
     floor        numeric(19,4) NOT NULL,
     cost         numeric(19,4) NOT NULL,
     unit_net     numeric(19,4) NOT NULL CHECK (unit_net >= 0 AND unit_net <= list),
     discount_pct numeric(9,6)  NOT NULL CHECK (discount_pct BETWEEN 0 AND 100),
     net          numeric(19,4) NOT NULL CHECK (net >= 0),
     free         boolean       NOT NULL,
     note         varchar(500),
     UNIQUE (quote_id, no)
   )`,
  `CREATE FUNCTION quote_sum_holds() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE the_quote uuid;
   BEGIN
     IF TG_TABLE_NAME = 'quote' THEN
       the_quote := NEW.id;
     ELSIF TG_OP = 'DELETE' THEN
       the_quote := OLD.quote_id;
     ELSE
       the_quote := NEW.quote_id;
     END IF;
     IF EXISTS (SELECT 1 FROM quote q WHERE q.id = the_quote
                AND q.net_total <> (SELECT coalesce(sum(l.net), 0) FROM quote_line l WHERE l.quote_id = q.id)) THEN
       RAISE EXCEPTION 'quote %: the lines do not sum to the header', the_quote USING ERRCODE = 'check_violation';
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE CONSTRAINT TRIGGER quote_header_is_sum AFTER INSERT OR UPDATE ON quote
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quote_sum_holds()`,
  `CREATE CONSTRAINT TRIGGER quote_lines_are_sum AFTER INSERT OR UPDATE OR DELETE ON quote_line
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quote_sum_holds()`,
];
