import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The request kind a request is of: absences and the inbox ask for it (AE-ABS-1, AE-IN-1). */
export class RequestKindOfRequests1764000000314 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_request ADD COLUMN request_kind varchar(60)`);
    await db.query(
      `UPDATE approval_request r SET request_kind = 'request.' || g.kind_key
       FROM general_request g WHERE r.kind = 'GENERAL' AND g.id = r.subject_id AND g.kind_key IS NOT NULL`,
    );
    await db.query(
      `UPDATE approval_request r SET request_kind = p.request_kind
       FROM approval_request p WHERE p.id = r.parent_request_id AND r.kind = 'STAGE'`,
    );
    await db.query(
      `CREATE INDEX approval_request_of_kind ON approval_request (request_kind, id) WHERE request_kind IS NOT NULL`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX approval_request_of_kind`);
    await db.query(`ALTER TABLE approval_request DROP COLUMN request_kind`);
  }
}
