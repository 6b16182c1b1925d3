import type { EntityManager } from 'typeorm';
import { SIGNING_IS_BLOCKED, SIGNING_STANDS } from '../../db/signing-standing.js';
import type {
  SigningCause,
  SigningOutcome,
  SigningProvider,
  SigningState,
} from '../../domain/contract/signing.js';
import { DomainError } from '../../domain/errors.js';
import { signingMessage } from '../../workflows/messages.js';
import { appendEvents, type AggregateHead } from '../events.js';
import { tellOfContract } from '../notification/contract-notices.js';
import { tellProcess } from '../outbox.js';
import type { By } from './store.js';

/** A flow as commands need it. */
export interface SigningFlow {
  id: string;
  contractId: string;
  version: number;
  provider: SigningProvider;
  state: SigningState;
  cause: SigningCause | null;
  textHash: string;
  documentHash: string;
  documentBytes: number;
  providerFlowId: string | null;
  asked: number;
  stands: boolean;
  isBlocked: boolean;
  isPastExpiry: boolean;
}

const READ = `
  SELECT f.id, f.contract_id AS "contractId", f.version, f.provider, f.state, f.cause, f.text_hash AS "textHash",
    f.document_hash AS "documentHash", length(f.document) AS "documentBytes", f.provider_flow_id AS "providerFlowId", f.asked,
    ${SIGNING_STANDS} AS stands, ${SIGNING_IS_BLOCKED} AS "isBlocked", f.expires_at <= clock_timestamp() AS "isPastExpiry"
  FROM signing_flow f JOIN contract k ON k.id = f.contract_id`;

/** Whose contract a flow is of, before its lock is taken. @throws DomainError NOT_FOUND */
export async function contractOfFlow(tx: Pick<EntityManager, 'query'>, flowId: string): Promise<string> {
  const [row] = await tx.query<{ contractId: string }[]>(
    `SELECT contract_id AS "contractId" FROM signing_flow WHERE id = $1`,
    [flowId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { flowId });
  return row.contractId;
}

/** A flow of the contract whose lock is held. @throws DomainError NOT_FOUND */
export async function lockFlow(tx: EntityManager, contractId: string, flowId: string): Promise<SigningFlow> {
  const [flow] = await tx.query<SigningFlow[]>(
    `${READ} WHERE f.id = $1 AND f.contract_id = $2 FOR UPDATE OF f`,
    [flowId, contractId],
  );
  if (!flow) throw new DomainError('NOT_FOUND', { flowId });
  return flow;
}

/** The flow under way of the contract whose lock is held; null when there is none. */
export async function openFlow(tx: EntityManager, contractId: string): Promise<SigningFlow | null> {
  const [flow] = await tx.query<SigningFlow[]>(
    `${READ} WHERE f.contract_id = $1 AND f.state IN ('OPENING', 'PENDING') FOR UPDATE OF f`,
    [contractId],
  );
  return flow ?? null;
}

const EVENTS: Readonly<Record<SigningOutcome['state'], string>> = {
  SIGNED: 'contract.signed',
  DECLINED: 'contract.signing-declined',
  EXPIRED: 'contract.signing-expired',
  CANCELLED: 'contract.signing-cancelled',
  DIFFERS: 'contract.signing-differs',
  FAILED: 'contract.signing-failed',
};

export interface SigningEnd {
  outcome: SigningOutcome;
  ownerId: string;
  /** why, in the words of whoever ended it */
  said?: string | null;
  /** beside flow, version and cause */
  payload?: Readonly<Record<string, string | null>>;
  /** what came back signed */
  file?: { bytes: Buffer; sha256: string };
  certificate?: string;
}

/**
 * A flow is over: noted in its contract's chain, told its owner and its process. Where the provider may not know yet, the
 * process tells it.
 * @returns the chain's head after it
 */
export async function endFlow(
  tx: EntityManager,
  head: AggregateHead,
  flow: SigningFlow,
  by: By,
  { outcome, ownerId, said, payload = {}, file, certificate }: SigningEnd,
): Promise<AggregateHead> {
  const { state, cause } = outcome;
  const isOurs = (state === 'CANCELLED' && cause !== 'REVOKED') || state === 'EXPIRED';
  await tx.query(
    `UPDATE signing_flow SET state = $2, cause = $3, ended_at = $4, ask_at = CASE WHEN $5 THEN $4::timestamptz END, to_withdraw = $5,
       asked = 0, trouble = NULL, signed = $6, signed_hash = $7, certificate = $8, said = $9 WHERE id = $1`,
    [
      flow.id,
      state,
      cause,
      head.now,
      isOurs && flow.provider !== 'LOCAL' && flow.providerFlowId !== null,
      file?.bytes ?? null,
      file?.sha256 ?? null,
      certificate ?? null,
      said?.slice(0, 2_000) ?? null,
    ],
  );
  const after = await appendEvents(tx, head, [
    {
      type: EVENTS[state],
      actor: by.actor.id,
      payload: { flowId: flow.id, version: flow.version, documentHash: flow.documentHash, cause, ...payload },
    },
  ]);
  await tellProcess(tx, signingMessage(flow.id, after.seq), by.correlationId);
  if (by.actor.id !== ownerId)
    await tellOfContract(tx, {
      personId: ownerId,
      kind: 'CONTRACT_SIGNING',
      contractId: flow.contractId,
      ownerId,
      at: head.now,
      key: `${flow.id}/${state}`,
    });
  return after;
}

/** The contract has moved on: nobody is to sign any more what no longer waits for it. */
export async function endBaselessFlow(
  tx: EntityManager,
  head: AggregateHead,
  { id, ownerId }: { id: string; ownerId: string },
  by: By,
): Promise<void> {
  const flow = await openFlow(tx, id);
  if (!flow || flow.stands) return;
  const outcome = { state: 'CANCELLED', cause: 'CONTRACT_MOVED_ON' } as const;
  await endFlow(tx, head, flow, by, { outcome, ownerId });
}

/** What is with signers of the customer is looked at again, by each flow's process. */
export async function tellSigningsOf(
  tx: EntityManager,
  customerId: string,
  correlationId: string | null,
): Promise<void> {
  const open = await tx.query<{ id: string; seq: string }[]>(
    `SELECT f.id, h.seq FROM signing_flow f JOIN contract k ON k.id = f.contract_id
     JOIN event_head h ON h.aggregate_kind = 'contract' AND h.aggregate_id = k.id
     WHERE k.customer_id = $1 AND f.state IN ('OPENING', 'PENDING')`,
    [customerId],
  );
  for (const { id, seq } of open) await tellProcess(tx, signingMessage(id, Number(seq)), correlationId);
}
