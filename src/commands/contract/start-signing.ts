import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { ContractPolicy } from '../../domain/contract/policy.js';
import {
  isSigningOpen,
  signerProblems,
  type Signer,
  type SigningProvider,
} from '../../domain/contract/signing.js';
import type { DocumentLanguage } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import { signingMessage } from '../../workflows/messages.js';
import { assertApproved } from '../approval/amend.js';
import { mustNotBeBlocked } from '../customer/standing.js';
import { appendEvents } from '../events.js';
import { hexDigest } from '../hash.js';
import { tellProcess } from '../outbox.js';
import { activePolicy } from '../policy/policy.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { contractSubject } from './contract.subject.js';
import { endFlow, lockFlow, openFlow } from './signing-store.js';
import { lockContract, type HeldContract } from './store.js';
import { textDigest } from './text-digest.js';
import { openVersion } from './version-store.js';

export interface SigningStart {
  contractId: string;
  provider: SigningProvider;
  /** the sealed text as PDF, and the hash of that text */
  document: Buffer;
  textHash: string;
  language: DocumentLanguage;
  signers: readonly Omit<Signer, 'no'>[];
  /** how long they may sign; never longer than the contract waits for its signature */
  days: number;
}

export type SigningStarted = { contractId: string; flowId: string };

/**
 * The sealed text goes to its signers: the very one that was approved, checked in the transaction that sends it (AE-ENV-4).
 * @throws DomainError NOT_FOUND · CUSTOMER_BLOCKED · CONTRACT_STATE · STALE_SUBJECT · NOT_COVERED · SIGNING_OPEN · VALIDATION
 */
export function startSigning(
  db: DataSource,
  meta: CommandMeta,
  start: SigningStart,
): Promise<Answer<SigningStarted>> {
  const signers = start.signers.map((signer, index) => ({ ...signer, no: index + 1 }));
  return runCommand(db, meta, async (tx) => {
    const wrong = signerProblems(start.provider, signers);
    if (wrong.length > 0) throw new DomainError('VALIDATION', {}, wrong);
    const held = await lockContract(tx, start.contractId);
    await mustNotBeBlocked(tx, held.row.customerId);
    const version = await mustAwaitSignature(tx, held, start.textHash);
    if (await openFlow(tx, start.contractId)) throw new DomainError('SIGNING_OPEN');
    const { head } = held;
    const flowId = uuidv7();
    const documentHash = textDigest(start.document);
    const expiresAt = await expiryOf(tx, held, start.days);
    await tx.query(
      `INSERT INTO signing_flow (id, contract_id, version, provider, state, language, text_hash, document, document_hash, expires_at,
         ask_at, created_by, created_at) VALUES ($1, $2, $3, $4, 'OPENING', $5, $6, $7, $8, $9, $10, $11, $10)`,
      [
        flowId,
        start.contractId,
        version,
        start.provider,
        start.language,
        start.textHash,
        start.document,
        documentHash,
        expiresAt,
        head.now,
        meta.actor.id,
      ],
    );
    for (const { no, name, organisation, account } of signers)
      await tx.query(
        `INSERT INTO signing_signer (id, flow_id, no, name, organisation, account) VALUES ($1, $2, $3, $4, $5, $6)`,
        [uuidv7(), flowId, no, name, organisation, account],
      );
    const payload = {
      flowId,
      version,
      provider: start.provider,
      textHash: start.textHash,
      documentHash,
      signers: signers.length,
      expiresAt: expiresAt.toISOString(),
    };
    const { seq } = await appendEvents(tx, head, [
      { type: 'contract.signing-started', actor: meta.actor.id, payload },
    ]);
    await tellProcess(tx, signingMessage(flowId, seq), meta.correlationId);
    return { contractId: start.contractId, flowId };
  });
}

/** @returns the version that is sealed and waits for its counter-signature with this text */
async function mustAwaitSignature(tx: EntityManager, { row }: HeldContract, given: string): Promise<number> {
  const { state, textHash, version } = (row.base === null ? null : await openVersion(tx, row.id)) ?? row;
  if (state !== 'SEALED') throw new DomainError('CONTRACT_STATE', { state, act: 'START_SIGNING' });
  if (textHash !== given) throw new DomainError('STALE_SUBJECT', { textHash });
  const { content } = await contractSubject.load(tx, row.id);
  await assertApproved(tx, row.requestId, hexDigest(content));
  return version;
}

/** A contract that is not in force yet lapses some days after its seal: nobody may sign it later. */
async function expiryOf(tx: EntityManager, { head, row }: HeldContract, days: number): Promise<Date> {
  const { content } = await activePolicy<ContractPolicy>(tx, 'contract', head.now);
  const [end] = await tx.query<{ at: Date }[]>(
    `SELECT least($2::timestamptz + make_interval(days => $3),
       CASE WHEN base IS NULL THEN sealed_at + make_interval(days => $4) END) AS at FROM contract WHERE id = $1`,
    [row.id, head.now, days, content.signatureLapseDays],
  );
  return end!.at;
}

/** Nobody is to sign any more; the contract stays as it is. @throws DomainError NOT_FOUND · SIGNING_CLOSED */
export function cancelSigning(
  db: DataSource,
  meta: CommandMeta,
  { contractId, flowId, reason }: SigningStarted & { reason: string },
): Promise<Answer<SigningStarted>> {
  return runCommand(db, meta, async (tx) => {
    const { head, row } = await lockContract(tx, contractId);
    const flow = await lockFlow(tx, contractId, flowId);
    if (!isSigningOpen(flow.state)) throw new DomainError('SIGNING_CLOSED', { state: flow.state });
    const outcome = { state: 'CANCELLED', cause: 'BY_HAND' } as const;
    await endFlow(tx, head, flow, meta, { outcome, ownerId: row.ownerId, payload: { reason } });
    return { contractId, flowId };
  });
}
