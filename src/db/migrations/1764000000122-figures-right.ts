import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who sees figures, where roles were seeded before there were any: as far as they read approvals, if further than their own. */
export class FiguresRight1764000000122 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      INSERT INTO role_permission (role, permission, scope)
      SELECT role, 'figures:read', scope FROM role_permission WHERE permission = 'approval:read' AND scope <> 'OWN'
      ON CONFLICT DO NOTHING`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM role_permission WHERE permission = 'figures:read'`);
  }
}
