import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Holds have permissions of their own, suspended contracts count as open, a plan is archived with its contract, notes have authors. */
export class ContractMends1764000000331 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const openOfCustomer = (states: string) =>
  `CREATE INDEX contract_open_of_customer ON contract (customer_id) WHERE state IN (${states})`;

const archivedStays = (exception: string) => `
  CREATE OR REPLACE FUNCTION archived_stays() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE the_contract uuid;
   BEGIN
     ${exception}
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
   END $$`;

/** The trigger's arguments name what may be erased (AE-AUD-3); nothing may be put in its place. */
const ERASURE = `
     IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN
       IF to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV AND NOT EXISTS (
         SELECT 1 FROM unnest(TG_ARGV) AS erasable WHERE coalesce(to_jsonb(NEW)->>erasable, '') NOT IN ('', coalesce(to_jsonb(OLD)->>erasable, ''))) THEN
         RETURN NEW;
       END IF;
     END IF;`;

const archived = (table: string, events: string, erasable = '') => [
  `DROP TRIGGER IF EXISTS ${table}_archived ON ${table}`,
  `CREATE TRIGGER ${table}_archived BEFORE ${events} ON ${table}
     FOR EACH ROW EXECUTE FUNCTION archived_stays(${erasable})`,
];

const HOLDERS = [
  ['contract:hold-credit', ['CREDIT', 'FINANCE', 'CFO']],
  ['contract:hold-dispute', ['LEGAL', 'FINANCE', 'BACK_OFFICE']],
  ['contract:hold-force-majeure', ['LEGAL', 'DELIVERY', 'BACK_OFFICE']],
] as const;

const UP = [
  `DROP INDEX contract_open_of_customer`,
  openOfCustomer(`'APPROVED', 'SEALED', 'EFFECTIVE', 'PERFORMING', 'CHANGE_PENDING', 'SUSPENDED'`),
  ...HOLDERS.map(
    ([permission, roles]) =>
      `INSERT INTO role_permission (role, permission, scope)
       SELECT DISTINCT role, '${permission}', 'ALL' FROM role_permission
       WHERE role IN (${roles.map((role) => `'${role}'`).join(', ')}) ON CONFLICT DO NOTHING`,
  ),
  `ALTER TABLE contract ADD ended_by uuid REFERENCES employee`,
  `ALTER TABLE milestone ADD done_by uuid REFERENCES employee`,
  `CREATE INDEX contract_ended_by ON contract (ended_by) WHERE ended_by IS NOT NULL`,
  `CREATE INDEX milestone_done_by ON milestone (done_by) WHERE done_by IS NOT NULL`,
  archivedStays(ERASURE),
  ...archived('contract', 'UPDATE OR DELETE', `'end_reason'`),
  ...archived('milestone', 'INSERT OR UPDATE OR DELETE', `'note'`),
  ...archived('payment_plan_row', 'INSERT OR UPDATE OR DELETE'),
];

const DOWN = [
  `DROP TRIGGER payment_plan_row_archived ON payment_plan_row`,
  ...archived('milestone', 'INSERT OR UPDATE OR DELETE'),
  ...archived('contract', 'UPDATE OR DELETE'),
  archivedStays(''),
  `ALTER TABLE milestone DROP done_by`,
  `ALTER TABLE contract DROP ended_by`,
  `DELETE FROM role_permission WHERE permission LIKE 'contract:hold-%'`,
  `DROP INDEX contract_open_of_customer`,
  openOfCustomer(`'APPROVED', 'SEALED', 'EFFECTIVE'`),
];
