import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who gets the credit of a deal, from which day on; after the deal is won a change waits for an approval of its own. */
export class SplitCredit1764000000381 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const UP = [
  `CREATE TABLE opportunity_split (
     id             uuid PRIMARY KEY,
     opportunity_id uuid         NOT NULL REFERENCES opportunity ON DELETE CASCADE,
     no             integer      NOT NULL CHECK (no > 0),
     state          varchar(10)  NOT NULL CHECK (state IN ('SET', 'PROPOSED', 'DROPPED')),
     valid_from     date         NOT NULL,
     holds_from     date         CHECK (holds_from >= valid_from),
     partner        varchar(200) CHECK (partner <> ''),
     partner_pct    numeric(7,4) CHECK (partner_pct > 0 AND partner_pct <= 100),
     reason         varchar(500),
     changes        jsonb,
     given_by       uuid         REFERENCES employee,
     given_at       timestamptz  NOT NULL DEFAULT now(),
     UNIQUE (opportunity_id, no),
     CHECK ((partner IS NULL) = (partner_pct IS NULL)),
     CONSTRAINT opportunity_split_holds CHECK ((state = 'SET') = (holds_from IS NOT NULL))
   )`,
  `CREATE UNIQUE INDEX opportunity_split_proposed ON opportunity_split (opportunity_id) WHERE state = 'PROPOSED'`,
  `CREATE TABLE opportunity_split_share (
     split_id    uuid         NOT NULL REFERENCES opportunity_split ON DELETE CASCADE,
     kind        varchar(10)  NOT NULL CHECK (kind IN ('REVENUE', 'OVERLAY')),
     position    smallint     NOT NULL,
     employee_id uuid         NOT NULL REFERENCES employee,
     percent     numeric(7,4) NOT NULL CHECK (percent > 0 AND percent <= 100),
     PRIMARY KEY (split_id, kind, employee_id)
   )`,
  `CREATE INDEX opportunity_split_share_of ON opportunity_split_share (employee_id)`,
  `CREATE FUNCTION split_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE the_split uuid;
   BEGIN
     IF TG_TABLE_NAME = 'opportunity_split' THEN
       the_split := NEW.id;
     ELSIF TG_OP = 'DELETE' THEN
       the_split := OLD.split_id;
     ELSE
       the_split := NEW.split_id;
     END IF;
     IF EXISTS (
       SELECT 1 FROM opportunity_split s
       LEFT JOIN opportunity_split_share x ON x.split_id = s.id AND x.kind = 'REVENUE'
       WHERE s.id = the_split GROUP BY s.id HAVING coalesce(sum(x.percent), 0) <> 100
     ) THEN
       RAISE EXCEPTION 'split %: the revenue shares are not the whole', the_split USING ERRCODE = 'check_violation';
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE CONSTRAINT TRIGGER opportunity_split_whole AFTER INSERT ON opportunity_split
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION split_is_whole()`,
  `CREATE CONSTRAINT TRIGGER opportunity_split_share_whole AFTER INSERT OR UPDATE OR DELETE ON opportunity_split_share
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION split_is_whole()`,
  `ALTER TABLE approval_request DROP CONSTRAINT approval_request_kind_check,
     ADD CONSTRAINT approval_request_kind_check
       CHECK (kind IN ('QUOTE', 'CONTRACT', 'GENERAL', 'STAGE', 'REVOCATION', 'SPLIT'))`,
];

/** Requests about splits stay for the audit, as general ones. */
const DOWN = [
  `UPDATE approval_request SET kind = 'GENERAL' WHERE kind = 'SPLIT'`,
  `ALTER TABLE approval_request DROP CONSTRAINT approval_request_kind_check,
     ADD CONSTRAINT approval_request_kind_check
       CHECK (kind IN ('QUOTE', 'CONTRACT', 'GENERAL', 'STAGE', 'REVOCATION'))`,
  `DROP TABLE opportunity_split_share`,
  `DROP TABLE opportunity_split`,
  `DROP FUNCTION split_is_whole()`,
];
