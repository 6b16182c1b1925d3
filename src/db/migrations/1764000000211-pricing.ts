import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Price lists get a life of their own (draft, review, published from an instant on), segments and quantity tiers; costs,
 * rebates and exchange rates become effective-dated tables beside them; quotations carry what a deal costs beside its goods.
 */
export class Pricing1764000000211 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const LISTS = [
  `ALTER TABLE price_list
     ADD COLUMN tier         varchar(10) NOT NULL DEFAULT '',
     ADD COLUMN region       varchar(40) NOT NULL DEFAULT '',
     ADD COLUMN state        varchar(10) NOT NULL DEFAULT 'APPROVED'
       CHECK (state IN ('DRAFT', 'IN_REVIEW', 'SENT_BACK', 'APPROVED', 'DISCARDED')),
     ADD COLUMN note         varchar(500),
     ADD COLUMN base_id      uuid REFERENCES price_list,
     ADD COLUMN authors      uuid[]      NOT NULL DEFAULT '{}',
     ADD COLUMN wanted_from  timestamptz,
     ADD COLUMN wanted_to    timestamptz,
     ADD COLUMN reviewed_by  uuid REFERENCES employee,
     ADD COLUMN review_reason varchar(500),
     ADD COLUMN row_version  int         NOT NULL DEFAULT 1,
     ADD COLUMN updated_at   timestamptz NOT NULL DEFAULT now(),
     ALTER COLUMN valid DROP NOT NULL,
     ADD CONSTRAINT price_list_published CHECK ((state = 'APPROVED') = (valid IS NOT NULL)),
     DROP CONSTRAINT price_list_version,
     ADD CONSTRAINT price_list_version UNIQUE (currency, tier, region, version),
     DROP CONSTRAINT price_list_one_valid,
     ADD CONSTRAINT price_list_one_valid EXCLUDE USING gist (currency WITH =, tier WITH =, region WITH =, valid WITH &&)`,
  `CREATE INDEX price_list_order ON price_list (updated_at DESC, id DESC)`,
  `ALTER TABLE price_item ADD COLUMN min_qty numeric(19,4) NOT NULL DEFAULT 0 CHECK (min_qty >= 0)`,
  `ALTER TABLE price_item DROP CONSTRAINT price_item_pkey, ADD PRIMARY KEY (price_list_id, product_id, min_qty)`,
  `ALTER TABLE customer ADD COLUMN IF NOT EXISTS tier varchar(10), ADD COLUMN IF NOT EXISTS region varchar(40)`,
];

const effective = (table: string, what: string, key: string, gist: string) =>
  `CREATE TABLE ${table} (
     id            uuid PRIMARY KEY,
     ${what},
     valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
     source        varchar(120) NOT NULL DEFAULT '',
     created_by    uuid REFERENCES employee,
     import_job_id uuid REFERENCES import_job,
     created_at    timestamptz NOT NULL DEFAULT now(),
     CONSTRAINT ${key} EXCLUDE USING gist (${gist}, valid WITH &&)
   )`;

const COSTS = [
  effective(
    'product_cost',
    `product_id uuid NOT NULL REFERENCES product,
     currency char(3) NOT NULL,
     cost numeric(19,4) NOT NULL CHECK (cost >= 0)`,
    'product_cost_one_valid',
    'product_id WITH =, currency WITH =',
  ),
  `INSERT INTO product_cost (id, product_id, currency, cost, valid)
   SELECT DISTINCT ON (i.product_id, l.currency) gen_random_uuid(), i.product_id, l.currency, i.cost,
     tstzrange(i.cost_as_of::timestamp AT TIME ZONE 'UTC', NULL)
   FROM price_item i JOIN price_list l ON l.id = i.price_list_id ORDER BY i.product_id, l.currency, l.version DESC`,
  `ALTER TABLE price_item DROP COLUMN cost, DROP COLUMN cost_as_of`,
  effective(
    'fx_rate',
    `currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
     rate numeric(18,8) NOT NULL CHECK (rate > 0),
     as_of date NOT NULL`,
    'fx_rate_one_valid',
    'currency WITH =',
  ),
  effective(
    'rebate',
    `customer_id uuid REFERENCES customer,
     product_id uuid REFERENCES product,
     from_amount numeric(19,4) NOT NULL DEFAULT 0 CHECK (from_amount >= 0),
     pct numeric(9,6) NOT NULL CHECK (pct > 0 AND pct <= 100),
     CHECK (customer_id IS NOT NULL OR product_id IS NOT NULL)`,
    'rebate_one_valid',
    `(coalesce(customer_id, '00000000-0000-0000-0000-000000000000')) WITH =,
     (coalesce(product_id, '00000000-0000-0000-0000-000000000000')) WITH =, from_amount WITH =`,
  ),
  `CREATE INDEX rebate_customer ON rebate (customer_id)`,
  `CREATE INDEX rebate_product ON rebate (product_id)`,
];

const QUOTES = [
  `ALTER TABLE quote
     ADD COLUMN freight          numeric(19,4) NOT NULL DEFAULT 0 CHECK (freight >= 0),
     ADD COLUMN commission_pct   numeric(9,6)  NOT NULL DEFAULT 0 CHECK (commission_pct BETWEEN 0 AND 100),
     ADD COLUMN rebate_total     numeric(19,4) NOT NULL DEFAULT 0,
     ADD COLUMN freight_total    numeric(19,4) NOT NULL DEFAULT 0,
     ADD COLUMN commission_total numeric(19,4) NOT NULL DEFAULT 0,
     ADD COLUMN fx_rate          numeric(18,8) NOT NULL DEFAULT 1 CHECK (fx_rate > 0),
     ADD COLUMN fx_as_of         date,
     ADD COLUMN fx_accepted      jsonb`,
  `ALTER TABLE quote_line
     ADD COLUMN min_qty numeric(19,4) NOT NULL DEFAULT 0,
     ADD COLUMN freight numeric(19,4) NOT NULL DEFAULT 0 CHECK (freight >= 0),
     ADD COLUMN rebate_pct numeric(9,6) NOT NULL DEFAULT 0`,
  `UPDATE quote_approved SET
     quote = '{"freight":0,"commission_pct":0,"rebate_total":0,"freight_total":0,"commission_total":0,"fx_rate":1}' || quote,
     lines = (SELECT jsonb_agg('{"min_qty":0,"freight":0,"rebate_pct":0}' || l) FROM jsonb_array_elements(lines) l)`,
  `UPDATE quote q SET fx_rate = (p.content->'ratesToBase'->>q.currency)::numeric FROM policy_version p
   WHERE p.kind = 'pricing' AND p.valid @> now() AND (p.content->'ratesToBase'->>q.currency)::numeric > 0`,
  // one check per quotation and statement instead of one per line: 500 lines are saved at once
  `ALTER TABLE quote ADD COLUMN lines_changed int NOT NULL DEFAULT 0`,
  `DROP TRIGGER quote_lines_are_sum ON quote_line`,
  `CREATE FUNCTION quote_lines_changed() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     UPDATE quote SET lines_changed = lines_changed + 1 WHERE id IN (SELECT DISTINCT quote_id FROM changed);
     RETURN NULL;
   END $$`,
  ...['INSERT', 'UPDATE', 'DELETE'].map(
    (act) =>
      `CREATE TRIGGER quote_lines_${act.toLowerCase()} AFTER ${act} ON quote_line
         REFERENCING ${act === 'DELETE' ? 'OLD' : 'NEW'} TABLE AS changed
         FOR EACH STATEMENT EXECUTE FUNCTION quote_lines_changed()`,
  ),
];

const RIGHTS = [
  `INSERT INTO role_permission (role, permission, scope)
   SELECT role, 'price:write', 'ALL' FROM role_permission WHERE role IN ('FINANCE', 'CFO') AND permission = 'cost:read'
   ON CONFLICT DO NOTHING`,
];

const UP = [...LISTS, ...COSTS, ...QUOTES, ...RIGHTS];

const DOWN = [
  `DELETE FROM role_permission WHERE permission = 'price:write'`,
  ...['insert', 'update', 'delete'].map((act) => `DROP TRIGGER quote_lines_${act} ON quote_line`),
  `DROP FUNCTION quote_lines_changed()`,
  `CREATE CONSTRAINT TRIGGER quote_lines_are_sum AFTER INSERT OR UPDATE OR DELETE ON quote_line
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quote_sum_holds()`,
  `UPDATE quote_approved SET
     quote = quote - '{freight,commission_pct,rebate_total,freight_total,commission_total,fx_rate,fx_as_of,fx_accepted,lines_changed}'::text[],
     lines = (SELECT jsonb_agg(l - '{min_qty,freight,rebate_pct}'::text[]) FROM jsonb_array_elements(lines) l)`,
  `ALTER TABLE quote_line DROP COLUMN min_qty, DROP COLUMN freight, DROP COLUMN rebate_pct`,
  `ALTER TABLE quote DROP COLUMN lines_changed, DROP COLUMN freight, DROP COLUMN commission_pct, DROP COLUMN rebate_total,
     DROP COLUMN freight_total, DROP COLUMN commission_total, DROP COLUMN fx_rate, DROP COLUMN fx_as_of, DROP COLUMN fx_accepted`,
  `DROP TABLE rebate`,
  `DROP TABLE fx_rate`,
  `ALTER TABLE price_item ADD COLUMN cost numeric(19,4) CHECK (cost >= 0), ADD COLUMN cost_as_of date`,
  `DELETE FROM price_item WHERE min_qty > 0 OR price_list_id IN
     (SELECT id FROM price_list WHERE state <> 'APPROVED' OR tier <> '' OR region <> '')`,
  `UPDATE price_item i SET
     cost = coalesce((SELECT c.cost FROM product_cost c JOIN price_list l ON l.currency = c.currency
                      WHERE l.id = i.price_list_id AND c.product_id = i.product_id ORDER BY lower(c.valid) DESC LIMIT 1), 0),
     cost_as_of = coalesce((SELECT lower(c.valid)::date FROM product_cost c JOIN price_list l ON l.currency = c.currency
                            WHERE l.id = i.price_list_id AND c.product_id = i.product_id ORDER BY lower(c.valid) DESC LIMIT 1), current_date)`,
  `DROP TABLE product_cost`,
  `ALTER TABLE price_item ALTER COLUMN cost SET NOT NULL, ALTER COLUMN cost_as_of SET NOT NULL,
     DROP CONSTRAINT price_item_pkey, DROP COLUMN min_qty, ADD PRIMARY KEY (price_list_id, product_id)`,
  `UPDATE price_list SET base_id = NULL`,
  `DELETE FROM price_list l WHERE (state <> 'APPROVED' OR tier <> '' OR region <> '')
     AND NOT EXISTS (SELECT 1 FROM quote q WHERE q.price_list_id = l.id)`,
  `DROP INDEX price_list_order`,
  `ALTER TABLE price_list
     DROP CONSTRAINT price_list_published, DROP CONSTRAINT price_list_version, DROP CONSTRAINT price_list_one_valid`,
  `ALTER TABLE price_list
     DROP COLUMN tier, DROP COLUMN region, DROP COLUMN state, DROP COLUMN note, DROP COLUMN base_id, DROP COLUMN authors,
     DROP COLUMN wanted_from, DROP COLUMN wanted_to, DROP COLUMN reviewed_by, DROP COLUMN review_reason,
     DROP COLUMN row_version, DROP COLUMN updated_at,
     ALTER COLUMN valid SET NOT NULL,
     ADD CONSTRAINT price_list_version UNIQUE (currency, version),
     ADD CONSTRAINT price_list_one_valid EXCLUDE USING gist (currency WITH =, valid WITH &&)`,
  `ALTER TABLE customer DROP COLUMN IF EXISTS tier, DROP COLUMN IF EXISTS region`,
];
