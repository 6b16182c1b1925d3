import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who we sell to, what we sell at which price, which deals are open, and files on their way in. */
export class CustomersCatalogue1764000000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of [...CUSTOMERS, ...CATALOGUE, ...OPPORTUNITIES, ...IMPORTS])
      await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of TABLES) await db.query(`DROP TABLE ${table}`);
    await db.query(`DROP SEQUENCE opportunity_number_seq`);
    await db.query(`DROP FUNCTION refuse_customer_cycle()`);
  }
}

/** In an order in which they can be dropped. */
const TABLES = [
  'import_key',
  'import_row_error',
  'import_chunk',
  'opportunity',
  'opportunity_stage',
  'price_item',
  'price_list',
  'product',
  'customer',
  'import_job',
];

const CUSTOMERS = [
  `CREATE TABLE customer (
     id               uuid PRIMARY KEY,
     name             varchar(200) NOT NULL CHECK (name <> ''),
     name_key         varchar(200) NOT NULL CHECK (name_key <> ''),
     match_key        varchar(200) NOT NULL,
     sector           varchar(80),
     country          varchar(80),
     year_established smallint CHECK (year_established BETWEEN 1000 AND 2999),
     revenue_musd     numeric(19,4) CHECK (revenue_musd >= 0),
     employees        integer CHECK (employees >= 0),
     parent_id        uuid REFERENCES customer,
     zone             varchar(60) NOT NULL,
     size_class       varchar(10) CHECK (size_class IN ('MICRO', 'SMALL', 'MEDIUM', 'LARGE')),
     credit_class     varchar(10),
     credit_limit     numeric(19,4) CHECK (credit_limit >= 0),
     credit_currency  char(3),
     uscc             varchar(18),
     owner_id         uuid REFERENCES employee,
     row_version      integer NOT NULL DEFAULT 1,
     created_at       timestamptz NOT NULL DEFAULT now(),
     updated_at       timestamptz NOT NULL DEFAULT now(),
     CONSTRAINT customer_name UNIQUE (name_key),
     CONSTRAINT customer_uscc UNIQUE (uscc),
     CHECK (parent_id <> id),
     CHECK ((credit_limit IS NULL) = (credit_currency IS NULL))
   )`,
  `CREATE INDEX customer_order ON customer (name, id)`,
  `CREATE INDEX customer_search ON customer USING gin (name gin_trgm_ops)`,
  `CREATE INDEX customer_match ON customer (match_key)`,
  `CREATE INDEX customer_parent ON customer (parent_id)`,
  `CREATE FUNCTION refuse_customer_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF NEW.parent_id IS NOT NULL AND EXISTS (
       WITH RECURSIVE above(id) AS (
         SELECT NEW.parent_id
         UNION
         SELECT c.parent_id FROM above a JOIN customer c ON c.id = a.id WHERE c.parent_id IS NOT NULL
       ) SELECT 1 FROM above WHERE id = NEW.id
     ) THEN
       RAISE EXCEPTION 'a customer cannot be its own parent' USING ERRCODE = 'check_violation', CONSTRAINT = 'customer_no_cycle';
     END IF;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER customer_no_cycle BEFORE INSERT OR UPDATE OF parent_id ON customer
     FOR EACH ROW EXECUTE FUNCTION refuse_customer_cycle()`,
];

const CATALOGUE = [
  `CREATE TABLE product (
     id          uuid PRIMARY KEY,
     sku         varchar(60)  NOT NULL CHECK (sku <> ''),
     name        varchar(120) NOT NULL CHECK (name <> ''),
     name_key    varchar(120) NOT NULL CHECK (name_key <> ''),
     match_key   varchar(120) NOT NULL,
     series      varchar(60)  NOT NULL,
     row_version integer      NOT NULL DEFAULT 1,
     created_at  timestamptz  NOT NULL DEFAULT now(),
     updated_at  timestamptz  NOT NULL DEFAULT now(),
     CONSTRAINT product_sku UNIQUE (sku),
     CONSTRAINT product_name UNIQUE (name_key)
   )`,
  `CREATE INDEX product_order ON product (name, id)`,
  `CREATE INDEX product_match ON product (match_key)`,
  `CREATE TABLE price_list (
     id            uuid PRIMARY KEY,
     currency      char(3)   NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
     version       integer   NOT NULL CHECK (version > 0),
     valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
     import_job_id uuid,
     created_at    timestamptz NOT NULL DEFAULT now(),
     CONSTRAINT price_list_version UNIQUE (currency, version),
     CONSTRAINT price_list_one_valid EXCLUDE USING gist (currency WITH =, valid WITH &&)
   )`,
  `CREATE TABLE price_item (
     price_list_id uuid NOT NULL REFERENCES price_list,
     product_id    uuid NOT NULL REFERENCES product,
     list          numeric(19,4) NOT NULL CHECK (list >= 0),
     floor         numeric(19,4) NOT NULL CHECK (floor >= 0),
     cost          numeric(19,4) NOT NULL CHECK (cost >= 0),
     cost_as_of    date NOT NULL,
     PRIMARY KEY (price_list_id, product_id),
     CONSTRAINT price_item_floor CHECK (floor <= list)
   )`,
  `CREATE INDEX price_item_product ON price_item (product_id)`,
];

const OPPORTUNITIES = [
  `CREATE TABLE opportunity_stage (
     key             varchar(20) PRIMARY KEY,
     rank            smallint    NOT NULL UNIQUE,
     probability_pct numeric(9,6) CHECK (probability_pct BETWEEN 0 AND 100),
     forecast        varchar(10) NOT NULL CHECK (forecast IN ('PIPELINE', 'BEST_CASE', 'COMMIT', 'CLOSED', 'OMITTED')),
     is_closed       boolean     NOT NULL,
     name_zh         varchar(40) NOT NULL,
     name_en         varchar(40) NOT NULL
   )`,
  `INSERT INTO opportunity_stage (key, rank, probability_pct, forecast, is_closed, name_zh, name_en) VALUES
     ('PROSPECTING', 1, 10,   'PIPELINE',  false, '初步接洽', 'Prospecting'),
     ('QUALIFIED',   2, 20,   'PIPELINE',  false, '需求确认', 'Needs confirmed'),
     ('PROPOSAL',    3, 40,   'PIPELINE',  false, '方案',     'Proposal'),
     ('QUOTED',      4, 60,   'BEST_CASE', false, '报价',     'Quoted'),
     ('NEGOTIATION', 5, 75,   'BEST_CASE', false, '谈判',     'Negotiation'),
     ('CONTRACTING', 6, 90,   'COMMIT',    false, '合同审批', 'Contract approval'),
     ('WON',         7, 100,  'CLOSED',    true,  '赢单',     'Won'),
     ('LOST',        8, 0,    'OMITTED',   true,  '输单',     'Lost'),
     ('ON_HOLD',     9, NULL, 'OMITTED',   false, '搁置',     'On hold')`,
  `CREATE SEQUENCE opportunity_number_seq`,
  `CREATE TABLE opportunity (
     id          uuid PRIMARY KEY,
     number      varchar(40) NOT NULL CHECK (number <> ''),
     customer_id uuid REFERENCES customer,
     product_id  uuid REFERENCES product,
     owner_id    uuid NOT NULL REFERENCES employee,
     unit_id     uuid REFERENCES org_unit,
     stage       varchar(20) NOT NULL REFERENCES opportunity_stage,
     amount      numeric(19,4) CHECK (amount >= 0),
     currency    char(3),
     engaged_on  date,
     closed_on   date,
     lost_reason varchar(200),
     competitor  varchar(200),
     note        varchar(2000),
     origin      varchar(10) NOT NULL CHECK (origin IN ('MANUAL', 'IMPORT', 'DEMO')),
     row_version integer     NOT NULL DEFAULT 1,
     created_at  timestamptz NOT NULL DEFAULT now(),
     updated_at  timestamptz NOT NULL DEFAULT now(),
     CONSTRAINT opportunity_number UNIQUE (number),
     CHECK ((amount IS NULL) = (currency IS NULL)),
     CHECK (closed_on >= engaged_on),
     CONSTRAINT opportunity_closed_has_customer CHECK (customer_id IS NOT NULL OR stage NOT IN ('WON', 'LOST')),
     CONSTRAINT opportunity_lost_reason CHECK (stage <> 'LOST' OR origin <> 'MANUAL' OR lost_reason IS NOT NULL)
   )`,
  `CREATE INDEX opportunity_order ON opportunity (created_at DESC, id DESC)`,
  `CREATE INDEX opportunity_owner ON opportunity (owner_id, created_at DESC, id DESC)`,
  `CREATE INDEX opportunity_unit ON opportunity (unit_id, created_at DESC, id DESC)`,
  `CREATE INDEX opportunity_at_stage ON opportunity (stage, created_at DESC, id DESC)`,
  `CREATE INDEX opportunity_customer ON opportunity (customer_id)`,
  `CREATE INDEX opportunity_search ON opportunity USING gin (number gin_trgm_ops)`,
];

const IMPORTS = [
  `CREATE TABLE import_job (
     id          uuid PRIMARY KEY,
     kind        varchar(20)  NOT NULL CHECK (kind IN ('accounts', 'products', 'teams', 'opportunities')),
     file_name   varchar(255) NOT NULL,
     file_sha256 bytea        NOT NULL CHECK (octet_length(file_sha256) = 32),
     encoding    varchar(20)  NOT NULL,
     delimiter   char(1)      NOT NULL,
     columns     jsonb        NOT NULL,
     text_bytes  bigint       NOT NULL CHECK (text_bytes > 0),
     state       varchar(10)  NOT NULL CHECK (state IN ('PENDING', 'RUNNING', 'DONE', 'FAILED')),
     next_byte   bigint       NOT NULL CHECK (next_byte BETWEEN 0 AND text_bytes),
     rows_total  integer,
     rows_read   integer      NOT NULL DEFAULT 0,
     created     integer      NOT NULL DEFAULT 0,
     updated     integer      NOT NULL DEFAULT 0,
     unchanged   integer      NOT NULL DEFAULT 0,
     invalid     integer      NOT NULL DEFAULT 0,
     warnings    integer      NOT NULL DEFAULT 0,
     created_by  uuid         NOT NULL REFERENCES employee,
     created_at  timestamptz  NOT NULL DEFAULT now(),
     finished_at timestamptz,
     failure     varchar(500),
     CONSTRAINT import_job_every_row_counted CHECK (rows_read = created + updated + unchanged + invalid),
     CHECK ((state IN ('DONE', 'FAILED')) = (finished_at IS NOT NULL)),
     CHECK ((state = 'FAILED') = (failure IS NOT NULL))
   )`,
  `CREATE INDEX import_job_order ON import_job (created_at DESC, id DESC)`,
  `CREATE INDEX import_job_creator ON import_job (created_by, created_at DESC, id DESC)`,
  `CREATE TABLE import_chunk (
     job_id     uuid    NOT NULL REFERENCES import_job,
     first_byte bigint  NOT NULL,
     bytes      bytea   NOT NULL,
     PRIMARY KEY (job_id, first_byte)
   )`,
  `CREATE TABLE import_row_error (
     job_id      uuid         NOT NULL REFERENCES import_job,
     row_no      integer      NOT NULL CHECK (row_no > 0),
     ordinal     smallint     NOT NULL,
     column_name varchar(80)  NOT NULL,
     value       varchar(500) NOT NULL,
     rule        varchar(40)  NOT NULL,
     severity    varchar(10)  NOT NULL CHECK (severity IN ('ERROR', 'WARNING')),
     message     varchar(500) NOT NULL,
     PRIMARY KEY (job_id, row_no, ordinal)
   )`,
  `CREATE TABLE import_key (
     job_id      uuid         NOT NULL REFERENCES import_job,
     natural_key varchar(400) NOT NULL,
     row_no      integer      NOT NULL,
     parent_name varchar(200),
     PRIMARY KEY (job_id, natural_key)
   )`,
  `ALTER TABLE price_list ADD FOREIGN KEY (import_job_id) REFERENCES import_job`,
];
