import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The second chain, AE-AUD-1: who read what they have no part in, each state of it once a day; and the way to list it. */
export class AccessLog1764000000121 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE access_mark (
        person_id uuid        NOT NULL REFERENCES employee,
        what      varchar(40) NOT NULL,
        target_id uuid        NOT NULL,
        seq       bigint      NOT NULL,
        at        timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (person_id, what, target_id)
      )`);
    await db.query(
      `CREATE INDEX event_access ON event (at DESC, id DESC) WHERE aggregate_kind IN ('attempt', 'access')`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX event_access`);
    await db.query(`DROP TABLE access_mark`);
  }
}
