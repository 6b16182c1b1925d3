import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { offeredClauses, type OfferedClause } from '../contract/clause-library.js';
import type { Viewer } from '../org/scope.js';

export interface QuotedClause {
  /** as the pricing policy and a quotation name it: `INTELLECTUAL_PROPERTY` */
  name: string;
  /** what the contract says of it otherwise: the library's clause of the same key, `intellectual-property` */
  library: OfferedClause | null;
}

/** In what a quotation may leave the standard clauses today, which brings legal review. @throws DomainError NO_POLICY */
export async function quotedClauses(db: DataSource, viewer: Viewer): Promise<QuotedClause[]> {
  const [row] = await db.query<{ content: PricingPolicy }[]>(
    `SELECT content FROM policy_version WHERE kind = 'pricing' AND valid @> now()`,
  );
  if (!row) throw new DomainError('NO_POLICY', { kind: 'pricing' });
  const library = await offeredClauses(db, viewer);
  return row.content.nonStandardClauses.map((name) => {
    const sameKey = name.toLowerCase().replaceAll('_', '-');
    return { name, library: library.find(({ key }) => key === sameKey) ?? null };
  });
}
