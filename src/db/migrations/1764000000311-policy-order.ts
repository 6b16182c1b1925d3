import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The order in which policy data names its parts is kept: the fields of a request kind are a form, jsonb sorts them. */
export class PolicyOrder1764000000311 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE policy_version ALTER COLUMN content TYPE json USING content::json`);
    await db.query(`ALTER TABLE policy_draft ALTER COLUMN content TYPE json USING content::json`);
    await db.query(immutable('OLD.content::text = NEW.content::text'));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE policy_draft ALTER COLUMN content TYPE jsonb USING content::jsonb`);
    await db.query(`ALTER TABLE policy_version ALTER COLUMN content TYPE jsonb USING content::jsonb`);
    await db.query(immutable('OLD.content = NEW.content'));
  }
}

/** As before, by another comparison of contents: json has no equality. */
const immutable = (
  sameContent: string,
) => `CREATE OR REPLACE FUNCTION refuse_policy_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'UPDATE' AND OLD.id = NEW.id AND ${sameContent} AND OLD.kind = NEW.kind
        AND OLD.version = NEW.version AND OLD.content_hash = NEW.content_hash AND OLD.created_by = NEW.created_by
        AND OLD.approved_by IS NOT DISTINCT FROM NEW.approved_by
        AND (lower(OLD.valid) = lower(NEW.valid) OR (isempty(NEW.valid) AND lower(OLD.valid) > now())) THEN
       RETURN NEW; -- only the end of validity may still be set, and what has not begun may be taken back
     END IF;
     RAISE EXCEPTION 'a published policy version is immutable' USING ERRCODE = 'restrict_violation';
   END $$`;
