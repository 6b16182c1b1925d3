import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The life of a contract after it took effect: performance, suspension, end, archive, and what was said of its dates. */
export class ContractLife1764000000221 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const BEFORE = `'DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'SEALED', 'EFFECTIVE', 'REJECTED', 'LAPSED', 'CANCELLED'`;
const AFTER = `'PERFORMING', 'CHANGE_PENDING', 'SUSPENDED', 'COMPLETED', 'TERMINATED', 'EXPIRED', 'ARCHIVED'`;
const planIsWhole = (binds: string) => `
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
       WHERE c.id = the_contract AND (r.seq IS NOT NULL OR ${binds})
       GROUP BY c.id, c.total HAVING coalesce(sum(r.amount), -1) <> c.total OR coalesce(sum(r.pct), 0) <> 100
     ) THEN
       RAISE EXCEPTION 'contract %: the payment plan is not the whole', the_contract USING ERRCODE = 'check_violation';
     END IF;
     RETURN NULL;
   END $$`;

const UP = [
  `ALTER TABLE contract DROP CONSTRAINT contract_state_check, DROP CONSTRAINT contract_check, DROP CONSTRAINT contract_check1,
     ADD base varchar(12) CHECK (base IN ('EFFECTIVE', 'PERFORMING')),
     ADD suspended_for varchar(16) CHECK (suspended_for IN ('CREDIT_HOLD', 'DISPUTE', 'FORCE_MAJEURE')),
     ADD changing boolean NOT NULL DEFAULT false,
     ADD duration_months int CHECK (duration_months > 0),
     ADD ends_on date,
     ADD effective_at timestamptz,
     ADD ended_at timestamptz,
     ADD end_reason varchar(2000),
     ADD archived_at timestamptz,
     ADD retention_until date`,
  `UPDATE contract SET base = 'EFFECTIVE', effective_at = updated_at WHERE state = 'EFFECTIVE'`,
  `ALTER TABLE contract
     ADD CONSTRAINT contract_state_check CHECK (state IN (${BEFORE}, ${AFTER})),
     ADD CONSTRAINT contract_takes_effect CHECK ((state IN ('EFFECTIVE', ${AFTER})) = (effective_on IS NOT NULL)),
     ADD CONSTRAINT contract_has_base CHECK ((effective_on IS NOT NULL) = (base IS NOT NULL)),
     ADD CONSTRAINT contract_signed_as_approved CHECK (effective_on IS NULL OR (signed_hash = text_hash AND sealed_at IS NOT NULL)),
     ADD CONSTRAINT contract_suspended CHECK ((state = 'SUSPENDED') = (suspended_for IS NOT NULL)),
     ADD CONSTRAINT contract_stands CHECK (state NOT IN ('EFFECTIVE', 'PERFORMING') OR (state = base AND NOT changing)),
     ADD CONSTRAINT contract_ended CHECK ((state IN ('COMPLETED', 'TERMINATED', 'EXPIRED', 'ARCHIVED')) = (ended_at IS NOT NULL)),
     ADD CONSTRAINT contract_archived CHECK ((state = 'ARCHIVED') = (archived_at IS NOT NULL)
       AND (archived_at IS NULL) = (retention_until IS NULL))`,
  `CREATE INDEX contract_in_force ON contract (updated_at) WHERE effective_on IS NOT NULL AND archived_at IS NULL`,
  planIsWhole('c.effective_on IS NOT NULL'),
  `ALTER TABLE payment_plan_row DROP CONSTRAINT payment_plan_row_trigger_check,
     ADD CONSTRAINT payment_plan_row_trigger_check CHECK (trigger IN ('SIGNING', 'DELIVERY', 'ACCEPTANCE', 'WARRANTY', 'DATE'))`,
  `CREATE TABLE contract_alert (
     contract_id uuid         NOT NULL REFERENCES contract,
     key         varchar(160) NOT NULL,
     at          timestamptz  NOT NULL DEFAULT now(),
     PRIMARY KEY (contract_id, key)
   )`,
  `CREATE FUNCTION archived_stays() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE the_contract uuid;
   BEGIN
     IF TG_TABLE_NAME = 'contract' THEN
       the_contract := OLD.id;
     ELSIF TG_OP = 'INSERT' THEN
       the_contract := NEW.contract_id;
     ELSE
       the_contract := OLD.contract_id;
     END IF;
     IF EXISTS (SELECT 1 FROM contract WHERE id = the_contract AND archived_at IS NOT NULL) THEN
       RAISE EXCEPTION 'contract % is archived', the_contract USING ERRCODE = 'check_violation';
     END IF;
     IF TG_OP = 'DELETE' THEN
       RETURN OLD;
     END IF;
     RETURN NEW;
   END $$`,
  ...['contract_file', 'milestone'].map(
    (table) => `CREATE TRIGGER ${table}_archived BEFORE INSERT OR UPDATE OR DELETE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION archived_stays()`,
  ),
  `CREATE TRIGGER contract_archived BEFORE UPDATE OR DELETE ON contract FOR EACH ROW EXECUTE FUNCTION archived_stays()`,
  `ALTER TABLE notification DROP CONSTRAINT notification_about,
     ADD contract_id uuid REFERENCES contract,
     ADD CONSTRAINT notification_about CHECK (num_nonnulls(request_id, opportunity_id, contract_id) = 1)`,
  `CREATE INDEX notification_contract ON notification (contract_id) WHERE contract_id IS NOT NULL`,
];

const DOWN = [
  `DELETE FROM delivery WHERE notification_id IN (SELECT id FROM notification WHERE contract_id IS NOT NULL)`,
  `DELETE FROM notification WHERE contract_id IS NOT NULL`,
  `ALTER TABLE notification DROP CONSTRAINT notification_about, DROP contract_id,
     ADD CONSTRAINT notification_about CHECK (num_nonnulls(request_id, opportunity_id) = 1)`,
  `DROP TRIGGER contract_archived ON contract`,
  ...['contract_file', 'milestone'].map((table) => `DROP TRIGGER ${table}_archived ON ${table}`),
  `DROP FUNCTION archived_stays()`,
  `DROP TABLE contract_alert`,
  `UPDATE payment_plan_row SET trigger = 'ACCEPTANCE' WHERE trigger = 'WARRANTY'`,
  `ALTER TABLE payment_plan_row DROP CONSTRAINT payment_plan_row_trigger_check,
     ADD CONSTRAINT payment_plan_row_trigger_check CHECK (trigger IN ('SIGNING', 'DELIVERY', 'ACCEPTANCE', 'DATE'))`,
  planIsWhole(`c.state = 'EFFECTIVE'`),
  `DROP INDEX contract_in_force`,
  `ALTER TABLE contract ${['state_check', 'takes_effect', 'has_base', 'signed_as_approved', 'suspended', 'stands', 'ended', 'archived'].map((name) => `DROP CONSTRAINT contract_${name}`).join(', ')}`,
  `UPDATE contract SET state = 'EFFECTIVE' WHERE effective_on IS NOT NULL`,
  `ALTER TABLE contract DROP base, DROP suspended_for, DROP changing, DROP duration_months, DROP ends_on, DROP effective_at,
     DROP ended_at, DROP end_reason, DROP archived_at, DROP retention_until`,
  `ALTER TABLE contract
     ADD CONSTRAINT contract_state_check CHECK (state IN (${BEFORE})),
     ADD CONSTRAINT contract_check CHECK ((state = 'EFFECTIVE') = (effective_on IS NOT NULL)),
     ADD CONSTRAINT contract_check1 CHECK (state <> 'EFFECTIVE' OR (signed_hash = text_hash AND sealed_at IS NOT NULL))`,
];
