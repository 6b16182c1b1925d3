import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of a round, what an edit may bring anew. */
const CONTENT = [
  'subject_version',
  'subject_hash',
  'facts',
  'document',
  'confidential',
  'plan',
  'plan_hash',
  'matched',
];
const REST = [
  'request_id',
  'round',
  'policy_id',
  'directory_revision',
  'changed',
  'comment',
  'submitted_by',
  'submitted_at',
  'who',
  'snapshot_hash',
];

/** AE-SUB-2: the contents of a round after approvers changed it; the round itself stays as it was submitted. */
export class Edits1764000000131 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE approval_edit (
        request_id      uuid          NOT NULL,
        round           int           NOT NULL,
        edit            int           NOT NULL CHECK (edit > 0),
        seat_id         uuid          NOT NULL REFERENCES approval_seat,
        subject_id      uuid          NOT NULL,
        subject_version int           NOT NULL,
        subject_hash    char(64)      NOT NULL,
        facts           jsonb         NOT NULL,
        document        jsonb         NOT NULL,
        confidential    jsonb,
        plan            jsonb         NOT NULL,
        plan_hash       varchar(2000) NOT NULL,
        matched         jsonb         NOT NULL,
        at              timestamptz   NOT NULL,
        PRIMARY KEY (request_id, round, edit),
        FOREIGN KEY (request_id, round) REFERENCES approval_round
      )`);
    await db.query(`
      CREATE TRIGGER approval_edit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON approval_edit
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await db.query(`ALTER TABLE approval_decision ADD COLUMN edited boolean NOT NULL DEFAULT false`);
    const content = CONTENT.map(
      (column) => `CASE WHEN e.edit IS NULL THEN o.${column} ELSE e.${column} END AS ${column}`,
    );
    await db.query(`
      CREATE VIEW approval_content AS
        SELECT ${[...REST.map((column) => `o.${column}`), ...content].join(', ')}
        FROM approval_round o LEFT JOIN LATERAL (
          SELECT * FROM approval_edit e WHERE e.request_id = o.request_id AND e.round = o.round ORDER BY e.edit DESC LIMIT 1
        ) e ON true`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP VIEW approval_content`);
    await db.query(`ALTER TABLE approval_decision DROP COLUMN edited`);
    await db.query(`DROP TABLE approval_edit`);
  }
}
