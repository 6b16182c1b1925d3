import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-RV-1: an approval may be revoked by a request of its own, and what followed from it is undone. */
export class Revocation1764000000042 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE approval_request DROP CONSTRAINT approval_request_kind_check,
         ADD CONSTRAINT approval_request_kind_check
           CHECK (kind IN ('QUOTE', 'CONTRACT', 'GENERAL', 'STAGE', 'REVOCATION'))`,
    );
    await db.query(
      `CREATE TABLE revocation (
         id             uuid PRIMARY KEY,
         request_id     uuid          NOT NULL REFERENCES approval_request,
         reason         varchar(4000) NOT NULL,
         requested_by   uuid          NOT NULL REFERENCES employee,
         state          varchar(20)   NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'REVOKED', 'ENDED')),
         compensation   varchar(20)   NOT NULL DEFAULT 'NONE' CHECK (compensation IN ('NONE', 'PENDING', 'DONE')),
         attempts       int           NOT NULL DEFAULT 0,
         last_error     varchar(500),
         failed_at      timestamptz,
         compensated_at timestamptz,
         created_at     timestamptz   NOT NULL DEFAULT now(),
         CHECK ((state = 'REVOKED') = (compensation <> 'NONE'))
       )`,
    );
    await db.query(`CREATE UNIQUE INDEX revocation_one_open ON revocation (request_id) WHERE state = 'OPEN'`);
    await db.query(`CREATE INDEX revocation_request ON revocation (request_id)`);
    await db.query(`CREATE INDEX revocation_to_compensate ON revocation (id) WHERE compensation = 'PENDING'`);
    await db.query(
      `ALTER TABLE general_request ADD COLUMN irreversible varchar(60),
         DROP CONSTRAINT general_request_state_check,
         ADD CONSTRAINT general_request_state_check CHECK (state IN ('IN_APPROVAL', 'APPROVED', 'REJECTED', 'RETURNED',
           'WITHDRAWN', 'TERMINATED', 'EXPIRED', 'REVOKED'))`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE general_request DROP COLUMN irreversible, DROP CONSTRAINT general_request_state_check,
         ADD CONSTRAINT general_request_state_check CHECK (state IN ('IN_APPROVAL', 'APPROVED', 'REJECTED', 'RETURNED',
           'WITHDRAWN', 'TERMINATED', 'EXPIRED'))`,
    );
    await db.query(`DROP TABLE revocation`);
    await db.query(
      `ALTER TABLE approval_request DROP CONSTRAINT approval_request_kind_check,
         ADD CONSTRAINT approval_request_kind_check CHECK (kind IN ('QUOTE', 'CONTRACT', 'GENERAL', 'STAGE'))`,
    );
  }
}
