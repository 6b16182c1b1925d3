import type { EntityManager } from 'typeorm';
import { isInForce } from '../../domain/contract/life.js';
import { DomainError } from '../../domain/errors.js';
import { subjectChanged } from '../approval/amend.js';
import { lockRequest } from '../approval/request-lock.js';
import { submitAmendment } from '../approval/submit.js';
import { mustNotBeBlocked } from '../customer/standing.js';
import type { CommandMeta } from '../transaction.js';
import { approveChange, takeForce } from './change-outcome.js';
import { lockContract, noteLife, type HeldContract } from './store.js';
import { mustOpenVersion, versionStep, type VersionRow } from './version-store.js';

/** The seal on an approved amendment; whether it is what was approved is checked by the caller, in the same transaction. */
export async function sealChange(
  tx: EntityManager,
  held: HeldContract,
  meta: CommandMeta,
  note: string | null,
): Promise<string> {
  const version = await mustOpenVersion(tx, held.row.id);
  if (!isInForce(held.row.state) || version.kind !== 'AMENDMENT')
    throw new DomainError('CONTRACT_STATE', { state: held.row.state, act: 'SEAL' });
  await versionStep(tx, version, 'SEAL', {
    sealed_at: held.head.now,
    sealed_by: meta.actor.id,
    signed_hash: null,
  });
  await noteLife(tx, held, meta, {
    type: 'contract.change-sealed',
    payload: { version: version.version, textHash: version.textHash, note },
  });
  return held.row.state;
}

/** The counter-signed copy of an amendment: the sealed text comes into force, another one goes back to review. @throws DomainError CUSTOMER_BLOCKED another one */
export async function counterSignChange(
  tx: EntityManager,
  held: HeldContract,
  meta: CommandMeta,
  { version, signedHash, signedOn }: { version: VersionRow; signedHash: string; signedOn: string },
): Promise<{ state: string; hashMatches: boolean }> {
  if (signedHash === version.textHash)
    return { state: await takeForce(tx, held, version, meta, signedOn), hashMatches: true };
  await mustNotBeBlocked(tx, held.row.customerId);
  const note = `The counter-signed copy (${signedHash}) is not the approved text (${version.textHash}).`;
  await versionStep(tx, version, 'REVIEW_AGAIN', {
    signed_hash: signedHash,
    sealed_at: null,
    sealed_by: null,
    review_note: note,
  });
  await noteLife(tx, held, meta, {
    type: 'contract.change-signed-differently',
    payload: { version: version.version, signedHash, textHash: version.textHash },
  });
  const requestId = held.row.requestId!;
  if (await subjectChanged(tx, meta, await lockRequest(tx, requestId)))
    await submitAmendment(tx, meta, requestId, { comment: note });
  else
    await approveChange(
      tx,
      await lockContract(tx, held.row.id),
      await mustOpenVersion(tx, held.row.id),
      meta,
    );
  return { state: held.row.state, hashMatches: false };
}
