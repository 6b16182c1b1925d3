import type { MigrationInterface, QueryRunner } from 'typeorm';

/** AE-ABS-1…5: what an absence covers and how, how far its process has come, and which seats are held for whom. */
export class AbsenceRules1764000000032 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE absence
         ADD kinds varchar(60)[] CHECK (cardinality(kinds) > 0),
         ADD max_amount numeric(19,4) CHECK (max_amount >= 0),
         ADD max_currency char(3) CHECK ((max_currency IS NULL) = (max_amount IS NULL)),
         ADD share boolean NOT NULL DEFAULT false,
         ADD include_open boolean NOT NULL DEFAULT false,
         ADD zone varchar(60),
         ADD handed_over_at timestamptz,
         ADD given_back_at timestamptz,
         ADD settled_at timestamptz`,
    );
    await db.query(
      `UPDATE absence SET settled_at = now() WHERE cancelled_at IS NOT NULL OR upper(during) <= now()`,
    );
    // rules for different kinds may overlap: those the command compares, under the person's lock
    await db.query(`ALTER TABLE absence DROP CONSTRAINT absence_no_overlap`);
    await noOverlap(db, 'cancelled_at IS NULL AND kinds IS NULL');
    await db.query(`CREATE INDEX absence_open ON absence (created_at) WHERE settled_at IS NULL`);
    await db.query(
      `ALTER TABLE approval_seat ADD stand_in jsonb, ADD past_holder_ids uuid[] NOT NULL DEFAULT '{}'`,
    );
    await db.query(
      `CREATE INDEX approval_seat_stand_in ON approval_seat USING gin ((stand_in->'absenceIds')) WHERE stand_in IS NOT NULL`,
    );
    await allow(db, `'POLICY', 'ESCALATION', 'RESTAFFED', 'ADDED', 'SHARED'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await allow(db, `'POLICY', 'ESCALATION', 'RESTAFFED', 'ADDED'`);
    await db.query(`DROP INDEX approval_seat_stand_in`);
    await db.query(`ALTER TABLE approval_seat DROP past_holder_ids, DROP stand_in`);
    await db.query(`DROP INDEX absence_open`);
    await db.query(`ALTER TABLE absence DROP CONSTRAINT absence_no_overlap`);
    await db.query(
      `ALTER TABLE absence DROP settled_at, DROP given_back_at, DROP handed_over_at, DROP zone, DROP include_open,
         DROP share, DROP max_currency, DROP max_amount, DROP kinds`,
    );
    await noOverlap(db, 'cancelled_at IS NULL');
  }
}

async function allow(db: QueryRunner, origins: string): Promise<void> {
  await db.query(
    `ALTER TABLE approval_seat DROP CONSTRAINT approval_seat_origin_check,
     ADD CONSTRAINT approval_seat_origin_check CHECK (origin IN (${origins}))`,
  );
}

async function noOverlap(db: QueryRunner, where: string): Promise<void> {
  await db.query(
    `ALTER TABLE absence ADD CONSTRAINT absence_no_overlap
       EXCLUDE USING gist (employee_id WITH =, during WITH &&) WHERE (${where})`,
  );
}
