import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A policy draft lives: it is edited, reviewed by somebody else, sent back, discarded. A version that has not begun may
 * be taken back (its validity becomes empty); who wrote and who approved a version is as immutable as what it says.
 */
export class PolicyReview1764000000061 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const UP = [
  `ALTER TABLE policy_draft
     ADD COLUMN state varchar(20) NOT NULL DEFAULT 'DRAFT'
       CHECK (state IN ('DRAFT', 'IN_REVIEW', 'SENT_BACK', 'APPROVED', 'DISCARDED')),
     ADD COLUMN row_version int NOT NULL DEFAULT 1,
     ADD COLUMN based_on uuid REFERENCES policy_version,
     ADD COLUMN authors uuid[] NOT NULL DEFAULT '{}',
     ADD COLUMN wanted_from timestamptz,
     ADD COLUMN submitted_by uuid REFERENCES employee,
     ADD COLUMN reviewed_by uuid REFERENCES employee,
     ADD COLUMN review_reason varchar(2000),
     ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now()`,
  `UPDATE policy_draft SET authors = ARRAY[created_by],
     state = CASE WHEN published_as IS NULL THEN 'DRAFT' ELSE 'APPROVED' END,
     based_on = (SELECT v.id FROM policy_version v WHERE v.kind = policy_draft.kind AND v.created_at <= policy_draft.created_at
       ORDER BY v.version DESC LIMIT 1)`,
  `ALTER TABLE policy_draft
     ADD CONSTRAINT policy_draft_authors CHECK (cardinality(authors) > 0),
     ADD CONSTRAINT policy_draft_published CHECK ((published_as IS NULL) = (state <> 'APPROVED'))`,
  `CREATE OR REPLACE FUNCTION refuse_policy_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'UPDATE' AND OLD.id = NEW.id AND OLD.content = NEW.content AND OLD.kind = NEW.kind
        AND OLD.version = NEW.version AND OLD.content_hash = NEW.content_hash AND OLD.created_by = NEW.created_by
        AND OLD.approved_by IS NOT DISTINCT FROM NEW.approved_by
        AND (lower(OLD.valid) = lower(NEW.valid) OR (isempty(NEW.valid) AND lower(OLD.valid) > now())) THEN
       RETURN NEW; -- only the end of validity may still be set, and what has not begun may be taken back
     END IF;
     RAISE EXCEPTION 'a published policy version is immutable' USING ERRCODE = 'restrict_violation';
   END $$`,
];

const DOWN = [
  `CREATE OR REPLACE FUNCTION refuse_policy_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.content = NEW.content AND OLD.kind = NEW.kind AND OLD.version = NEW.version
           AND OLD.content_hash = NEW.content_hash AND lower(OLD.valid) = lower(NEW.valid) THEN
          RETURN NEW; -- only the end of validity may still be set
        END IF;
        RAISE EXCEPTION 'a published policy version is immutable' USING ERRCODE = 'restrict_violation';
      END $$`,
  `ALTER TABLE policy_draft
     DROP COLUMN state, DROP COLUMN row_version, DROP COLUMN based_on, DROP COLUMN authors, DROP COLUMN wanted_from,
     DROP COLUMN submitted_by, DROP COLUMN reviewed_by, DROP COLUMN review_reason, DROP COLUMN updated_at`,
];
