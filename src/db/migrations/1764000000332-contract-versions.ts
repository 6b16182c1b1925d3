import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of a contract beside the one in force: what is proposed, what was refused, what was replaced. */
export class ContractVersions1764000000332 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const OPEN = `state IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'SEALED')`;
const planIsWhole = (settled: string) => `
  CREATE OR REPLACE FUNCTION payment_plan_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE the_contract uuid;
   BEGIN
     IF TG_TABLE_NAME = 'contract' THEN
       the_contract := NEW.id;
     ELSIF TG_OP = 'DELETE' THEN
       the_contract := OLD.contract_id;
     ELSE
       the_contract := NEW.contract_id;
     END IF;
     IF EXISTS (
       SELECT 1 FROM contract c LEFT JOIN payment_plan_row r ON r.contract_id = c.id
       WHERE c.id = the_contract AND (r.seq IS NOT NULL OR c.effective_on IS NOT NULL)
       GROUP BY c.id, c.total HAVING coalesce(sum(r.amount), -1) <> c.total OR (coalesce(sum(r.pct), 0) <> 100 ${settled})
     ) THEN
       RAISE EXCEPTION 'contract %: the payment plan is not the whole', the_contract USING ERRCODE = 'check_violation';
     END IF;
     RETURN NULL;
   END $$`;

const UP = [
  `CREATE TABLE contract_version (
     contract_id       uuid          NOT NULL REFERENCES contract,
     version           int           NOT NULL CHECK (version > 0),
     kind              varchar(12)   NOT NULL CHECK (kind IN ('AMENDMENT', 'TERMINATION')),
     state             varchar(12)   NOT NULL CHECK (state IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'SEALED', 'IN_FORCE',
                         'SUPERSEDED', 'REFUSED', 'DROPPED')),
     reason            varchar(2000) NOT NULL,
     terms             jsonb         NOT NULL,
     clauses           jsonb         NOT NULL,
     text              text          NOT NULL,
     text_hash         char(64)      NOT NULL,
     total             numeric(19,4) NOT NULL CHECK (total >= 0),
     terminates_on     date,
     review_note       varchar(2000),
     approved_at       timestamptz,
     sealed_at         timestamptz,
     sealed_by         uuid REFERENCES employee,
     signed_hash       char(64),
     counter_signed_on date,
     in_force_on       timestamptz,
     by_id             uuid REFERENCES employee,
     created_at        timestamptz   NOT NULL DEFAULT now(),
     PRIMARY KEY (contract_id, version),
     CHECK ((kind = 'TERMINATION') = (terminates_on IS NOT NULL)),
     CHECK (kind = 'TERMINATION' OR state NOT IN ('IN_FORCE', 'SUPERSEDED') OR (signed_hash = text_hash AND sealed_at IS NOT NULL))
   )`,
  `CREATE UNIQUE INDEX contract_version_one_open ON contract_version (contract_id) WHERE ${OPEN}`,
  `CREATE UNIQUE INDEX contract_version_one_in_force ON contract_version (contract_id) WHERE state = 'IN_FORCE' AND kind = 'AMENDMENT'`,
  `CREATE TRIGGER contract_version_archived BEFORE INSERT OR UPDATE OR DELETE ON contract_version
     FOR EACH ROW EXECUTE FUNCTION archived_stays('reason')`,
  `CREATE FUNCTION contract_version_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF OLD.state NOT IN ('DRAFT', 'RETURNED') AND (NEW.text, NEW.text_hash, NEW.terms, NEW.clauses, NEW.total)
         IS DISTINCT FROM (OLD.text, OLD.text_hash, OLD.terms, OLD.clauses, OLD.total) THEN
       RAISE EXCEPTION 'contract % v%: its words are decided on', OLD.contract_id, OLD.version USING ERRCODE = 'check_violation';
     END IF;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER contract_version_words BEFORE UPDATE ON contract_version FOR EACH ROW EXECUTE FUNCTION contract_version_words_stay()`,
  `ALTER TABLE payment_plan_row DROP CONSTRAINT payment_plan_row_pct_check,
     ADD CONSTRAINT payment_plan_row_pct_check CHECK (pct >= 0 AND pct <= 100)`,
  planIsWhole(`AND bool_and(coalesce(r.state, 'PLANNED') = 'PLANNED')`),
];

const DOWN = [
  planIsWhole(''),
  `ALTER TABLE payment_plan_row DROP CONSTRAINT payment_plan_row_pct_check,
     ADD CONSTRAINT payment_plan_row_pct_check CHECK (pct > 0 AND pct <= 100) NOT VALID`,
  `UPDATE contract SET changing = false, state = CASE WHEN state = 'CHANGE_PENDING' THEN base ELSE state END WHERE changing`,
  `DROP TABLE contract_version`,
  `DROP FUNCTION contract_version_words_stay()`,
];
