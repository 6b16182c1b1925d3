import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The order in which a kind names its fields is the order of its form: jsonb does not keep it. */
export class KindOrder1764000000112 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE request_kind_version ALTER COLUMN content TYPE json USING content::json`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE request_kind_version ALTER COLUMN content TYPE jsonb USING content::jsonb`);
  }
}
