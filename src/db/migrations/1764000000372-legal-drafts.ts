import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Legal keeps the clause library: it drafts the contract policy, a second person publishes it. */
export class LegalDrafts1764000000372 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `INSERT INTO role_permission (role, permission, scope)
       SELECT DISTINCT role, 'policy:draft', 'ALL' FROM role_permission WHERE role = 'LEGAL' ON CONFLICT DO NOTHING`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM role_permission WHERE role = 'LEGAL' AND permission = 'policy:draft'`);
  }
}
