import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-RV-1: what has followed from an approval, as a word; whether it can be undone is the kind's own data. */
export class SubjectEffect1764000000142 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE VIEW subject_effect WITH (security_invoker = true) AS
         SELECT 'QUOTE' AS kind, id AS subject_id, CASE WHEN sent_at IS NOT NULL THEN 'SENT' END AS effect FROM quote
         UNION ALL SELECT 'CONTRACT', id, state FROM contract
         UNION ALL SELECT 'GENERAL', g.id, coalesce(g.irreversible,
           CASE WHEN g.state = 'APPROVED' AND v.content->>'undo' = 'NONE' THEN 'NO_UNDO' END)
         FROM general_request g LEFT JOIN request_kind_version v ON v.id = g.kind_version_id`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP VIEW subject_effect`);
  }
}
