import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-IN-2: who of a pool has taken the stage's item, and until when. */
export class PoolClaims1764000000033 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_stage ADD claim jsonb`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_stage DROP claim`);
  }
}
