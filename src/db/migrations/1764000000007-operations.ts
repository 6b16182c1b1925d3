import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the reconciler saw when it last compared Postgres with Temporal. Findings that are gone are deleted: this is a picture, not a record. */
export class Operations1764000000007 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE ops_finding (
        process_id varchar(200) NOT NULL,
        cause      varchar(40)  NOT NULL CHECK (cause IN ('NO_WORKFLOW', 'NO_OPEN_ROW', 'WORKFLOW_TASK_FAILING',
                     'ACTIVITY_RETRYING', 'NO_WORKER')),
        request_id uuid REFERENCES approval_request,
        detail     varchar(2000) NOT NULL,
        since      timestamptz  NOT NULL DEFAULT now(),
        seen_at    timestamptz  NOT NULL DEFAULT now(),
        PRIMARY KEY (process_id, cause)
      )`);
    await db.query(`
      CREATE TABLE reconcile_run (
        id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at          timestamptz NOT NULL DEFAULT now(),
        open_rows   int NOT NULL,
        running     int NOT NULL,
        findings    int NOT NULL,
        retold      int NOT NULL
      )`);
    await db.query(`CREATE INDEX reconcile_run_at ON reconcile_run (at DESC)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE reconcile_run`);
    await db.query(`DROP TABLE ops_finding`);
  }
}
