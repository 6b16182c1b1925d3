import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Customers nobody may deal with for the time being, and what changes of a customer mean for what is in approval. */
export class CustomerBlocks1764000000361 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const HOLDERS = [
  ['customer:block', ['LEGAL', 'FINANCE', 'CFO', 'CREDIT']],
  ['customer:credit', ['CFO']],
  ['customer:write', ['BACK_OFFICE', 'CREDIT']],
] as const;

const changeKinds = (kinds: string) =>
  `ALTER TABLE price_change DROP CONSTRAINT price_change_kind_check,
     ADD CONSTRAINT price_change_kind_check CHECK (kind IN (${kinds}))`;
const PRICES = `'PRICE_LIST', 'COST', 'FX', 'REBATE'`;

const UP = [
  `CREATE TABLE customer_block (
     id          uuid PRIMARY KEY,
     customer_id uuid NOT NULL REFERENCES customer,
     cause       varchar(12) NOT NULL CHECK (cause IN ('BLACKLIST', 'INSOLVENCY', 'LEGAL')),
     note        varchar(2000),
     blocked_by  uuid NOT NULL REFERENCES employee,
     blocked_at  timestamptz NOT NULL,
     lift_note   varchar(2000),
     lifted_by   uuid REFERENCES employee,
     lifted_at   timestamptz,
     CHECK ((lifted_by IS NULL) = (lifted_at IS NULL)),
     CHECK (lifted_at >= blocked_at)
   )`,
  `CREATE UNIQUE INDEX customer_block_in_force ON customer_block (customer_id) WHERE lifted_at IS NULL`,
  `CREATE INDEX customer_block_order ON customer_block (customer_id, blocked_at DESC)`,
  `CREATE INDEX customer_block_by ON customer_block (blocked_by)`,
  `CREATE INDEX customer_block_lifted_by ON customer_block (lifted_by) WHERE lifted_by IS NOT NULL`,
  `ALTER TABLE customer ADD group_limit numeric(19,4) CHECK (group_limit >= 0), ADD group_currency char(3),
     ADD CONSTRAINT customer_group_limit CHECK ((group_limit IS NULL) = (group_currency IS NULL))`,
  changeKinds(`${PRICES}, 'CREDIT', 'GROUP', 'BLOCK'`),
  ...HOLDERS.map(
    ([permission, roles]) =>
      `INSERT INTO role_permission (role, permission, scope)
       SELECT DISTINCT role, '${permission}', 'ALL' FROM role_permission
       WHERE role IN (${roles.map((role) => `'${role}'`).join(', ')}) ON CONFLICT DO NOTHING`,
  ),
];

const DOWN = [
  `DELETE FROM role_permission WHERE permission IN (${HOLDERS.map(([permission]) => `'${permission}'`).join(', ')})`,
  `DELETE FROM price_change WHERE kind IN ('CREDIT', 'GROUP', 'BLOCK')`,
  changeKinds(PRICES),
  `ALTER TABLE customer DROP CONSTRAINT customer_group_limit, DROP group_limit, DROP group_currency`,
  `DROP TABLE customer_block`,
];
