import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that fields of a request kind name. They never change; they go with a draft that was never submitted. */
export class FormAttachments1764000000313 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE form_attachment (
         id         uuid PRIMARY KEY,
         form_id    uuid         NOT NULL REFERENCES general_request ON DELETE CASCADE,
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
      `CREATE TRIGGER form_attachment_immutable BEFORE UPDATE OR TRUNCATE ON form_attachment
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    );
    await db.query(`CREATE INDEX form_attachment_form ON form_attachment (form_id, id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE form_attachment`);
  }
}
