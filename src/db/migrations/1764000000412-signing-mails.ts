import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails to signers are found by the signer they went to. */
export class SigningMails1764000000412 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE INDEX delivery_signing ON delivery ((payload->>'linkId')) WHERE kind = 'contract.signing'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX delivery_signing`);
    await db.query(`DELETE FROM delivery WHERE kind = 'contract.signing'`);
  }
}
