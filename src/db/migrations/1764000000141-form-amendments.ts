import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-ENV-3: documents of request kinds as they were approved, while a change of them is not. */
export class FormAmendments1764000000141 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE general_request_approved (
         form_id         uuid PRIMARY KEY REFERENCES general_request,
         kind_version_id uuid         NOT NULL,
         document        jsonb        NOT NULL,
         approver_ids    uuid[]       NOT NULL,
         title           varchar(300) NOT NULL,
         subject_key     varchar(200),
         at              timestamptz  NOT NULL DEFAULT now()
       )`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE general_request_approved`);
  }
}
