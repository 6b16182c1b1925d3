import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import type { DraftState } from '../../domain/policy/draft.js';
import { lockAggregate, type AggregateHead } from '../events.js';

export interface PolicyDraft {
  id: string;
  kind: string;
  content: Json;
  state: DraftState;
  rowVersion: number;
  /** the version it was made from; null: the first of its kind */
  basedOn: string | null;
  /** whoever wrote any of it */
  authors: readonly string[];
  createdBy: string;
  /** ISO instant from which its author wants it in force; null: at once */
  wantedFrom: string | null;
}

/** Takes the draft's lock. @throws DomainError NOT_FOUND */
export async function lockDraft(
  tx: EntityManager,
  draftId: string,
): Promise<{ head: AggregateHead; draft: PolicyDraft }> {
  const head = await lockAggregate(tx, 'policy', draftId);
  const [draft] = await tx.query<PolicyDraft[]>(
    `SELECT id, kind, content, state, row_version AS "rowVersion", based_on AS "basedOn", authors,
       created_by AS "createdBy",
       to_char(wanted_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "wantedFrom"
     FROM policy_draft WHERE id = $1`,
    [draftId],
  );
  if (!head || !draft) throw new DomainError('NOT_FOUND', { draftId });
  return { head, draft };
}

/** Whether somebody is one of its authors, under whatever account. */
export function isAuthor(
  tx: EntityManager,
  { authors }: Pick<PolicyDraft, 'authors'>,
  personId: string,
): Promise<boolean> {
  return isSamePerson(tx, authors, personId);
}

/** Whether somebody is one of these people, under whatever account. */
export async function isSamePerson(
  tx: EntityManager,
  people: readonly string[],
  personId: string,
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM employee a JOIN employee b ON b.identity = a.identity WHERE a.id = ANY($1::uuid[]) AND b.id = $2`,
    [people, personId],
  );
  return rows.length > 0;
}

/** The newest version of a kind that is, was or will be in force; a new draft is made from it. */
export async function latestVersion(
  tx: EntityManager,
  kind: string,
): Promise<{ id: string; version: number; content: Json } | null> {
  const [row] = await tx.query<{ id: string; version: number; content: Json }[]>(
    `SELECT id, version, content FROM policy_version WHERE kind = $1 AND NOT isempty(valid)
     ORDER BY version DESC LIMIT 1`,
    [kind],
  );
  return row ?? null;
}

/** Approving two drafts of one version would undo the first: the second must be made from what is newest. */
export async function mustBeOfLatest(tx: EntityManager, draft: PolicyDraft): Promise<void> {
  const latest = await latestVersion(tx, draft.kind);
  if (latest && latest.id !== draft.basedOn)
    throw new DomainError('POLICY.BASE_CONFLICT', { latest: latest.id, version: latest.version });
}
