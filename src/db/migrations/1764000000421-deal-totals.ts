import type { MigrationInterface, QueryRunner } from 'typeorm';

const KEY = `pipeline, stage, currency, unit_id, owner_id`;
const STANDING = `stage NOT IN ('WON', 'LOST')`;

const LEFT = `SELECT ${KEY}, -1 AS n, -coalesce(amount, 0) AS amount, -coalesce(weighted, 0) AS weighted FROM was WHERE ${STANDING}`;
const CAME = `SELECT ${KEY}, 1 AS n, coalesce(amount, 0) AS amount, coalesce(weighted, 0) AS weighted FROM made WHERE ${STANDING}`;

/** In the order of the key, so that two transactions wait for each other and not in a circle within a statement. */
const totalled = (changes: string) => `
  INSERT INTO opportunity_total AS t (${KEY}, n, amount, weighted)
  SELECT ${KEY}, sum(n), sum(amount), sum(weighted) FROM (${changes}) c GROUP BY ${KEY}
  HAVING sum(n) <> 0 OR sum(amount) <> 0 OR sum(weighted) <> 0 ORDER BY ${KEY}
  ON CONFLICT (${KEY}) DO UPDATE SET n = t.n + excluded.n, amount = t.amount + excluded.amount,
    weighted = t.weighted + excluded.weighted`;

const TRIGGERS = [
  ['inserted', 'INSERT', 'NEW TABLE AS made', CAME],
  ['updated', 'UPDATE', 'OLD TABLE AS was NEW TABLE AS made', `${LEFT} UNION ALL ${CAME}`],
  ['deleted', 'DELETE', 'OLD TABLE AS was', LEFT],
] as const;

/**
 * What is not yet won or lost, counted and summed by seller, unit, stage and currency as it changes: whoever sees everybody's
 * deals does not wait until all of them are added up. A range of close dates is added up from an index that begins with it.
 */
export class DealTotals1764000000421 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE opportunity_total (
         pipeline varchar(40)   NOT NULL,
         stage    varchar(40)   NOT NULL,
         currency char(3),
         unit_id  uuid,
         owner_id uuid          NOT NULL,
         n        integer       NOT NULL,
         amount   numeric(25,4) NOT NULL,
         weighted numeric(25,4) NOT NULL,
         CONSTRAINT opportunity_total_key UNIQUE NULLS NOT DISTINCT (${KEY})
       ) WITH (fillfactor = 70)`,
    );
    await db.query(`CREATE INDEX opportunity_total_owner ON opportunity_total (owner_id)`);
    await db.query(
      `INSERT INTO opportunity_total (${KEY}, n, amount, weighted)
       SELECT ${KEY}, count(*), coalesce(sum(amount), 0), coalesce(sum(weighted), 0) FROM opportunity WHERE ${STANDING} GROUP BY ${KEY}`,
    );
    for (const [name, event, tables, changes] of TRIGGERS) {
      await db.query(
        `CREATE FUNCTION total_${name}_opportunities() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN ${totalled(changes)}; RETURN NULL; END $$`,
      );
      await db.query(
        `CREATE TRIGGER opportunity_total_${name} AFTER ${event} ON opportunity REFERENCING ${tables}
           FOR EACH STATEMENT EXECUTE FUNCTION total_${name}_opportunities()`,
      );
    }
    await db.query(`DROP INDEX opportunity_sums`);
    await db.query(
      `CREATE INDEX opportunity_sums ON opportunity (pipeline, stage, expected_close) INCLUDE (currency, owner_id, unit_id, amount, weighted)`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX opportunity_sums`);
    await db.query(
      `CREATE INDEX opportunity_sums ON opportunity (pipeline, stage) INCLUDE (currency, owner_id, unit_id, amount, weighted, expected_close)`,
    );
    for (const [name] of TRIGGERS) {
      await db.query(`DROP TRIGGER opportunity_total_${name} ON opportunity`);
      await db.query(`DROP FUNCTION total_${name}_opportunities()`);
    }
    await db.query(`DROP TABLE opportunity_total`);
  }
}
