import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';

/** Tables whose rows hold from an instant on: what a row is about, and what it says of it. */
const TABLES = {
  product_cost: { key: ['product_id', 'currency'], says: ['cost'] },
  fx_rate: { key: ['currency'], says: ['rate', 'as_of'] },
  rebate: { key: ['customer_id', 'product_id', 'from_amount'], says: ['pct'] },
} as const;
export type EffectiveTable = keyof typeof TABLES;

export interface Validity {
  /** ISO instants; `to` null: until something else holds */
  from: string;
  to: string | null;
}

export interface Origin {
  source: string;
  by: string | null;
  jobId: string | null;
}

/** A row that holds at a time that was wanted for another. */
interface Clash {
  id: string;
  about: Record<string, string | null>;
  validFrom: string;
  validTo: string | null;
}

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/**
 * Lets new values hold from an instant on; an open-ended row about the same thing that began before ends there. Nothing is
 * overwritten: what held at any instant can be read again.
 * @param rows by column; every column of the table's key and values
 * @returns the ids of what holds then
 * @throws DomainError EFFECTIVE_OVERLAP another row holds in that time, with both
 */
export async function holdFrom(
  tx: EntityManager,
  table: EffectiveTable,
  rows: readonly Readonly<Record<string, string | null>>[],
  validity: Validity,
  { source, by, jobId }: Origin,
): Promise<string[]> {
  const { key, says } = TABLES[table];
  const same = key.map((column) => `t.${column} IS NOT DISTINCT FROM r.${column}`).join(' AND ');
  const given = `jsonb_populate_recordset(NULL::${table}, $1::jsonb) r`;
  const params = [JSON.stringify(rows), validity.from, validity.to];
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [table]);
  const [clash] = await tx.query<Clash[]>(
    `SELECT t.id, json_build_object(${key.map((column) => `'${column}', t.${column}`).join(', ')}) AS about,
       to_char(lower(t.valid) AT TIME ZONE 'UTC', ${UTC}) AS "validFrom", to_char(upper(t.valid) AT TIME ZONE 'UTC', ${UTC}) AS "validTo"
     FROM ${table} t JOIN ${given} ON ${same}
     WHERE t.valid && tstzrange($2::timestamptz, $3::timestamptz)
       AND NOT (upper_inf(t.valid) AND lower(t.valid) < $2::timestamptz) LIMIT 1`,
    params,
  );
  if (clash)
    throw new DomainError('EFFECTIVE_OVERLAP', { existing: clash, wanted: { ...validity } }, [
      { pointer: '/validFrom', code: 'OVERLAP', rule: 'a time in which nothing else holds' },
    ]);
  await tx.query(
    `UPDATE ${table} t SET valid = tstzrange(lower(t.valid), $2::timestamptz) FROM ${given}
     WHERE ${same} AND t.valid @> $2::timestamptz`,
    params.slice(0, 2),
  );
  const columns = [...key, ...says];
  const added = await tx.query<{ id: string }[]>(
    `INSERT INTO ${table} (id, ${columns.join(', ')}, valid, source, created_by, import_job_id)
     SELECT gen_random_uuid(), ${columns.map((column) => `r.${column}`).join(', ')}, tstzrange($2::timestamptz, $3::timestamptz), $4, $5, $6
     FROM ${given} RETURNING id`,
    [...params, source, by, jobId],
  );
  return added.map(({ id }) => id);
}
