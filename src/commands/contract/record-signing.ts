import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import {
  signingOutcome,
  type SignerState,
  type SigningNews,
  type SigningState,
} from '../../domain/contract/signing.js';
import type { DecisionSigner } from '../approval/signature.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { takeForce } from './change-outcome.js';
import { takeEffect } from './signing.js';
import { contractOfFlow, endFlow, lockFlow, type SigningFlow } from './signing-store.js';
import { lockContract, type By, type HeldContract } from './store.js';
import { textDigest } from './text-digest.js';
import { mustOpenVersion } from './version-store.js';

/** What was heard of a flow, by whatever way. */
export interface SigningHeard {
  flowId: string;
  news:
    { kind: 'SIGNED'; file: Buffer } | (Exclude<SigningNews, { kind: 'SIGNED' }> & { said?: string | null });
  signers: readonly { no: number; state: SignerState }[];
  correlationId: string | null;
}

export type SigningRecorded = {
  flowId: string;
  state: SigningState;
  /** why the contract stayed as it was although somebody signed */
  code: 'SIGNED_DIFFERENTLY' | null;
};

/**
 * How a flow ended, recorded once: told by a callback, asked for, or both at the same time, and however often. News of a flow
 * that is over change nothing.
 * @throws DomainError NOT_FOUND · whatever keeps a change from coming into force
 */
export function recordSigning(
  db: DataSource,
  signer: DecisionSigner,
  heard: SigningHeard,
): Promise<Answer<SigningRecorded>> {
  const { flowId, news, correlationId } = heard;
  const meta: CommandMeta = {
    actor: systemActor('signing'),
    key: news.kind,
    scope: `contract.signing/${flowId}`,
    body: null,
    correlationId,
  };
  return runCommand(db, meta, async (tx) => {
    const contractId = await contractOfFlow(tx, flowId);
    const held = await lockContract(tx, contractId);
    return settleSigning(tx, held, await lockFlow(tx, contractId, flowId), { by: meta, signer, heard });
  });
}

export interface Hearing {
  by: By;
  signer: DecisionSigner;
  heard: Pick<SigningHeard, 'news' | 'signers'>;
}

/**
 * The same under the contract's lock. The document that was given out, with signatures behind it, makes the contract
 * effective or brings its change into force; another one is kept, and the contract stays as it was.
 */
export async function settleSigning(
  tx: EntityManager,
  held: HeldContract,
  flow: SigningFlow,
  { by, signer, heard: { news, signers } }: Hearing,
): Promise<SigningRecorded> {
  const file = news.kind === 'SIGNED' ? { bytes: news.file, sha256: textDigest(news.file) } : null;
  const outcome = signingOutcome(
    flow,
    news.kind === 'SIGNED' ? { kind: 'SIGNED', baseHash: baseHash(news.file, flow) } : news,
  );
  if (!outcome) return { flowId: flow.id, state: flow.state, code: codeOf(flow.state) };
  await noteSigners(tx, flow.id, signers, held.head.now);
  const { ownerId } = held.row;
  const isSigned = outcome.state === 'SIGNED';
  const certificate = isSigned ? await seal(tx, signer, held, flow, file!.sha256) : null;
  const head = await endFlow(tx, held.head, flow, by, {
    outcome,
    ownerId,
    ...(news.kind === 'SIGNED' ? {} : { said: news.said ?? null }),
    ...(file ? { file, payload: { signedHash: file.sha256, ...proof(certificate) } } : {}),
    ...(certificate === null ? {} : { certificate }),
  });
  if (isSigned) await countersign(tx, { ...held, head }, flow, by);
  return { flowId: flow.id, state: outcome.state, code: codeOf(outcome.state) };
}

/** The chain holds the certificate's digest: the certificate names people. */
function proof(certificate: string | null): { certificate?: string } {
  return certificate === null ? {} : { certificate: textDigest(certificate) };
}

function codeOf(state: SigningState): SigningRecorded['code'] {
  return state === 'DIFFERS' ? 'SIGNED_DIFFERENTLY' : null;
}

/** SHA-256 of as much of the signed file as the document had: signatures are appended to a PDF, never put into it. */
function baseHash(signed: Buffer, { documentBytes }: SigningFlow): string {
  return textDigest(signed.subarray(0, documentBytes));
}

/** Who has signed so far. */
export async function noteSigners(
  tx: EntityManager,
  flowId: string,
  signers: SigningHeard['signers'],
  at: string,
): Promise<void> {
  for (const { no, state } of signers)
    if (state !== 'PENDING')
      await tx.query(
        `UPDATE signing_signer SET state = $3, at = $4 WHERE flow_id = $1 AND no = $2 AND state = 'PENDING'`,
        [flowId, no, state, at],
      );
}

/** What the server seals of a signature, for whoever has the key (ADR 0411). */
async function seal(
  tx: EntityManager,
  signer: DecisionSigner,
  { head, row }: HeldContract,
  flow: SigningFlow,
  signedHash: string,
): Promise<string> {
  const signers = await tx.query<
    { no: number; name: string; organisation: string | null; at: Date; evidence: string | null }[]
  >(
    `SELECT no, name, organisation, at, evidence_hash AS evidence FROM signing_signer WHERE flow_id = $1 AND state = 'SIGNED' ORDER BY no`,
    [flow.id],
  );
  return signer.seal(tx, 'sealflow-signing', {
    contract: row.number,
    contractId: row.id,
    version: flow.version,
    sha256: flow.textHash,
    documentSha256: flow.documentHash,
    signedSha256: signedHash,
    flowId: flow.id,
    provider: flow.provider,
    providerFlowId: flow.providerFlowId,
    signers: signers.map(({ at, ...one }) => ({ ...one, at: at.toISOString() })),
    at: head.now,
  });
}

async function countersign(tx: EntityManager, held: HeldContract, flow: SigningFlow, by: By): Promise<void> {
  const [day] = await tx.query<{ on: string }[]>(
    `SELECT ($1::timestamptz AT TIME ZONE $2)::date::text AS on`,
    [held.head.now, held.row.zone],
  );
  if (held.row.base === null) await takeEffect(tx, held, by, day!.on);
  else await takeForce(tx, held, await mustOpenVersion(tx, held.row.id, flow.version), by, day!.on);
}
