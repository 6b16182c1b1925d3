import type { EntityManager } from 'typeorm';
import { matchKey } from '../../domain/import/name.js';
import type { KnownNames, Named } from '../../domain/import/reference.js';

export interface KnownAgent extends Named {
  unitId: string | null;
}

const MATCH_OF_EMPLOYEE = `lower(regexp_replace(e.name, '[[:space:][:punct:]]', '', 'g'))`;

/** Products or customers by the names a batch uses; the most similar name where there is none. */
export function knownNames(
  tx: EntityManager,
  table: 'product' | 'customer',
  names: readonly string[],
): Promise<KnownNames<Named>> {
  return load(
    tx,
    names,
    `SELECT id, name, match_key AS key FROM ${table} WHERE match_key = ANY($1)`,
    `SELECT name FROM ${table}`,
  );
}

/** Sales agents by name, with the unit they sell for now. Those who left still own their old deals. */
export function knownAgents(tx: EntityManager, names: readonly string[]): Promise<KnownNames<KnownAgent>> {
  return load(
    tx,
    names,
    `SELECT e.id, e.name, ${MATCH_OF_EMPLOYEE} AS key, a.unit_id AS "unitId"
     FROM employee e
     LEFT JOIN assignment a ON a.employee_id = e.id AND a.is_primary AND a.valid @> now()
     WHERE ${MATCH_OF_EMPLOYEE} = ANY($1)`,
    `SELECT name FROM employee`,
  );
}

async function load<T extends Named>(
  tx: EntityManager,
  names: readonly string[],
  byKey: string,
  all: string,
): Promise<KnownNames<T>> {
  const distinct = [...new Set(names)];
  const rows = await tx.query<(T & { key: string })[]>(byKey, [[...new Set(distinct.map(matchKey))]]);
  const byMatchKey = new Map<string, T[]>();
  for (const row of rows) byMatchKey.set(row.key, [...(byMatchKey.get(row.key) ?? []), row]);
  const missing = distinct.filter((name) => !byMatchKey.has(matchKey(name)));
  return { byMatchKey, similar: missing.length === 0 ? new Map() : await similarNames(tx, missing, all) };
}

async function similarNames(
  tx: EntityManager,
  missing: readonly string[],
  all: string,
): Promise<Map<string, string>> {
  const rows = await tx.query<{ asked: string; name: string }[]>(
    `SELECT asked, best.name FROM unnest($1::text[]) AS asked
     CROSS JOIN LATERAL (
       SELECT name FROM (${all}) known WHERE similarity(name, asked) > 0.3
       ORDER BY similarity(name, asked) DESC, name LIMIT 1
     ) best`,
    [missing],
  );
  return new Map(rows.map(({ asked, name }) => [asked, name]));
}
