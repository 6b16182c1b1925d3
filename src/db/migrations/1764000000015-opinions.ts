import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-DLG-1: an adviser answers with an opinion. */
export class Opinions1764000000015 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await allow(db, `'APPROVE', 'REJECT', 'RETURN', 'ABSTAIN', 'OPINION'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await allow(db, `'APPROVE', 'REJECT', 'RETURN', 'ABSTAIN'`);
  }
}

async function allow(db: QueryRunner, actions: string): Promise<void> {
  await db.query(
    `ALTER TABLE approval_decision DROP CONSTRAINT approval_decision_action_check,
     ADD CONSTRAINT approval_decision_action_check CHECK (action IN (${actions}))`,
  );
}
