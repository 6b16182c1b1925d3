import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Request kinds as versioned data, and their documents as general requests that may be drafts (row 34, AE-START-1). */
export class RequestKinds1764000000111 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE request_kind (
         key        varchar(40) PRIMARY KEY,
         retired_at timestamptz
       )`,
    );
    await db.query(
      `CREATE TABLE request_kind_version (
         id           uuid PRIMARY KEY,
         key          varchar(40)  NOT NULL REFERENCES request_kind,
         version      int          NOT NULL CHECK (version > 0),
         content      jsonb        NOT NULL,
         content_hash bytea        NOT NULL,
         note         varchar(500) NOT NULL,
         created_by   varchar(60)  NOT NULL,
         created_at   timestamptz  NOT NULL DEFAULT now(),
         UNIQUE (key, version)
       )`,
    );
    await db.query(
      `CREATE TRIGGER request_kind_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON request_kind_version
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    );
    await db.query(
      `ALTER TABLE general_request
         ADD COLUMN kind_version_id uuid REFERENCES request_kind_version,
         ADD COLUMN kind_key        varchar(40) REFERENCES request_kind,
         ADD COLUMN document        jsonb,
         ADD COLUMN subject_key     varchar(200),
         ADD COLUMN row_version     int NOT NULL DEFAULT 1,
         ADD COLUMN updated_at      timestamptz NOT NULL DEFAULT now(),
         DROP CONSTRAINT general_request_state_check,
         ADD CONSTRAINT general_request_state_check CHECK (state IN ('DRAFT', 'IN_APPROVAL', 'APPROVED', 'REJECTED', 'RETURNED',
           'WITHDRAWN', 'TERMINATED', 'EXPIRED', 'REVOKED')),
         ADD CONSTRAINT general_request_of_kind CHECK ((kind_version_id IS NULL) = (document IS NULL)
           AND (kind_version_id IS NULL) = (kind_key IS NULL)),
         ADD CONSTRAINT general_request_draft CHECK (state <> 'DRAFT' OR kind_key IS NOT NULL)`,
    );
    await db.query(
      `CREATE UNIQUE INDEX general_request_one_open ON general_request (kind_key, subject_key)
         WHERE state IN ('IN_APPROVAL', 'RETURNED')`,
    );
    await db.query(
      `CREATE INDEX general_request_drafts ON general_request (owner_id, updated_at DESC) WHERE kind_key IS NOT NULL`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM general_request WHERE state = 'DRAFT'`);
    await db.query(
      `ALTER TABLE general_request DROP CONSTRAINT general_request_draft, DROP CONSTRAINT general_request_of_kind,
         DROP CONSTRAINT general_request_state_check,
         ADD CONSTRAINT general_request_state_check CHECK (state IN ('IN_APPROVAL', 'APPROVED', 'REJECTED', 'RETURNED',
           'WITHDRAWN', 'TERMINATED', 'EXPIRED', 'REVOKED')),
         DROP COLUMN kind_version_id, DROP COLUMN kind_key, DROP COLUMN document, DROP COLUMN subject_key,
         DROP COLUMN row_version, DROP COLUMN updated_at`,
    );
    await db.query(`DROP TABLE request_kind_version`);
    await db.query(`DROP TABLE request_kind`);
  }
}
