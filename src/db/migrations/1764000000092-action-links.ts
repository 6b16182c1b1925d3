import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links in mails: what one opens is bound to a seat, its visit, its holder and the content; kept as a hash only (AE-LINK-1). */
export class ActionLinks1764000000092 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE action_link (
         token_hash   bytea PRIMARY KEY,
         request_id   uuid        NOT NULL REFERENCES approval_request,
         seat_id      uuid        NOT NULL REFERENCES approval_seat,
         visit        int         NOT NULL,
         holder_id    uuid        NOT NULL REFERENCES employee,
         subject_hash char(64)    NOT NULL,
         expires_at   timestamptz NOT NULL,
         used_at      timestamptz,
         created_at   timestamptz NOT NULL DEFAULT now()
       )`,
    );
    await db.query(
      `CREATE TABLE link_rule (
         single        boolean PRIMARY KEY DEFAULT true CHECK (single),
         max_amount    numeric(19,4) NOT NULL CHECK (max_amount >= 0),
         currency      char(3)       NOT NULL,
         valid_hours   int           NOT NULL CHECK (valid_hours BETWEEN 1 AND 720)
       )`,
    );
    await db.query(`INSERT INTO link_rule (max_amount, currency, valid_hours) VALUES (50000, 'CNY', 168)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE link_rule`);
    await db.query(`DROP TABLE action_link`);
  }
}
