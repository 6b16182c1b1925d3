import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Copies of approved quotations in other currencies were given the rate 1; they stand at the budget rate, as their quotations do. */
export class ApprovedRates1764000000322 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `UPDATE quote_approved a SET quote = a.quote || jsonb_build_object('fx_rate', (p.content->'ratesToBase'->>(a.quote->>'currency'))::numeric)
       FROM policy_version p
       WHERE p.kind = 'pricing' AND p.valid @> now() AND (a.quote->>'fx_rate')::numeric = 1 AND a.quote->>'fx_as_of' IS NULL
         AND a.quote->>'currency' <> p.content->>'baseCurrency' AND (p.content->'ratesToBase'->>(a.quote->>'currency'))::numeric > 0`,
    );
  }

  /** The right rate is right before as well. */
  async down(): Promise<void> {}
}
