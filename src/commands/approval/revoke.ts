import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { ApprovalState } from '../../domain/approval/model.js';
import { DomainError } from '../../domain/errors.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { hexDigest } from '../hash.js';
import { assertApproved } from './amend.js';
import type { Held } from './apply.js';
import { lockVisible, mustHaveVersion } from './request-lock.js';
import { mustBeReversible } from './revocation.subject.js';
import { subjectOwner } from './subjects.js';
import { submitForApproval, type Submitted } from './submit.js';
import type { OnRequest } from './takeback.js';
import { commandInTurn } from './turn.js';

/**
 * AE-RV-1: asks for the revocation of an approval, a request of its own under its own policy; the approval stands until it
 * passes. By the initiator, the subject's owner, or an approval admin; one at a time.
 * @throws DomainError NOT_FOUND · NOT_INITIATOR · REVOKE_NOT_ALLOWED a part of a request, or a revocation · NOT_APPROVED ·
 *   REQUEST_CLOSED · STALE_VERSION · EFFECT_IRREVERSIBLE · OPEN_REVOCATION_EXISTS · as submitForApproval
 */
export function requestRevocation(
  db: DataSource,
  meta: CommandMeta,
  input: OnRequest & { reason: string; asAdmin: boolean },
): Promise<Answer<Submitted>> {
  return commandInTurn(db, meta, input.requestId, async (tx) => {
    const original = await lockVisible(tx, input.requestId, meta.actor, input.sees);
    await mustBeTheirs(tx, original, meta, input.asAdmin);
    mustBeRevocable(original);
    mustHaveVersion(original.before, input.expectedVersion);
    await mustBeReversible(tx, original.kind, original.subjectId);
    const revocationId = await openRevocation(tx, input, meta.actor.id);
    return submitForApproval(tx, meta, 'REVOCATION', revocationId, { comment: input.reason });
  });
}

/**
 * The system that owns a general request says that what follows from it cannot be undone, for instance `SHIPPED`; from then
 * on it is neither revoked nor changed. Only of what is approved as it is now (AE-ENV-4).
 * @param input.subjectHash what the system has acted upon; left out: whatever it is now
 * @throws DomainError NOT_FOUND · NOT_INITIATOR · REVOKE_NOT_ALLOWED the request is of another kind · NOT_APPROVED ·
 *   NOT_COVERED it was changed beyond its approval, or is not what the system knows
 */
export function declareIrreversible(
  db: DataSource,
  meta: CommandMeta,
  input: OnRequest & { effect: string; subjectHash?: string | undefined },
): Promise<Answer<{ requestId: string; effect: string }>> {
  return commandInTurn(db, meta, input.requestId, async (tx) => {
    const held = await lockVisible(tx, input.requestId, meta.actor, input.sees);
    await mustBeTheirs(tx, held, meta, false);
    if (held.kind !== 'GENERAL') throw new DomainError('REVOKE_NOT_ALLOWED', { kind: held.kind });
    if (held.before.state !== 'APPROVED')
      throw new DomainError('NOT_APPROVED', { requestState: held.before.state });
    const now = hexDigest((await subjectOwner(held.kind).load(tx, held.subjectId)).content);
    await assertApproved(tx, input.requestId, now);
    if (input.subjectHash !== undefined && input.subjectHash !== now)
      throw new DomainError('NOT_COVERED', { requestId: input.requestId, subjectHash: now });
    await tx.query(`UPDATE general_request SET irreversible = coalesce(irreversible, $2) WHERE id = $1`, [
      held.subjectId,
      input.effect,
    ]);
    return { requestId: input.requestId, effect: input.effect };
  });
}

async function mustBeTheirs(
  tx: EntityManager,
  { before }: { before: ApprovalState },
  { actor }: CommandMeta,
  asAdmin: boolean,
): Promise<void> {
  if (asAdmin || before.initiatorId === actor.id) return;
  const owned = await tx.query<unknown[]>(
    `SELECT 1 FROM approval_request WHERE id = $1 AND owner_id::text = $2`,
    [before.id, actor.id],
  );
  if (owned.length === 0) throw new DomainError('NOT_INITIATOR');
}

function mustBeRevocable({ kind, before }: Held & { before: ApprovalState }): void {
  if (kind === 'STAGE' || kind === 'REVOCATION' || kind === 'SPLIT')
    throw new DomainError('REVOKE_NOT_ALLOWED', { kind });
  if (before.state === 'PENDING' || before.state === 'RETURNED')
    throw new DomainError('NOT_APPROVED', { requestState: before.state, hint: 'withdraw' });
  if (before.state !== 'APPROVED')
    throw new DomainError('REQUEST_CLOSED', { requestState: before.state, seq: before.seq });
}

async function openRevocation(
  tx: EntityManager,
  { requestId, reason }: { requestId: string; reason: string },
  by: string,
): Promise<string> {
  const id = uuidv7();
  const [open] = await tx.query<{ id: string }[]>(
    `SELECT r.id FROM revocation v JOIN approval_request r ON r.kind = 'REVOCATION' AND r.subject_id = v.id
     WHERE v.request_id = $1 AND v.state = 'OPEN'`,
    [requestId],
  );
  if (open) throw new DomainError('OPEN_REVOCATION_EXISTS', { openRequestId: open.id });
  await tx.query(`INSERT INTO revocation (id, request_id, reason, requested_by) VALUES ($1, $2, $3, $4)`, [
    id,
    requestId,
    reason,
    by,
  ]);
  return id;
}
