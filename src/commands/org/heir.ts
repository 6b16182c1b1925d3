import type { EntityManager } from 'typeorm';
import { heirSql } from '../../db/heir.js';

export interface Heir {
  id: string;
  /** their own unit: what they take over is looked after there from now on */
  unitId: string;
}

/** Who takes over what a leaver had; null while the person works here, and when nobody with a post is left. */
export async function heirOf(tx: EntityManager, personId: string): Promise<Heir | null> {
  const [heir] = await tx.query<Heir[]>(
    `SELECT a.employee_id AS id, a.unit_id AS "unitId" FROM assignment a
     WHERE a.employee_id = ${heirSql('$1')} AND a.employee_id <> $1 AND a.is_primary AND a.valid @> now()`,
    [personId],
  );
  return heir ?? null;
}
