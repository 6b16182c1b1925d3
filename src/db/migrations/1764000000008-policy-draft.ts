import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Policy data on its way: proposed by one person, published by another as an immutable version. */
export class PolicyDraft1764000000008 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE policy_draft (
         id           uuid PRIMARY KEY,
         kind         varchar(60)  NOT NULL,
         content      jsonb        NOT NULL,
         note         varchar(500) NOT NULL,
         created_by   uuid         NOT NULL REFERENCES employee,
         created_at   timestamptz  NOT NULL DEFAULT now(),
         published_as uuid UNIQUE REFERENCES policy_version
       )`,
    );
    await db.query(
      `CREATE INDEX policy_draft_open ON policy_draft (kind, created_at) WHERE published_as IS NULL`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE policy_draft`);
  }
}
