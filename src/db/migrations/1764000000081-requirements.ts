import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-REQ-1: files put to a request, signed answers, and when somebody last proved who they are. */
export class Requirements1764000000081 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE request_attachment (
         id         uuid PRIMARY KEY,
         request_id uuid         NOT NULL REFERENCES approval_request,
         name       varchar(255) NOT NULL,
         media_type varchar(100) NOT NULL,
         size       int          NOT NULL CHECK (size >= 0),
         sha256     char(64)     NOT NULL,
         bytes      bytea        NOT NULL,
         by_id      uuid         NOT NULL REFERENCES employee,
         at         timestamptz  NOT NULL,
         CHECK (octet_length(bytes) = size)
       )`,
    );
    await db.query(
      `CREATE TRIGGER request_attachment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON request_attachment
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    );
    await db.query(`CREATE INDEX request_attachment_request ON request_attachment (request_id, id)`);
    await db.query(
      `CREATE TABLE signing_key (
         kid        varchar(60) PRIMARY KEY,
         public_jwk jsonb       NOT NULL,
         created_at timestamptz NOT NULL DEFAULT now()
       )`,
    );
    await db.query(`ALTER TABLE approval_decision ADD COLUMN attachments jsonb, ADD COLUMN signature text`);
    await db.query(`ALTER TABLE session ADD COLUMN authenticated_at timestamptz`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE session DROP COLUMN authenticated_at`);
    await db.query(`ALTER TABLE approval_decision DROP COLUMN attachments, DROP COLUMN signature`);
    await db.query(`DROP TABLE signing_key`);
    await db.query(`DROP TABLE request_attachment`);
  }
}
