import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was ordered of a contract does not change in the archive either: its lines know their contract only by their order. */
export class ArchivedOrders1764000000391 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE FUNCTION ordered_stays() RETURNS trigger LANGUAGE plpgsql AS $$
       DECLARE the_contract uuid;
       BEGIN
         SELECT k.id INTO the_contract FROM contract_order o JOIN contract k ON k.id = o.contract_id
         WHERE o.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.order_id ELSE OLD.order_id END AND k.archived_at IS NOT NULL;
         IF FOUND THEN
           RAISE EXCEPTION 'contract % is archived', the_contract USING ERRCODE = 'check_violation';
         END IF;
         IF TG_OP = 'DELETE' THEN
           RETURN OLD;
         END IF;
         RETURN NEW;
       END $$`,
    );
    await db.query(
      `CREATE TRIGGER contract_order_line_archived BEFORE INSERT OR UPDATE OR DELETE ON contract_order_line
         FOR EACH ROW EXECUTE FUNCTION ordered_stays()`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TRIGGER contract_order_line_archived ON contract_order_line`);
    await db.query(`DROP FUNCTION ordered_stays()`);
  }
}
