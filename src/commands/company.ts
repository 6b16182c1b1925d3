import type { EntityManager } from 'typeorm';
import { DomainError } from '../domain/errors.js';

/** The company of ours that is named, else the default one. @throws DomainError NOT_FOUND */
export async function companyOf(tx: EntityManager, companyId: string | null): Promise<string> {
  const [row] = await tx.query<{ id: string }[]>(
    `SELECT id FROM company WHERE CASE WHEN $1::uuid IS NULL THEN is_default ELSE id = $1 END`,
    [companyId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { companyId });
  return row.id;
}
