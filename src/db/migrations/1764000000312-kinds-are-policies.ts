import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A request kind is policy data named `request.<key>`: written by one person, put in force by another. Versions keep their
 * ids, so that every document stays bound to its own; their notes go on as the approved drafts they came from.
 */
export class KindsArePolicies1764000000312 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const effect = (versions: string) => `CREATE VIEW subject_effect WITH (security_invoker = true) AS
  SELECT 'QUOTE' AS kind, id AS subject_id, CASE WHEN sent_at IS NOT NULL THEN 'SENT' END AS effect FROM quote
  UNION ALL SELECT 'CONTRACT', id, state FROM contract
  UNION ALL SELECT 'GENERAL', g.id, coalesce(g.irreversible,
    CASE WHEN g.state = 'APPROVED' AND v.content->>'undo' = 'NONE' THEN 'NO_UNDO' END)
  FROM general_request g LEFT JOIN ${versions} v ON v.id = g.kind_version_id`;

/** Each version ends where the next one begins, the last one of a retired kind when it was retired. */
const UP = [
  `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by, created_at)
   SELECT v.id, 'request.' || v.key, v.version,
     tstzrange(v.created_at, greatest(v.created_at, coalesce(lead(v.created_at) OVER one_kind, k.retired_at))),
     v.content, v.content_hash, v.created_by, v.created_at
   FROM request_kind_version v JOIN request_kind k ON k.key = v.key
   WINDOW one_kind AS (PARTITION BY v.key ORDER BY v.version)`,
  `INSERT INTO policy_draft (id, kind, content, note, created_by, created_at, published_as, state, based_on, authors, updated_at)
   SELECT gen_random_uuid(), 'request.' || v.key, v.content, v.note, e.id, v.created_at, v.id, 'APPROVED', b.id, ARRAY[e.id],
     v.created_at
   FROM request_kind_version v JOIN employee e ON e.id::text = v.created_by
   LEFT JOIN request_kind_version b ON b.key = v.key AND b.version = v.version - 1`,
  `DROP VIEW subject_effect`,
  effect('policy_version'),
  `ALTER TABLE general_request
     DROP CONSTRAINT general_request_kind_version_id_fkey,
     DROP CONSTRAINT general_request_kind_key_fkey,
     ADD CONSTRAINT general_request_kind_version_id_fkey FOREIGN KEY (kind_version_id) REFERENCES policy_version`,
  `DROP TABLE request_kind_version`,
  `DROP TABLE request_kind`,
];

/** What has not begun, and what is still written, has no place in the tables of before. */
const DOWN = [
  `CREATE TABLE request_kind (
     key        varchar(40) PRIMARY KEY,
     retired_at timestamptz
   )`,
  `CREATE TABLE request_kind_version (
     id           uuid PRIMARY KEY,
     key          varchar(40)  NOT NULL REFERENCES request_kind,
     version      int          NOT NULL CHECK (version > 0),
     content      json         NOT NULL,
     content_hash bytea        NOT NULL,
     note         varchar(500) NOT NULL,
     created_by   varchar(60)  NOT NULL,
     created_at   timestamptz  NOT NULL DEFAULT now(),
     UNIQUE (key, version)
   )`,
  `INSERT INTO request_kind (key, retired_at)
   SELECT substr(kind, 9), CASE WHEN bool_or(valid @> now()) THEN NULL ELSE max(upper(valid)) END
   FROM policy_version WHERE kind LIKE 'request.%' AND lower(valid) <= now() GROUP BY kind`,
  `INSERT INTO request_kind_version (id, key, version, content, content_hash, note, created_by, created_at)
   SELECT v.id, substr(v.kind, 9), v.version, v.content, v.content_hash, coalesce(d.note, 'first version'), v.created_by, v.created_at
   FROM policy_version v LEFT JOIN policy_draft d ON d.published_as = v.id
   WHERE v.kind LIKE 'request.%' AND lower(v.valid) <= now()`,
  `CREATE TRIGGER request_kind_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON request_kind_version
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  `DROP VIEW subject_effect`,
  effect('request_kind_version'),
  `ALTER TABLE general_request
     DROP CONSTRAINT general_request_kind_version_id_fkey,
     ADD CONSTRAINT general_request_kind_version_id_fkey FOREIGN KEY (kind_version_id) REFERENCES request_kind_version,
     ADD CONSTRAINT general_request_kind_key_fkey FOREIGN KEY (kind_key) REFERENCES request_kind`,
  // where migrations ran in the order of their numbers the endings are gone by now
  `DO $$ BEGIN
     IF to_regclass('policy_ending') IS NOT NULL THEN
       DELETE FROM policy_ending e USING policy_version v WHERE v.id = e.policy_id AND v.kind LIKE 'request.%';
     END IF;
   END $$`,
  `DELETE FROM policy_draft WHERE kind LIKE 'request.%'`,
  `ALTER TABLE policy_version DISABLE TRIGGER policy_version_immutable`,
  `DELETE FROM policy_version WHERE kind LIKE 'request.%'`,
  `ALTER TABLE policy_version ENABLE TRIGGER policy_version_immutable`,
];
