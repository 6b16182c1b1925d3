import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * AE-LEAVE-1: what about a person makes their open seats somebody else's, and when; one row per change, followed by a
 * process of its own until `settled_at`.
 */
export class StaffChanges1764000000031 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE staff_change (
         id           uuid PRIMARY KEY,
         employee_id  uuid        NOT NULL REFERENCES employee,
         kind         varchar(20) NOT NULL CHECK (kind IN ('LEFT', 'ROLE_GRANTED', 'ROLE_LOST')),
         role         varchar(40) CHECK ((role IS NULL) = (kind = 'LEFT')),
         successor_id uuid REFERENCES employee CHECK (successor_id <> employee_id),
         manager_id   uuid REFERENCES employee,
         effective_at timestamptz NOT NULL,
         created_at   timestamptz NOT NULL DEFAULT now(),
         acted_at     timestamptz,
         settled_at   timestamptz
       )`,
    );
    await db.query(`CREATE UNIQUE INDEX staff_change_left ON staff_change (employee_id) WHERE kind = 'LEFT'`);
    await db.query(`CREATE INDEX staff_change_open ON staff_change (effective_at) WHERE settled_at IS NULL`);
    await db.query(
      `CREATE INDEX approval_seat_live ON approval_seat (holder_id, request_id) WHERE state IN ('WAITING', 'OPEN', 'PARKED')`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX approval_seat_live`);
    await db.query(`DROP TABLE staff_change`);
  }
}
