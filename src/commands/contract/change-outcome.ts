import type { EntityManager } from 'typeorm';
import { isInForce } from '../../domain/contract/life.js';
import { mustCoverOrders } from '../../domain/contract/orders.js';
import { addDays, lastDayOfTerm } from '../../domain/contract/plan.js';
import type { ContractPolicy } from '../../domain/contract/policy.js';
import { activePolicy } from '../policy/policy.js';
import { orderedQuantities } from './order.js';
import { deliveryDay, replan } from './replan.js';
import { lifeStep, noteLife, tellOfTotal, todayOf, type By, type HeldContract, type Step } from './store.js';
import { versionStep, type VersionRow } from './version-store.js';

/**
 * A change has its approval: an amendment waits for seal and signature; a termination ends the contract at once, or with
 * the day it names, which is the end of its term from now on. Of a contract that has ended meanwhile nothing is changed.
 */
export async function approveChange(
  tx: EntityManager,
  held: HeldContract,
  version: VersionRow,
  by: By,
): Promise<void> {
  if (!isInForce(held.row.state)) return refuseChange(tx, held, version, by, 'contract.change-too-late');
  await versionStep(tx, version, 'APPROVE', { approved_at: held.head.now });
  const approved: VersionRow = { ...version, state: 'APPROVED' };
  const { terminatesOn } = version;
  if (terminatesOn !== null && terminatesOn < (await todayOf(tx, held)))
    return terminate(tx, held, approved, by);
  if (terminatesOn !== null)
    await tx.query(`UPDATE contract SET ends_on = $2 WHERE id = $1`, [held.row.id, terminatesOn]);
  await noteLife(tx, held, by, {
    type: 'contract.change-approved',
    payload: { version: version.version, textHash: version.textHash, terminatesOn },
  });
}

/** The day of an approved termination is over. */
export async function terminate(
  tx: EntityManager,
  held: HeldContract,
  version: VersionRow,
  by: By,
): Promise<void> {
  await versionStep(tx, version, 'TAKE_FORCE', { in_force_on: version.terminatesOn });
  await lifeStep(tx, held, by, {
    act: 'TERMINATE',
    type: 'contract.terminated',
    payload: { version: version.version, on: version.terminatesOn, reason: version.reason },
    set: { ended_at: held.head.now, end_reason: version.reason, ended_by: version.byId },
  });
}

/** The change did not find its approval, or found it too late. */
export async function refuseChange(
  tx: EntityManager,
  held: HeldContract,
  version: VersionRow,
  by: By,
  type: string,
): Promise<void> {
  await versionStep(tx, version, 'REFUSE');
  await settleChange(tx, held, by, { type, payload: { version: version.version } });
}

/** The change is over without coming into force; the contract, unless it has ended, stands as it did. */
export async function settleChange(
  tx: EntityManager,
  held: HeldContract,
  by: By,
  { type, payload }: Pick<Step, 'type' | 'payload'>,
): Promise<void> {
  if (!held.row.changing) return noteLife(tx, held, by, { type, payload });
  const { id, effectiveOn, durationMonths } = held.row;
  await lifeStep(tx, held, by, { act: 'SETTLE_CHANGE', type, payload });
  // an approved termination had moved it
  const endsOn = durationMonths === null ? null : lastDayOfTerm(effectiveOn!, durationMonths);
  await tx.query(`UPDATE contract SET ends_on = $2 WHERE id = $1`, [id, endsOn]);
}

/**
 * The counter-signed amendment comes into force and replaces the version before it, which is kept. The plan is made anew
 * around what is settled; milestones that are not reached move with the delivery time.
 */
export async function takeForce(
  tx: EntityManager,
  held: HeldContract,
  version: VersionRow,
  by: By,
  signedOn: string,
): Promise<string> {
  const { row, head } = held;
  const { terms } = version;
  mustCoverOrders(terms.lines, row.terms.lines, await orderedQuantities(tx, row.id));
  await keepReplaced(tx, row.id);
  await versionStep(tx, version, 'TAKE_FORCE', {
    signed_hash: version.textHash,
    counter_signed_on: signedOn,
    in_force_on: head.now,
  });
  const { content: policy } = await activePolicy<ContractPolicy>(tx, 'contract', head.now);
  const effectiveOn = row.effectiveOn!;
  const months = terms.durationMonths ?? null;
  const state = await lifeStep(tx, held, by, {
    act: 'SETTLE_CHANGE',
    type: 'contract.change-in-force',
    payload: { version: version.version, textHash: version.textHash, signedOn, total: terms.total },
    set: {
      version: version.version,
      total: terms.total,
      term_days: terms.termDays,
      instalments: JSON.stringify(terms.instalments),
      delivery_days: terms.deliveryDays,
      warranty_months: terms.warrantyMonths,
      duration_months: months,
      ends_on: months === null ? null : lastDayOfTerm(effectiveOn, months),
      terms: JSON.stringify(terms),
      clauses: JSON.stringify(version.clauses),
      text_hash: version.textHash,
      signed_hash: version.textHash,
      counter_signed_on: signedOn,
    },
  });
  await tx.query(
    `UPDATE contract k SET text = v.text, sealed_at = v.sealed_at, sealed_by = v.sealed_by, review_note = NULL
     FROM contract_version v WHERE k.id = $1 AND v.contract_id = k.id AND v.version = $2`,
    [row.id, version.version],
  );
  if (terms.total !== row.total) await tellOfTotal(tx, held, by);
  await replan(tx, row, terms, policy);
  if (terms.deliveryDays !== row.deliveryDays)
    await moveMilestones(tx, row.id, deliveryDay(effectiveOn, terms.deliveryDays, policy), policy);
  return state;
}

/** The first version has no row until it is replaced: what was signed is kept as it was. */
async function keepReplaced(tx: EntityManager, contractId: string): Promise<void> {
  await tx.query(
    `INSERT INTO contract_version (contract_id, version, kind, state, reason, terms, clauses, text, text_hash, total, signed_hash,
       sealed_at, sealed_by, approved_at, counter_signed_on, in_force_on, by_id)
     SELECT id, version, 'AMENDMENT', 'IN_FORCE', 'v1', terms, clauses, text, text_hash, total, signed_hash,
       sealed_at, sealed_by, approved_at, counter_signed_on, effective_on, owner_id
     FROM contract WHERE id = $1 ON CONFLICT DO NOTHING`,
    [contractId],
  );
  await tx.query(
    `UPDATE contract_version SET state = 'SUPERSEDED' WHERE contract_id = $1 AND state = 'IN_FORCE'`,
    [contractId],
  );
}

async function moveMilestones(
  tx: EntityManager,
  contractId: string,
  deliveryOn: string,
  policy: ContractPolicy,
): Promise<void> {
  for (const { kind, days } of policy.milestones)
    await tx.query(
      `UPDATE milestone SET due_on = $3 WHERE contract_id = $1 AND kind = $2 AND done_on IS NULL`,
      [contractId, kind, kind === 'DELIVERY' ? deliveryOn : addDays(deliveryOn, days)],
    );
}
