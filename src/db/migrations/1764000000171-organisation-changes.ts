import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * AE-MGR-2, AE-SOD-1: a post, a unit's place in the reporting line, and two accounts that turn out to be one human's are
 * changes that open requests are looked at for, as somebody leaving is.
 */
export class OrganisationChanges1764000000171 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE staff_change DROP CONSTRAINT staff_change_kind_check, DROP CONSTRAINT staff_change_check`,
    );
    await db.query(
      `ALTER TABLE staff_change
         ALTER COLUMN employee_id DROP NOT NULL,
         ADD COLUMN unit_id uuid REFERENCES org_unit,
         ADD CONSTRAINT staff_change_of CHECK (num_nonnulls(employee_id, unit_id) = 1 AND (unit_id IS NULL OR kind = 'LINE_CHANGED')),
         ADD CONSTRAINT staff_change_kind_check CHECK (kind IN ('LEFT', 'ROLE_GRANTED', 'ROLE_LOST', 'LINE_CHANGED', 'SAME_HUMAN')),
         ADD CONSTRAINT staff_change_role CHECK ((role IS NOT NULL) = (kind IN ('ROLE_GRANTED', 'ROLE_LOST')))`,
    );
    await db.query(
      `CREATE INDEX approval_stage_strict ON approval_stage (request_id) WHERE state = 'ACTIVE' AND (spec->>'strictReporting')::boolean`,
    );
    await db.query(
      `CREATE INDEX approval_seat_drifted ON approval_seat (request_id) WHERE sod_drift IS NOT NULL`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX approval_stage_strict, approval_seat_drifted`);
    await db.query(`DELETE FROM staff_change WHERE kind IN ('LINE_CHANGED', 'SAME_HUMAN')`);
    await db.query(
      `ALTER TABLE staff_change DROP CONSTRAINT staff_change_of, DROP CONSTRAINT staff_change_kind_check, DROP CONSTRAINT staff_change_role,
         DROP COLUMN unit_id,
         ALTER COLUMN employee_id SET NOT NULL,
         ADD CONSTRAINT staff_change_kind_check CHECK (kind IN ('LEFT', 'ROLE_GRANTED', 'ROLE_LOST')),
         ADD CONSTRAINT staff_change_check CHECK ((role IS NULL) = (kind = 'LEFT'))`,
    );
  }
}
