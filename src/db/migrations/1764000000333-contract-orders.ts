import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders under a contract in force, within what was agreed, and disputes about it. */
export class ContractOrders1764000000333 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of ['contract_dispute', 'contract_order_line', 'contract_order'])
      await db.query(`DROP TABLE ${table}`);
  }
}

const archived = (
  table: string,
  ...erasable: readonly string[]
) => `CREATE TRIGGER ${table}_archived BEFORE INSERT OR UPDATE OR DELETE ON ${table}
  FOR EACH ROW EXECUTE FUNCTION archived_stays(${erasable.map((name) => `'${name}'`).join(', ')})`;

const UP = [
  `CREATE TABLE contract_order (
     id           uuid        PRIMARY KEY,
     contract_id  uuid        NOT NULL REFERENCES contract,
     no           int         NOT NULL CHECK (no > 0),
     state        varchar(12) NOT NULL CHECK (state IN ('PLACED', 'CONFIRMED', 'DELIVERED', 'CANCELLED')),
     deliver_by   date        NOT NULL,
     confirm_by   timestamptz,
     confirmed_at timestamptz,
     delivered_on date,
     owner_id     uuid        NOT NULL REFERENCES employee,
     by_id        uuid        NOT NULL REFERENCES employee,
     note         varchar(2000),
     created_at   timestamptz NOT NULL DEFAULT now(),
     UNIQUE (contract_id, no),
     CHECK ((state = 'DELIVERED') = (delivered_on IS NOT NULL))
   )`,
  `CREATE TABLE contract_order_line (
     order_id uuid          NOT NULL REFERENCES contract_order,
     line_no  int           NOT NULL,
     qty      numeric(19,6) NOT NULL CHECK (qty > 0),
     PRIMARY KEY (order_id, line_no)
   )`,
  `CREATE TABLE contract_dispute (
     id          uuid          PRIMARY KEY,
     contract_id uuid          NOT NULL REFERENCES contract,
     reason      varchar(12)   NOT NULL CHECK (reason IN ('QUALITY', 'QUANTITY', 'DELAY', 'PRICE', 'PAYMENT', 'OTHER')),
     text        varchar(2000) NOT NULL,
     amount      numeric(19,4) NOT NULL CHECK (amount >= 0),
     owner_id    uuid          NOT NULL REFERENCES employee,
     suspends    boolean       NOT NULL,
     state       varchar(12)   NOT NULL CHECK (state IN ('OPEN', 'SETTLED', 'REJECTED', 'WITHDRAWN')),
     opened_by   uuid          NOT NULL REFERENCES employee,
     opened_at   timestamptz   NOT NULL DEFAULT now(),
     outcome     varchar(2000),
     closed_by   uuid REFERENCES employee,
     closed_at   timestamptz,
     CHECK ((state = 'OPEN') = (closed_at IS NULL))
   )`,
  `CREATE INDEX contract_dispute_contract ON contract_dispute (contract_id)`,
  archived('contract_order', 'note'),
  archived('contract_dispute', 'text', 'outcome'),
];
