import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * AE-POL-3: a round keeps whom it was about and the organisation as its plan saw it, so that another policy can be judged
 * on it later. Equal snapshots are one row; they hold no names. Rounds from before have none.
 */
export class OrgSnapshots1764000000071 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TABLE org_snapshot (hash char(64) PRIMARY KEY, content jsonb NOT NULL)`);
    await db.query(
      `CREATE TRIGGER org_snapshot_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON org_snapshot
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    );
    await db.query(
      `ALTER TABLE approval_round ADD COLUMN who jsonb,
         ADD COLUMN snapshot_hash char(64) REFERENCES org_snapshot,
         ADD CHECK ((who IS NULL) = (snapshot_hash IS NULL))`,
    );
    await db.query(`CREATE INDEX approval_round_submitted ON approval_round (submitted_at, request_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX approval_round_submitted`);
    await db.query(`ALTER TABLE approval_round DROP COLUMN who, DROP COLUMN snapshot_hash`);
    await db.query(`DROP TABLE org_snapshot`);
  }
}
