import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import {
  askAgainMs,
  baseless,
  isMailAccount,
  isSigningOpen,
  SIGNING_MESSAGE,
} from '../../domain/contract/signing.js';
import { signingMessage } from '../../workflows/messages.js';
import type { Step } from '../approval/time.js';
import { queueCustomerMail } from '../link/customer-mail.js';
import { tellProcess } from '../outbox.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { noteSigners, type SigningHeard } from './record-signing.js';
import { contractOfFlow, endFlow, lockFlow, type SigningFlow } from './signing-store.js';
import { lockContract } from './store.js';

export type SigningMoved = { flowId: string; state: string };

export interface Opened {
  flowId: string;
  providerFlowId: string;
  signers: readonly { no: number; url: string | null }[];
}

/** The provider has it, and signers with a mail address hear of it. If the flow has ended meanwhile, the provider is to hear that next. */
export function recordOpened(db: DataSource, by: Step, opened: Opened): Promise<Answer<SigningMoved>> {
  const { flowId, providerFlowId, signers } = opened;
  return underLock(db, byProcess(by, 'contract.signing-opened', flowId), flowId, async (tx, flow, now) => {
    if (flow.state !== 'OPENING') {
      await tx.query(
        `UPDATE signing_flow SET provider_flow_id = $2, to_withdraw = true, ask_at = $3, asked = 0 WHERE id = $1 AND provider_flow_id IS NULL`,
        [flowId, providerFlowId, now],
      );
      return flow.state;
    }
    await tx.query(
      `UPDATE signing_flow SET state = 'PENDING', provider_flow_id = $2, asked = 0, trouble = NULL,
         ask_at = CASE WHEN provider = 'LOCAL' THEN expires_at ELSE least(expires_at, $3::timestamptz + $4 * interval '1 ms') END
       WHERE id = $1`,
      [flowId, providerFlowId, now, askAgainMs(0)],
    );
    for (const { no, url } of signers) {
      const [[signer]] = await tx.query<[{ id: string; account: string | null }[], number]>(
        `UPDATE signing_signer SET url = $3 WHERE flow_id = $1 AND no = $2 RETURNING id, account`,
        [flowId, no, url],
      );
      if (signer && isMailAccount(signer.account))
        await queueCustomerMail(tx, SIGNING_MESSAGE, signer.id, by.correlationId);
    }
    return 'PENDING';
  });
}

/** The provider was asked and the flow goes on: who has signed so far, and when it is asked again. */
export function recordAsked(
  db: DataSource,
  by: Step,
  { flowId, signers }: Pick<SigningHeard, 'flowId' | 'signers'>,
): Promise<Answer<SigningMoved>> {
  return underLock(db, byProcess(by, 'contract.signing-asked', flowId), flowId, async (tx, flow, now) => {
    if (!isSigningOpen(flow.state)) return flow.state;
    await noteSigners(tx, flowId, signers, now);
    await tx.query(
      `UPDATE signing_flow SET asked = asked + 1, trouble = NULL, ask_at = least(expires_at, $2::timestamptz + $3 * interval '1 ms') WHERE id = $1`,
      [flowId, now, askAgainMs(flow.asked)],
    );
    return flow.state;
  });
}

/**
 * The provider did not answer, or not so that it could be used: it is asked again, less and less often. One that was to hear
 * that a flow is over need not hear it once the flow is past its end there as well.
 */
export function recordSigningTrouble(
  db: DataSource,
  by: Step,
  { flowId, trouble }: { flowId: string; trouble: string },
): Promise<Answer<SigningMoved>> {
  return underLock(db, byProcess(by, 'contract.signing-trouble', flowId), flowId, async (tx, flow, now) => {
    const givesUp = flow.isPastExpiry && !isSigningOpen(flow.state);
    await tx.query(
      `UPDATE signing_flow SET asked = asked + 1, trouble = $2, ask_at = $3::timestamptz + $4 * interval '1 ms',
         to_withdraw = to_withdraw AND NOT $5 WHERE id = $1`,
      [flowId, trouble.slice(0, 500), now, askAgainMs(flow.asked), givesUp],
    );
    return flow.state;
  });
}

/** The provider knows that nobody is to sign any more. */
export function recordWithdrawn(db: DataSource, by: Step, flowId: string): Promise<Answer<SigningMoved>> {
  return underLock(db, byProcess(by, 'contract.signing-withdrawn', flowId), flowId, async (tx, flow) => {
    await tx.query(`UPDATE signing_flow SET to_withdraw = false, trouble = NULL WHERE id = $1`, [flowId]);
    return flow.state;
  });
}

/** Its reason is gone, or its time passed before the provider took it; otherwise nothing happens. */
export function endSigning(db: DataSource, by: Step, flowId: string): Promise<Answer<SigningMoved>> {
  const meta = byProcess(by, 'contract.signing-end', flowId);
  return runCommand(db, meta, async (tx) => {
    const contractId = await contractOfFlow(tx, flowId);
    const { head, row } = await lockContract(tx, contractId);
    const flow = await lockFlow(tx, contractId, flowId);
    const cause = baseless(flow);
    const isLate = flow.state === 'OPENING' && flow.isPastExpiry;
    if (!isSigningOpen(flow.state) || (!cause && !isLate)) return { flowId, state: flow.state };
    const outcome = cause
      ? ({ state: 'CANCELLED', cause } as const)
      : ({ state: 'EXPIRED', cause: null } as const);
    await endFlow(tx, head, flow, meta, { outcome, ownerId: row.ownerId });
    return { flowId, state: outcome.state };
  });
}

/** The provider says that something happened: it is asked at once. @returns false: it speaks of no flow of ours */
export async function hearOfSigning(
  db: DataSource,
  providerFlowId: string,
  correlationId: string | null,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [flow] = await tx.query<{ id: string; seq: string; isOpen: boolean }[]>(
      `SELECT f.id, h.seq, f.state IN ('OPENING', 'PENDING') AS "isOpen" FROM signing_flow f
       JOIN event_head h ON h.aggregate_kind = 'contract' AND h.aggregate_id = f.contract_id
       WHERE f.provider_flow_id = $1 FOR UPDATE OF f`,
      [providerFlowId],
    );
    if (flow?.isOpen) {
      await tx.query(`UPDATE signing_flow SET ask_at = least(ask_at, now()) WHERE id = $1`, [flow.id]);
      await tellProcess(tx, signingMessage(flow.id, Number(flow.seq)), correlationId);
    }
    return flow !== undefined;
  });
}

async function underLock(
  db: DataSource,
  meta: CommandMeta,
  flowId: string,
  work: (tx: EntityManager, flow: SigningFlow, now: string) => Promise<string>,
): Promise<Answer<SigningMoved>> {
  return runCommand(db, meta, async (tx) => {
    const contractId = await contractOfFlow(tx, flowId);
    const { head } = await lockContract(tx, contractId);
    return { flowId, state: await work(tx, await lockFlow(tx, contractId, flowId), head.now) };
  });
}

function byProcess({ key, correlationId }: Step, command: string, flowId: string): CommandMeta {
  return { actor: systemActor('process'), key, scope: `${command}/${flowId}`, body: null, correlationId };
}
