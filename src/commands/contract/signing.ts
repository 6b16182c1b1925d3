import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { ContractPolicy } from '../../domain/contract/policy.js';
import { addDays, lastDayOfTerm, paymentPlan } from '../../domain/contract/plan.js';
import { ATTACHMENT_RULE, mustBeOfType } from '../../domain/approval/attachment.js';
import { mediaTypeOf } from '../../domain/approval/media-type.js';
import { normaliseText } from '../../domain/contract/text.js';
import { DomainError } from '../../domain/errors.js';
import { assertApproved } from '../approval/amend.js';
import { lockRequest } from '../approval/request-lock.js';
import { mustNotBeBlocked } from '../customer/standing.js';
import { submitForApproval } from '../approval/submit.js';
import { hexDigest } from '../hash.js';
import { activePolicy } from '../policy/policy.js';
import { uploadFault } from '../upload/upload-fault.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { counterSignChange, sealChange } from './change-signing.js';
import { contractSubject } from './contract.subject.js';
import { deliveryDay } from './replan.js';
import { lockContract, step, todayOf, type By, type HeldContract } from './store.js';
import { textDigest } from './text-digest.js';
import { openVersion } from './version-store.js';

export type ContractSigned = { contractId: string; state: string; hashMatches: boolean };

/**
 * The seal keeper seals (用印) the very text that was approved, checked in the transaction that seals it (AE-ENV-4).
 * @throws DomainError NOT_FOUND · CUSTOMER_BLOCKED · CONTRACT_STATE · NOT_COVERED the text is not the approved one
 */
export function sealContract(
  db: DataSource,
  meta: CommandMeta,
  { contractId, note }: { contractId: string; note: string | null },
): Promise<Answer<{ contractId: string; state: string }>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    await mustNotBeBlocked(tx, held.row.customerId);
    if (held.row.base !== null) {
      const { content } = await contractSubject.load(tx, contractId);
      const state = await sealChange(tx, held, meta, note);
      await assertApproved(tx, held.row.requestId, hexDigest(content));
      return { contractId, state };
    }
    const state = await step(tx, held, meta, {
      act: 'SEAL',
      type: 'contract.sealed',
      payload: { textHash: held.row.textHash, note },
      set: { sealed_at: held.head.now, sealed_by: meta.actor.id, signed_hash: null, reminded: [] },
    });
    const { content } = await contractSubject.load(tx, contractId);
    await assertApproved(tx, held.row.requestId, hexDigest(content));
    return { contractId, state };
  });
}

export interface SignedCopy {
  contractId: string;
  signedOn: string;
  fileName: string;
  bytes: Buffer;
}

/**
 * The counter-signed copy. The same text as sealed makes the contract effective with its payment plan and milestones;
 * another text sends it back to review, with both hashes noted (processes.md 3.2).
 * @throws DomainError NOT_FOUND · CONTRACT_STATE · ATTACHMENT_TYPE · FILE_UNSAFE · CUSTOMER_BLOCKED another text
 */
export async function uploadCounterSigned(
  db: DataSource,
  meta: CommandMeta,
  copy: SignedCopy,
): Promise<Answer<ContractSigned>> {
  const mediaType = mediaTypeOf(copy.fileName, copy.bytes);
  const fault = await uploadFault(mediaType, copy.bytes);
  return runCommand(db, meta, async (tx) => {
    await lockRequestOf(tx, copy.contractId);
    const held = await lockContract(tx, copy.contractId);
    const version = held.row.base === null ? null : await openVersion(tx, copy.contractId);
    const { state } = version ?? held.row;
    if (state !== 'SEALED') throw new DomainError('CONTRACT_STATE', { state, act: 'COUNTER_SIGN' });
    mustBeOfType(ATTACHMENT_RULE.mediaTypes, { name: copy.fileName, mediaType });
    if (fault) throw fault;
    const signedHash = hashOfCopy(copy.bytes, (version ?? held.row).textHash);
    await tx.query(
      `INSERT INTO contract_file (id, contract_id, name, sha256, bytes, by_id) VALUES ($1, $2, $3, $4, $5, $6)`,
      [uuidv7(), copy.contractId, copy.fileName, textDigest(copy.bytes), copy.bytes, meta.actor.id],
    );
    if (version) {
      const signed = { version, signedHash, signedOn: copy.signedOn };
      return { contractId: held.row.id, ...(await counterSignChange(tx, held, meta, signed)) };
    }
    return signedHash === held.row.textHash
      ? takeEffect(tx, held, meta, copy.signedOn)
      : reviewAgain(tx, held, meta, signedHash);
  });
}

/** A change that was signed differently goes back to its approval: requests are locked before their subjects. */
async function lockRequestOf(tx: EntityManager, contractId: string): Promise<void> {
  const [row] = await tx.query<{ request_id: string }[]>(
    `SELECT request_id FROM contract WHERE id = $1 AND changing`,
    [contractId],
  );
  if (row) await lockRequest(tx, row.request_id);
}

/** Of the bytes as they are, or of the text they hold, whatever its line ends: the approved hash when either is equal. */
function hashOfCopy(bytes: Buffer, approved: string): string {
  const exact = textDigest(bytes);
  if (exact === approved) return exact;
  const text = textDigest(normaliseText(bytes.toString('utf8')));
  return text === approved ? text : exact;
}

/** The sealed text is signed by both sides. */
export async function takeEffect(
  tx: EntityManager,
  held: HeldContract,
  by: By,
  signedOn: string,
): Promise<ContractSigned> {
  const { row, head } = held;
  const { content: policy } = await activePolicy<ContractPolicy>(tx, 'contract', head.now);
  const effectiveOn = await todayOf(tx, held);
  const deliveryOn = deliveryDay(effectiveOn, row.deliveryDays, policy);
  const state = await step(tx, held, by, {
    act: 'COUNTER_SIGN',
    type: 'contract.effective',
    payload: { signedHash: row.textHash, signedOn, effectiveOn },
    set: {
      signed_hash: row.textHash,
      counter_signed_on: signedOn,
      effective_on: effectiveOn,
      effective_at: head.now,
      ends_on: row.durationMonths === null ? null : lastDayOfTerm(effectiveOn, row.durationMonths),
      base: 'EFFECTIVE',
    },
  });
  const plan = paymentPlan(row.instalments, { ...row, effectiveOn, deliveryOn });
  await tx.query(
    `INSERT INTO payment_plan_row (contract_id, seq, trigger, pct, amount, due_on)
     SELECT $1, p.seq, p.trigger, p.pct, p.amount, p."dueOn"
     FROM jsonb_to_recordset($2::jsonb) AS p(seq int, trigger varchar, pct numeric, amount numeric, "dueOn" date)`,
    [row.id, JSON.stringify(plan)],
  );
  for (const { kind, days, ownerRole } of policy.milestones) {
    const dueOn = kind === 'DELIVERY' ? deliveryOn : addDays(deliveryOn, days);
    await tx.query(
      `INSERT INTO milestone (id, contract_id, kind, owner_id, due_on)
       SELECT $1, $2, $3, coalesce((SELECT g.employee_id FROM role_grant g JOIN employee e ON e.id = g.employee_id AND e.status = 'ACTIVE'
         WHERE g.role = $4 AND g.valid @> now() ORDER BY e.username LIMIT 1), $5), $6`,
      [uuidv7(), row.id, kind, ownerRole, row.ownerId, dueOn],
    );
  }
  return { contractId: row.id, state, hashMatches: true };
}

async function reviewAgain(
  tx: EntityManager,
  held: HeldContract,
  meta: CommandMeta,
  signedHash: string,
): Promise<ContractSigned> {
  const { row } = held;
  const note = `The counter-signed copy (${signedHash}) is not the approved text (${row.textHash}).`;
  await step(tx, held, meta, {
    act: 'REVIEW_AGAIN',
    type: 'contract.signed-differently',
    payload: { signedHash, textHash: row.textHash },
    set: { signed_hash: signedHash, sealed_at: null, sealed_by: null, review_note: note },
  });
  const { state } = await submitForApproval(tx, meta, 'CONTRACT', row.id, { comment: note });
  return { contractId: row.id, state: state === 'APPROVED' ? 'APPROVED' : 'IN_REVIEW', hashMatches: false };
}
