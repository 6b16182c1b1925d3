import type { DataSource } from 'typeorm';
import { SIGNING_IS_BLOCKED, SIGNING_STANDS } from '../../db/signing-standing.js';
import { contractDocument } from '../../domain/contract/contract-document.js';
import {
  signingLinkEnd,
  type SignerState,
  type SigningLinkEnd,
  type SigningState,
} from '../../domain/contract/signing.js';
import type { Blocks, DocumentLanguage } from '../../domain/document/document.js';

/** What a signer's link stands for. */
export interface ToSign {
  flowId: string;
  number: string;
  version: number;
  language: DocumentLanguage;
  seller: { name: string; email: string | null };
  signer: {
    id: string;
    name: string;
    organisation: string | null;
    account: string | null;
    /** where they sign at a provider; null: on the page of this system */
    url: string | null;
    state: SignerState;
    at: string | null;
  };
  blocks: Blocks;
  textHash: string;
  documentHash: string;
  document: Buffer;
  expiresAt: string;
  zone: string;
  end: SigningLinkEnd | null;
}

interface Row extends Omit<ToSign, 'blocks' | 'end'> {
  text: string;
  state: SigningState;
  stands: boolean;
  isBlocked: boolean;
  isPastExpiry: boolean;
}

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const READ = `
     SELECT f.id AS "flowId", k.number, f.version, f.language, f.state, json_build_object('name', e.name, 'email', e.email) AS seller,
       json_build_object('id', s.id, 'name', s.name, 'account', s.account, 'url', s.url, 'organisation', s.organisation, 'state', s.state,
         'at', to_char(s.at AT TIME ZONE 'UTC', ${INSTANT})) AS signer,
       coalesce((SELECT v.text FROM contract_version v WHERE v.contract_id = k.id AND v.text_hash = f.text_hash LIMIT 1),
         CASE WHEN k.text_hash = f.text_hash THEN k.text END, '') AS text,
       f.text_hash AS "textHash", f.document_hash AS "documentHash", f.document, c.zone,
       to_char(f.expires_at AT TIME ZONE 'UTC', ${INSTANT}) AS "expiresAt", f.expires_at <= now() AS "isPastExpiry",
       ${SIGNING_STANDS} AS stands, ${SIGNING_IS_BLOCKED} AS "isBlocked"
     FROM signing_signer s JOIN signing_flow f ON f.id = s.flow_id JOIN contract k ON k.id = f.contract_id
     JOIN customer c ON c.id = k.customer_id JOIN employee e ON e.id = k.owner_id`;

/** Of a link to the page of this system. Null when there is no such link. */
export function toSignByToken(db: DataSource, tokenHash: Buffer): Promise<ToSign | null> {
  return toSign(db, `${READ} WHERE s.token_hash = $1 AND f.provider = 'LOCAL'`, tokenHash);
}

export function toSignBySigner(db: DataSource, signerId: string): Promise<ToSign | null> {
  return toSign(db, `${READ} WHERE s.id = $1`, signerId);
}

/** A version that was replaced or dropped is still there to be read by who signed it. */
async function toSign(db: DataSource, sql: string, param: unknown): Promise<ToSign | null> {
  const [row] = await db.query<Row[]>(sql, [param]);
  if (!row) return null;
  const { text, state, stands, isBlocked, isPastExpiry, ...shown } = row;
  const end = signingLinkEnd({ state, stands, isBlocked, isPastExpiry }, row.signer.state);
  return { ...shown, blocks: contractDocument(text), end };
}
