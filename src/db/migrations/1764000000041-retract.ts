import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * AE-TB-1: an approval may be taken back, and the answer that follows is one more row: the old one stays, and counts no
 * more. All stages may have passed some time before the approval takes effect.
 */
export class Retract1764000000041 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE approval_request ADD COLUMN retract_minutes int NOT NULL DEFAULT 30 CHECK (retract_minutes >= 0),
         ADD COLUMN effect_delay_minutes int NOT NULL DEFAULT 0 CHECK (effect_delay_minutes >= 0),
         ADD COLUMN effect_at timestamptz,
         ADD CONSTRAINT approval_request_effect_check CHECK (effect_at IS NULL OR state = 'PENDING')`,
    );
    await db.query(
      `ALTER TABLE approval_seat ADD COLUMN retractions int NOT NULL DEFAULT 0 CHECK (retractions >= 0)`,
    );
    await db.query(
      `ALTER TABLE approval_decision ADD COLUMN retractions int NOT NULL DEFAULT 0 CHECK (retractions >= 0),
         DROP CONSTRAINT approval_decision_pkey, ADD PRIMARY KEY (seat_id, visit, retractions)`,
    );
  }

  /** Answers that were taken back go: without the column nothing says that they do not count. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approval_decision DISABLE TRIGGER approval_decision_append_only`);
    await db.query(
      `DELETE FROM approval_decision d USING approval_seat s
       WHERE s.id = d.seat_id AND (d.retractions < s.retractions AND d.visit = s.visit)`,
    );
    await db.query(
      `ALTER TABLE approval_decision DROP CONSTRAINT approval_decision_pkey, DROP COLUMN retractions,
         ADD PRIMARY KEY (seat_id, visit)`,
    );
    await db.query(`ALTER TABLE approval_decision ENABLE TRIGGER approval_decision_append_only`);
    await db.query(`ALTER TABLE approval_seat DROP COLUMN retractions`);
    await db.query(
      `ALTER TABLE approval_request DROP CONSTRAINT approval_request_effect_check, DROP COLUMN effect_at,
         DROP COLUMN effect_delay_minutes, DROP COLUMN retract_minutes`,
    );
  }
}
