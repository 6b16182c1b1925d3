import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a letter of the ladder went to can be erased with the contact; what it asked for stays as it was (AE-AUD-3). */
export class LetterContact1764000000465 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE dunning_letter ADD contact_id uuid REFERENCES contact, ADD erased_at timestamptz,
         DROP CONSTRAINT dunning_letter_check,
         ADD CONSTRAINT dunning_letter_address CHECK ((channel = 'MAIL') = (address IS NOT NULL) OR erased_at IS NOT NULL)`,
    );
    await db.query(`CREATE INDEX dunning_letter_contact ON dunning_letter (contact_id)`);
    await db.query(
      `CREATE FUNCTION refuse_change_but_addressee() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.name IS NULL AND NEW.address IS NULL AND NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL
           AND to_jsonb(NEW) - '{name,address,erased_at}'::text[] = to_jsonb(OLD) - '{name,address,erased_at}'::text[] THEN
           RETURN NEW;
         END IF;
         RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
       END $$`,
    );
    await db.query(`DROP TRIGGER dunning_letter_append_only ON dunning_letter`);
    await db.query(
      `CREATE TRIGGER dunning_letter_kept BEFORE DELETE OR TRUNCATE ON dunning_letter
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    );
    await db.query(
      `CREATE TRIGGER dunning_letter_append_only BEFORE UPDATE ON dunning_letter
         FOR EACH ROW EXECUTE FUNCTION refuse_change_but_addressee()`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TRIGGER dunning_letter_kept ON dunning_letter`);
    await db.query(`DROP TRIGGER dunning_letter_append_only ON dunning_letter`);
    await db.query(`DROP FUNCTION refuse_change_but_addressee()`);
    await db.query(
      `ALTER TABLE dunning_letter DROP CONSTRAINT dunning_letter_address, DROP contact_id, DROP erased_at,
         ADD CONSTRAINT dunning_letter_check CHECK ((channel = 'MAIL') = (address IS NOT NULL)) NOT VALID`,
    );
    await db.query(
      `CREATE TRIGGER dunning_letter_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dunning_letter
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    );
  }
}
