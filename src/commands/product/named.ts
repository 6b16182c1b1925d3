import type { EntityManager } from 'typeorm';
import type { FieldError } from '../../domain/errors.js';

/** Something a request names by its id, and where. */
export interface Named {
  table: 'product' | 'customer';
  id: string;
  pointer: string;
}

/** Those that are not there. */
export async function missing(tx: EntityManager, named: readonly Named[]): Promise<FieldError[]> {
  const problems: FieldError[] = [];
  for (const table of ['product', 'customer'] as const) {
    const of = named.filter((one) => one.table === table);
    if (of.length === 0) continue;
    const rows = await tx.query<{ id: string }[]>(`SELECT id FROM ${table} WHERE id = ANY($1::uuid[])`, [
      of.map(({ id }) => id),
    ]);
    const known = new Set(rows.map(({ id }) => id));
    problems.push(
      ...of
        .filter(({ id }) => !known.has(id.toLowerCase()))
        .map(({ pointer }) => ({ pointer, code: 'NOT_FOUND', rule: `an existing ${table}` })),
    );
  }
  return problems;
}
