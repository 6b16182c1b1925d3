import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who drafts policies is a right of its own, so that directors may write what somebody else approves. Taking a version
 * back and deactivating one are proposed by one person and confirmed by another, as putting one in force is.
 */
export class PolicyEndings1764000000151 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const UP = [
  `CREATE TABLE policy_ending (
     id          uuid PRIMARY KEY,
     policy_id   uuid          NOT NULL REFERENCES policy_version,
     act         varchar(10)   NOT NULL CHECK (act IN ('CANCEL', 'DEACTIVATE')),
     reason      varchar(2000) NOT NULL,
     state       varchar(10)   NOT NULL DEFAULT 'PROPOSED' CHECK (state IN ('PROPOSED', 'CONFIRMED', 'REFUSED', 'WITHDRAWN')),
     proposed_by uuid          NOT NULL REFERENCES employee,
     proposed_at timestamptz   NOT NULL,
     settled_by  uuid REFERENCES employee,
     settled_at  timestamptz,
     CHECK ((state = 'PROPOSED') = (settled_by IS NULL AND settled_at IS NULL))
   )`,
  `CREATE UNIQUE INDEX policy_ending_open ON policy_ending (policy_id) WHERE state = 'PROPOSED'`,
  `INSERT INTO role_permission (role, permission, scope)
     SELECT role, 'policy:draft', scope FROM role_permission WHERE permission = 'policy:write'
     UNION ALL
     SELECT role, 'policy:draft', scope FROM role_permission
     WHERE permission = 'policy:read' AND role IN ('REGIONAL_DIRECTOR', 'SALES_MANAGER')
   ON CONFLICT DO NOTHING`,
];

const DOWN = [`DELETE FROM role_permission WHERE permission = 'policy:draft'`, `DROP TABLE policy_ending`];
