import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a round is about is read with the rights of whoever reads it: a policy on its rows holds for the view as well. */
export class ContentInvoker1764000000301 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER VIEW approval_content SET (security_invoker = true)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER VIEW approval_content RESET (security_invoker)`);
  }
}
