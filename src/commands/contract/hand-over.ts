import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { CHANGES_HANDS } from '../../domain/contract/contract.js';
import { contractLifeMessage, quoteToContractMessage } from '../../workflows/messages.js';
import type { Step } from '../approval/time.js';
import { appendEvents } from '../events.js';
import { tellOfContract } from '../notification/contract-notices.js';
import { heirOf } from '../org/heir.js';
import { tellProcess } from '../outbox.js';
import { runCommand, type Answer } from '../transaction.js';
import { lockContract, noteLife, type ContractRow } from './store.js';

/**
 * A contract whose owner has left, and what of it was theirs to see to, goes to their heir; while it or a change of it is
 * being decided it stays. Early, late or repeated there is nothing to do.
 */
export function handOverContract(
  db: DataSource,
  { key, correlationId }: Step,
  contractId: string,
): Promise<Answer<{ contractId: string }>> {
  const scope = `contract.hand-over/${contractId}`;
  const meta = { actor: systemActor('staff'), key, scope, body: null, correlationId };
  return runCommand(db, meta, async (tx) => {
    const { head, row } = await lockContract(tx, contractId);
    const heir = await heirOf(tx, row.ownerId);
    if (!heir || !CHANGES_HANDS.includes(row.state) || (await isBeingDecided(tx, row))) return { contractId };
    await tx.query(
      `UPDATE contract SET owner_id = $2, unit_id = $3, row_version = row_version + 1, updated_at = now() WHERE id = $1`,
      [contractId, heir.id, heir.unitId],
    );
    await handOverDuties(tx, contractId, { from: row.ownerId, to: heir.id });
    const payload = { from: row.ownerId, ownerId: heir.id };
    const { seq } = await appendEvents(tx, head, [
      { type: 'contract.handed-over', actor: meta.actor.id, payload },
    ]);
    const process =
      row.effectiveOn === null ? quoteToContractMessage(row.quoteId, seq) : contractLifeMessage(row.id, seq);
    await tellProcess(tx, process, correlationId);
    await tellOfContract(tx, {
      personId: heir.id,
      kind: 'CONTRACT_HANDED_OVER',
      contractId,
      ownerId: row.ownerId,
      at: head.now,
      key: row.ownerId,
    });
    return { contractId };
  });
}

async function isBeingDecided(tx: EntityManager, { requestId, changing }: ContractRow): Promise<boolean> {
  if (changing) return true;
  const open = await tx.query<unknown[]>(
    `SELECT 1 FROM approval_request WHERE id = $1 AND state IN ('PENDING', 'RETURNED')`,
    [requestId],
  );
  return open.length > 0;
}

/**
 * What somebody who has left was to see to of a contract: its open dates, orders and disputes. It goes to the contract's
 * owner, to the leaver's own heir when that one has left as well; a change being decided does not hold it up.
 */
export function handOverDutiesOf(
  db: DataSource,
  { key, correlationId }: Step,
  { contractId, leaverId }: { contractId: string; leaverId: string },
): Promise<Answer<{ contractId: string }>> {
  const scope = `contract.hand-over-duties/${contractId}/${leaverId}`;
  const meta = { actor: systemActor('staff'), key, scope, body: null, correlationId };
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    const heir = await heirOf(tx, leaverId);
    if (!heir) return { contractId };
    const ownerId = (await hasLeft(tx, held.row.ownerId)) ? heir.id : held.row.ownerId;
    if (!(await handOverDuties(tx, contractId, { from: leaverId, to: ownerId }))) return { contractId };
    await noteLife(tx, held, meta, {
      type: 'contract.duties-handed-over',
      payload: { from: leaverId, ownerId },
    });
    await tellOfContract(tx, {
      personId: ownerId,
      kind: 'CONTRACT_DUTY_MOVED',
      contractId,
      ownerId: leaverId,
      at: held.head.now,
      key: leaverId,
    });
    return { contractId };
  });
}

/** What is open of a contract, by table: somebody is in charge of each. */
const OPEN_DUTIES = {
  milestone: `done_on IS NULL`,
  contract_order: `state IN ('PLACED', 'CONFIRMED')`,
  contract_dispute: `state = 'OPEN'`,
} as const;

/** SQL of the contracts of which a person has to see to something. @param person SQL of the person's id */
export function contractsSeenToSql(person: string): string {
  return Object.entries(OPEN_DUTIES)
    .map(([table, isOpen]) => `SELECT contract_id FROM ${table} WHERE owner_id = ${person} AND ${isOpen}`)
    .join(' UNION ');
}

/** @returns whether there was anything */
async function handOverDuties(
  tx: EntityManager,
  contractId: string,
  { from, to }: { from: string; to: string },
): Promise<boolean> {
  let moved = 0;
  for (const [table, isOpen] of Object.entries(OPEN_DUTIES)) {
    const [, count] = await tx.query<[unknown[], number]>(
      `UPDATE ${table} SET owner_id = $3 WHERE contract_id = $1 AND owner_id = $2 AND ${isOpen}`,
      [contractId, from, to],
    );
    moved += count;
  }
  return moved > 0;
}

async function hasLeft(tx: EntityManager, personId: string): Promise<boolean> {
  const [left] = await tx.query<unknown[]>(`SELECT 1 FROM employee WHERE id = $1 AND status = 'LEFT'`, [
    personId,
  ]);
  return left !== undefined;
}
