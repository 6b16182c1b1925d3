import { randomBytes } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import {
  isSignersName,
  signingLinkEnd,
  type SignerState,
  type SigningAnswer,
} from '../../domain/contract/signing.js';
import { DomainError } from '../../domain/errors.js';
import type { DecisionSigner } from '../approval/signature.js';
import { appendEvents } from '../events.js';
import { customerTokenHash, evidenceDigest } from '../link/customer-link.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { settleSigning } from './record-signing.js';
import { lockFlow, type SigningFlow } from './signing-store.js';
import { lockContract } from './store.js';

export interface SignersReply {
  token: string;
  /** of the document that the page showed */
  documentHash: string;
  said: SigningAnswer;
  ip: string | null;
  userAgent: string | null;
  correlationId: string | null;
}

export type SignerAnswered = { flowId: string; answer: SigningAnswer['answer'] };

interface Link {
  id: string;
  no: number;
  name: string;
  organisation: string | null;
  flowId: string;
  contractId: string;
}

const MAX_AGENT = 400;

/**
 * A signer signs or declines by their link, once: whatever is sent by it again gets the first answer. The last signature
 * makes the flow SIGNED, a refusal ends it. What proves the answer is kept beside the chain, its salted digest in it.
 * @throws DomainError NOT_FOUND · SIGNING_CLOSED · STALE_SUBJECT another document · SIGNERS_NAME
 */
export async function signHere(
  db: DataSource,
  signer: DecisionSigner,
  reply: SignersReply,
): Promise<Answer<SignerAnswered>> {
  const [link] = await db.query<Link[]>(
    `SELECT s.id, s.no, s.name, s.organisation, s.flow_id AS "flowId", f.contract_id AS "contractId"
     FROM signing_signer s JOIN signing_flow f ON f.id = s.flow_id WHERE s.token_hash = $1 AND f.provider = 'LOCAL'`,
    [customerTokenHash(reply.token)],
  );
  if (!link) throw new DomainError('NOT_FOUND');
  const meta: CommandMeta = {
    actor: systemActor('customer'),
    key: link.id,
    scope: `contract.sign/${link.flowId}`,
    body: null,
    correlationId: reply.correlationId,
  };
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, link.contractId);
    const flow = await lockFlow(tx, link.contractId, link.flowId);
    await mustBeOpen(tx, flow, link, reply);
    const head = await appendEvents(tx, held.head, [
      {
        type: 'contract.signer-answered',
        actor: meta.actor.id,
        payload: {
          flowId: flow.id,
          no: link.no,
          answer: reply.said.answer,
          documentHash: flow.documentHash,
          evidence: await keepEvidence(tx, flow, link, reply, held.head.now),
        },
      },
    ]);
    const news = await newsOf(tx, flow.id, reply.said);
    if (news) {
      const heard = { news, signers: [] };
      await settleSigning(tx, { ...held, head }, flow, { by: meta, signer, heard });
    }
    return { flowId: flow.id, answer: reply.said.answer };
  });
}

async function mustBeOpen(
  tx: EntityManager,
  flow: SigningFlow,
  link: Link,
  { documentHash, said }: SignersReply,
): Promise<void> {
  const [now] = await tx.query<{ state: SignerState }[]>(`SELECT state FROM signing_signer WHERE id = $1`, [
    link.id,
  ]);
  const end = signingLinkEnd(flow, now!.state);
  if (end !== null) throw new DomainError('SIGNING_CLOSED', { state: flow.state, end });
  if (documentHash !== flow.documentHash)
    throw new DomainError('STALE_SUBJECT', { documentHash: flow.documentHash });
  if (said.answer === 'SIGN' && !isSignersName(link.name, said.name)) throw new DomainError('SIGNERS_NAME');
}

/** @returns the digest of what proves the answer */
async function keepEvidence(
  tx: EntityManager,
  flow: SigningFlow,
  { id, no, organisation }: Link,
  { said, ip, userAgent }: SignersReply,
  at: string,
): Promise<string> {
  const evidence = {
    answer: said.answer,
    name: said.name,
    organisation,
    title: said.answer === 'SIGN' ? said.title : null,
    reason: said.answer === 'DECLINE' ? said.reason : null,
    no,
    flowId: flow.id,
    textHash: flow.textHash,
    documentHash: flow.documentHash,
    ip,
    userAgent: userAgent?.slice(0, MAX_AGENT) ?? null,
    at,
  };
  const salt = randomBytes(16);
  const evidenceHash = evidenceDigest(evidence, salt);
  await tx.query(
    `UPDATE signing_signer SET state = $2, at = $3, evidence = $4, salt = $5, evidence_hash = $6 WHERE id = $1`,
    [id, said.answer === 'SIGN' ? 'SIGNED' : 'DECLINED', at, JSON.stringify(evidence), salt, evidenceHash],
  );
  return evidenceHash;
}

/** What the answer means for the flow; null: others have still to sign. */
async function newsOf(tx: EntityManager, flowId: string, said: SigningAnswer) {
  if (said.answer === 'DECLINE') return { kind: 'DECLINED' as const, said: said.reason };
  const [flow] = await tx.query<{ waits: boolean; document: Buffer }[]>(
    `SELECT EXISTS (SELECT 1 FROM signing_signer s WHERE s.flow_id = f.id AND s.state <> 'SIGNED') AS waits, f.document
     FROM signing_flow f WHERE f.id = $1`,
    [flowId],
  );
  return flow!.waits ? null : { kind: 'SIGNED' as const, file: flow!.document };
}
