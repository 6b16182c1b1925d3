import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-SLA-5: an office works at other times from an instant on; one row per edit, followed by a process until `settled_at`. */
export class CalendarChanges1764000000043 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE calendar_change (
         id         uuid PRIMARY KEY,
         office_key varchar(20) NOT NULL REFERENCES office,
         before     jsonb       NOT NULL,
         after      jsonb       NOT NULL,
         at         timestamptz NOT NULL,
         changed_by varchar(80) NOT NULL,
         acted_at   timestamptz,
         settled_at timestamptz
       )`,
    );
    await db.query(`CREATE INDEX calendar_change_open ON calendar_change (at) WHERE settled_at IS NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE calendar_change`);
  }
}
