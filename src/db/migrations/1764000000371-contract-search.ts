import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Words of contracts are found by pairs of neighbouring characters: Chinese has no blanks between words, and most of its
 * words are two characters long, which trigrams do not find. It works the same in every locale of the database.
 */
export class ContractSearch1764000000371 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE FUNCTION character_pairs(said text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
         SELECT coalesce(array_agg(DISTINCT pair), '{}') FROM (
           SELECT c || lead(c) OVER (ORDER BY at) AS pair
           FROM string_to_table(lower(said), NULL) WITH ORDINALITY AS letters (c, at)
         ) pairs WHERE pair IS NOT NULL
       $$`,
    );
    await db.query(`CREATE INDEX contract_words ON contract USING gin (character_pairs(text))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX contract_words`);
    await db.query(`DROP FUNCTION character_pairs(text)`);
  }
}
