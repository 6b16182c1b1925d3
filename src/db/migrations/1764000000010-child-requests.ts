import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-CHILD-1: a stage may be decided by a request of its own; both know each other. */
export class ChildRequests1764000000010 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_request DROP CONSTRAINT approval_request_kind_check`);
    await db.query(
      `ALTER TABLE approval_request ADD CONSTRAINT approval_request_kind_check
         CHECK (kind IN ('QUOTE', 'CONTRACT', 'GENERAL', 'STAGE')),
       ADD COLUMN parent_request_id uuid REFERENCES approval_request (id),
       ADD CONSTRAINT approval_request_parent_check CHECK ((parent_request_id IS NOT NULL) = (kind = 'STAGE'))`,
    );
    // the child's row is written after its stage's, in the same transaction
    await db.query(`ALTER TABLE approval_stage ADD COLUMN child_id uuid`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_stage DROP COLUMN child_id`);
    await db.query(
      `ALTER TABLE approval_request DROP CONSTRAINT approval_request_parent_check, DROP COLUMN parent_request_id,
       DROP CONSTRAINT approval_request_kind_check,
       ADD CONSTRAINT approval_request_kind_check CHECK (kind IN ('QUOTE', 'CONTRACT', 'GENERAL'))`,
    );
  }
}
