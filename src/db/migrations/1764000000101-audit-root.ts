import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Merkle roots over all chains, and where each was published outside (AE-AUD-2). */
export class AuditRoot1764000000101 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE audit_root (
        id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at           timestamptz NOT NULL,
        chains       bigint NOT NULL,
        events       bigint NOT NULL,
        root         char(64) NOT NULL,
        published_to varchar(500),
        published_at timestamptz,
        CHECK ((published_to IS NULL) = (published_at IS NULL))
      )`);
    await db.query(`CREATE INDEX audit_root_at ON audit_root (at)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE audit_root`);
  }
}
