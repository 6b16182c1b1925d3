import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-CC-1: who was sent a copy of a request, once, and whether they have looked at it. */
export class Copies1764000000083 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE request_copy (
         request_id uuid        NOT NULL REFERENCES approval_request,
         person_id  uuid        NOT NULL REFERENCES employee,
         trigger    varchar(20) NOT NULL CHECK (trigger IN ('SUBMIT', 'STAGE_PASSED', 'FINAL')),
         stage_key  varchar(60),
         ordinal    int         NOT NULL,
         at         timestamptz NOT NULL,
         read_at    timestamptz,
         PRIMARY KEY (request_id, person_id)
       )`,
    );
    await db.query(`CREATE INDEX request_copy_person ON request_copy (person_id, at DESC, request_id DESC)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE request_copy`);
  }
}
