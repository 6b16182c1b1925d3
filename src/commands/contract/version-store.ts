import type { EntityManager } from 'typeorm';
import {
  afterVersionAct,
  type ChangeKind,
  type VersionAct,
  type VersionState,
} from '../../domain/contract/amendment.js';
import { isOpenVersion } from '../../db/open-version.js';
import { renderContract, type Clause, type ContractTerms } from '../../domain/contract/text.js';
import { DomainError } from '../../domain/errors.js';
import { textDigest } from './text-digest.js';

/** A version of a contract beside the one in force. */
export interface VersionRow {
  contractId: string;
  version: number;
  kind: ChangeKind;
  state: VersionState;
  reason: string;
  terms: ContractTerms;
  clauses: Clause[];
  textHash: string;
  terminatesOn: string | null;
  /** who proposed it */
  byId: string | null;
}

/** What a version says. */
export interface VersionContent {
  reason: string;
  terms: ContractTerms;
  clauses: readonly Clause[];
  terminatesOn: string | null;
}

/** The change under way, under the contract's lock; null when there is none. */
export async function openVersion(tx: EntityManager, contractId: string): Promise<VersionRow | null> {
  const [row] = await tx.query<VersionRow[]>(
    `SELECT contract_id AS "contractId", version, kind, state, reason, terms, clauses, text_hash AS "textHash",
       terminates_on::text AS "terminatesOn", by_id AS "byId"
     FROM contract_version v WHERE contract_id = $1 AND ${isOpenVersion('v')}`,
    [contractId],
  );
  return row ?? null;
}

/** @throws DomainError NOT_FOUND there is none, or it is another version */
export async function mustOpenVersion(
  tx: EntityManager,
  contractId: string,
  version?: number,
): Promise<VersionRow> {
  const row = await openVersion(tx, contractId);
  if (!row || (version !== undefined && row.version !== version))
    throw new DomainError('NOT_FOUND', { contractId, version: version ?? null });
  return row;
}

/** Its first words, or new ones: the text is rendered here and nowhere else. @returns the hash of its text */
export async function writeVersion(
  tx: EntityManager,
  { contractId, version, kind }: Pick<VersionRow, 'contractId' | 'version' | 'kind'>,
  { reason, terms, clauses, terminatesOn }: VersionContent,
  byId: string | null,
): Promise<string> {
  const text = renderContract(terms, clauses);
  const textHash = textDigest(text);
  await tx.query(
    `INSERT INTO contract_version (contract_id, version, kind, state, reason, terms, clauses, text, text_hash, total,
       terminates_on, by_id)
     VALUES ($1, $2, $3, 'DRAFT', $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (contract_id, version) DO UPDATE SET reason = excluded.reason, terms = excluded.terms,
       clauses = excluded.clauses, text = excluded.text, text_hash = excluded.text_hash, total = excluded.total,
       terminates_on = excluded.terminates_on, review_note = NULL`,
    [
      contractId,
      version,
      kind,
      reason,
      JSON.stringify(terms),
      JSON.stringify(clauses),
      text,
      textHash,
      terms.total,
      terminatesOn,
      byId,
    ],
  );
  return textHash;
}

/** One act of a version's life. @throws DomainError as afterVersionAct */
export async function versionStep(
  tx: EntityManager,
  row: Pick<VersionRow, 'contractId' | 'version' | 'state'>,
  act: VersionAct,
  set: Readonly<Record<string, unknown>> = {},
): Promise<VersionState> {
  const state = afterVersionAct(row.state, act);
  const columns = Object.entries(set);
  const assignments = columns.map(([name], index) => `, ${name} = $${index + 4}`).join('');
  await tx.query(
    `UPDATE contract_version SET state = $3${assignments} WHERE contract_id = $1 AND version = $2`,
    [row.contractId, row.version, state, ...columns.map(([, value]) => value)],
  );
  return state;
}
