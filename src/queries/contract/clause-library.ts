import type { DataSource } from 'typeorm';
import { libraryOn, versionOf } from '../../domain/contract/clause-library.js';
import type { ContractPolicy } from '../../domain/contract/policy.js';
import { DomainError } from '../../domain/errors.js';
import type { Viewer } from '../org/scope.js';

export interface OfferedClause {
  key: string;
  version: number;
  title: string;
  text: string;
  standard: boolean;
  inEveryContract: boolean;
}

/** What the clause library offers today, where the viewer works. @throws DomainError NO_POLICY */
export async function offeredClauses(db: DataSource, viewer: Viewer): Promise<OfferedClause[]> {
  const [row] = await db.query<{ content: ContractPolicy; day: string }[]>(
    `SELECT p.content, (now() AT TIME ZONE e.zone)::date::text AS day
     FROM policy_version p, employee e WHERE p.kind = 'contract' AND p.valid @> now() AND e.id = $1`,
    [viewer.personId],
  );
  if (!row) throw new DomainError('NO_POLICY', { kind: 'contract' });
  return libraryOn(row.content.clauses, row.day).map((clause) => {
    const { key, title, text, standard = true, onDemand = false } = clause;
    return { key, version: versionOf(clause), title, text, standard, inEveryContract: standard && !onDemand };
  });
}
