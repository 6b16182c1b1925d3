import type { DataSource, EntityManager } from 'typeorm';
import { isMailAccount, SIGNING_MESSAGE } from '../../domain/contract/signing.js';
import { DomainError } from '../../domain/errors.js';
import { appendEvents } from '../events.js';
import { queueCustomerMail } from '../link/customer-mail.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockFlow } from './signing-store.js';
import type { SigningStarted } from './start-signing.js';
import { lockContract } from './store.js';

export type SigningLink = { signerId: string; url: string | null };

export type OfSigner = SigningStarted & { no: number };

/**
 * A signer's link that somebody hands to them; the chain knows who took it.
 * @returns where it leads at the provider; null: to the page of this system
 * @throws DomainError NOT_FOUND · SIGNING_CLOSED · STATE_CONFLICT the provider has not taken it yet
 */
export function giveSigningLink(
  db: DataSource,
  meta: CommandMeta,
  at: OfSigner,
): Promise<Answer<SigningLink>> {
  return toSigner(db, meta, at, 'contract.signing-link-taken', async ({ id, url }) => ({
    signerId: id,
    url,
  }));
}

/** The link goes to its signer by mail once more. @throws DomainError as giveSigningLink · VALIDATION no mail address · MAIL_NOT_CONFIGURED */
export function mailSigningLink(
  db: DataSource,
  meta: CommandMeta,
  at: OfSigner,
): Promise<Answer<SigningStarted>> {
  const { contractId, flowId } = at;
  return toSigner(db, meta, at, 'contract.signing-mailed', async ({ id, account }, tx) => {
    if (!isMailAccount(account))
      throw new DomainError('VALIDATION', {}, [
        { pointer: '/no', code: 'INVALID', rule: 'a signer with a mail address' },
      ]);
    if (!(await queueCustomerMail(tx, SIGNING_MESSAGE, id, meta.correlationId)))
      throw new DomainError('MAIL_NOT_CONFIGURED');
    return { contractId, flowId };
  });
}

interface Invited {
  id: string;
  url: string | null;
  account: string | null;
  state: string;
}

async function toSigner<T extends SigningLink | SigningStarted>(
  db: DataSource,
  meta: CommandMeta,
  { contractId, flowId, no }: OfSigner,
  type: string,
  give: (signer: Invited, tx: EntityManager) => Promise<T>,
): Promise<Answer<T>> {
  return runCommand(db, meta, async (tx) => {
    const { head } = await lockContract(tx, contractId);
    const flow = await lockFlow(tx, contractId, flowId);
    if (flow.state === 'OPENING') throw new DomainError('STATE_CONFLICT', { state: flow.state });
    const [signer] = await tx.query<Invited[]>(
      `SELECT id, url, account, state FROM signing_signer WHERE flow_id = $1 AND no = $2`,
      [flowId, no],
    );
    if (!signer) throw new DomainError('NOT_FOUND', { flowId, no });
    if (flow.state !== 'PENDING' || signer.state !== 'PENDING')
      throw new DomainError('SIGNING_CLOSED', { state: flow.state });
    await appendEvents(tx, head, [{ type, actor: meta.actor.id, payload: { flowId, no } }]);
    return give(signer, tx);
  });
}
