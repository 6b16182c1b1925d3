import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import type { DataSource } from 'typeorm';
import { SIGNING_IS_BLOCKED } from '../../db/signing-standing.js';
import {
  isSigningOpen,
  type SignerState,
  type SigningProvider,
  type SigningState,
} from '../../domain/contract/signing.js';
import { DomainError } from '../../domain/errors.js';
import type { Viewer } from '../org/scope.js';
import type { PersonRef } from '../request/person-ref.js';
import { mustReachContract } from './contracts.js';

export interface SignerView {
  no: number;
  name: string;
  organisation: string | null;
  account: string | null;
  state: SignerState;
  at: string | null;
  /** of the last mail to them; null: none was sent */
  mail: string | null;
}

export interface SigningFlowView {
  id: string;
  version: number;
  provider: SigningProvider;
  state: SigningState;
  cause: string | null;
  /** why, in the words of whoever ended it */
  said: string | null;
  /** what keeps the provider from being asked */
  trouble: string | null;
  textHash: string;
  documentHash: string;
  signedHash: string | null;
  by: PersonRef;
  createdAt: string;
  expiresAt: string;
  endedAt: string | null;
  signers: SignerView[];
  actions: ('CANCEL' | 'LINK' | 'MAIL')[];
}

export interface ContractSigning {
  /** who would collect signatures now */
  provider: SigningProvider;
  mayStart: boolean;
  /** newest first */
  flows: SigningFlowView[];
}

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', ${INSTANT})`;
const FLOWS = `
  SELECT f.id, f.version, f.provider, f.state, f.cause, f.said, f.trouble, f.text_hash AS "textHash",
    f.document_hash AS "documentHash", f.signed_hash AS "signedHash", ${utc('f.created_at')} AS "createdAt",
    ${utc('f.expires_at')} AS "expiresAt", ${utc('f.ended_at')} AS "endedAt",
    json_build_object('id', e.id, 'name', e.name, 'title', e.title) AS by,
    (SELECT json_agg(json_build_object('no', s.no, 'name', s.name, 'organisation', s.organisation, 'account', s.account,
       'state', s.state, 'at', ${utc('s.at')}, 'mail', (SELECT d.state FROM delivery d
         WHERE d.kind = 'contract.signing' AND d.payload->>'linkId' = s.id::text ORDER BY d.created_at DESC, d.id DESC LIMIT 1)) ORDER BY s.no) FROM signing_signer s WHERE s.flow_id = f.id) AS signers
  FROM signing_flow f JOIN employee e ON e.id = f.created_by
  WHERE f.contract_id = $1 ORDER BY f.created_at DESC, f.id DESC`;

/** How the signing of a contract stands and stood. @throws DomainError NOT_FOUND */
export async function contractSigning(
  db: DataSource,
  viewer: Viewer,
  contractId: string,
  provider: SigningProvider,
): Promise<ContractSigning> {
  await mustReachContract(db, viewer, 'contract:read', contractId);
  const flows = await db.query<Omit<SigningFlowView, 'actions'>[]>(FLOWS, [contractId]);
  const [sealed] = await db.query<{ waits: boolean; mails: boolean }[]>(
    `SELECT (k.state = 'SEALED' OR EXISTS (SELECT 1 FROM contract_version v WHERE v.contract_id = k.id AND v.state = 'SEALED'))
       AND NOT ${SIGNING_IS_BLOCKED} AS waits,
       EXISTS (SELECT 1 FROM channel_endpoint WHERE channel = 'MAIL' AND state = 'ACTIVE') AS mails FROM contract k WHERE k.id = $1`,
    [contractId],
  );
  const maySign = viewer.permissions['contract:sign'] !== undefined;
  const isOpen = flows.some(({ state }) => isSigningOpen(state));
  return {
    provider,
    mayStart: maySign && !isOpen && sealed!.waits,
    flows: flows.map((flow) => ({ ...flow, actions: maySign ? actionsOf(flow.state, sealed!.mails) : [] })),
  };
}

function actionsOf(state: SigningState, mails: boolean): SigningFlowView['actions'] {
  if (!isSigningOpen(state)) return [];
  return state === 'PENDING' ? [...(mails ? (['MAIL'] as const) : []), 'LINK', 'CANCEL'] : ['CANCEL'];
}

export interface SigningEvidence {
  /** compact JWS; whoever has the key can verify it without us */
  certificate: string;
  keys: JWK[];
  isValid: boolean;
  signers: Record<string, unknown>[];
}

/** What proves a signature, verified now against what is recorded. @throws DomainError NOT_FOUND, also when nothing is signed */
export async function signingEvidence(
  db: DataSource,
  contractId: string,
  flowId: string,
): Promise<SigningEvidence> {
  const [flow] = await db.query<
    { certificate: string | null; textHash: string; signedHash: string; signers: Record<string, unknown>[] }[]
  >(
    `SELECT f.certificate, f.text_hash AS "textHash", f.signed_hash AS "signedHash",
       (SELECT json_agg(json_build_object('no', s.no, 'name', s.name, 'organisation', s.organisation, 'at', ${utc('s.at')},
          'evidence', s.evidence, 'salt', encode(s.salt, 'hex'), 'evidenceHash', s.evidence_hash) ORDER BY s.no)
        FROM signing_signer s WHERE s.flow_id = f.id) AS signers
     FROM signing_flow f WHERE f.id = $1 AND f.contract_id = $2`,
    [flowId, contractId],
  );
  if (!flow?.certificate) throw new DomainError('NOT_FOUND', { flowId });
  const { certificate, signers } = flow;
  const { kid = '' } = decodeProtectedHeader(certificate);
  const stored = await db.query<{ public_jwk: JWK }[]>(`SELECT public_jwk FROM signing_key WHERE kid = $1`, [
    kid,
  ]);
  const keys = stored.map(({ public_jwk: jwk }) => jwk);
  return { certificate, keys, signers, isValid: await isTrue(certificate, keys[0], flow) };
}

async function isTrue(
  certificate: string,
  jwk: JWK | undefined,
  recorded: { textHash: string; signedHash: string },
): Promise<boolean> {
  if (!jwk) return false;
  try {
    const { payload } = await compactVerify(certificate, await importJWK(jwk, 'EdDSA'), {
      algorithms: ['EdDSA'],
    });
    const said = JSON.parse(Buffer.from(payload).toString('utf8')) as Record<string, unknown>;
    return said['sha256'] === recorded.textHash && said['signedSha256'] === recorded.signedHash;
  } catch {
    return false;
  }
}

/** The document the signers were given, or what came back signed. @throws DomainError NOT_FOUND */
export async function signingFile(
  db: DataSource,
  contractId: string,
  flowId: string,
  which: 'document' | 'signed',
): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await db.query<{ number: string; version: number; bytes: Buffer | null }[]>(
    `SELECT k.number, f.version, f.${which} AS bytes FROM signing_flow f JOIN contract k ON k.id = f.contract_id
     WHERE f.id = $1 AND f.contract_id = $2`,
    [flowId, contractId],
  );
  if (!file?.bytes) throw new DomainError('NOT_FOUND', { flowId });
  return { name: `${file.number}-v${file.version}-${which}.pdf`, bytes: file.bytes };
}
