import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * AE-IN-1: with `due_at` itself beside the expression made of it, a page of tasks is read from the index alone, filters
 * included, however much somebody holds.
 */
export class InboxIndex1764000000084 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX approval_seat_todo`);
    await db.query(
      `CREATE INDEX approval_seat_todo ON approval_seat (holder_id, (coalesce(due_at, 'infinity')), id)
         INCLUDE (kind, exposure, request_id, due_at) WHERE state = 'OPEN'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX approval_seat_todo`);
    await db.query(
      `CREATE INDEX approval_seat_todo ON approval_seat (holder_id, (coalesce(due_at, 'infinity')), id)
         INCLUDE (kind, exposure, request_id) WHERE state = 'OPEN'`,
    );
  }
}
