import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { heirSql } from '../../db/heir.js';
import type { DisputeOutcome, DisputeReason } from '../../domain/contract/dispute.js';
import { isInForce } from '../../domain/contract/life.js';
import { DomainError } from '../../domain/errors.js';
import { Exact, parseAmount } from '../../domain/money.js';
import { assertActivePerson } from '../org/history.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { mustHold, suspend } from './life.js';
import { lifeStep, lockContract, noteLife } from './store.js';

export type DisputeChanged = { contractId: string; disputeId: string; state: string };

export interface NewDispute {
  contractId: string;
  reason: DisputeReason;
  text: string;
  amount: string;
  ownerId: string | null;
  /** whether nothing is performed until it is settled */
  suspends: boolean;
}

/**
 * What the customer, or we, do not accept, with the amount at stake and who is in charge of settling it.
 * @throws DomainError NOT_FOUND · FORBIDDEN to suspend it · CONTRACT_STATE · VALIDATION more than the contract is worth, an
 *   owner who is not there
 */
export function openDispute(
  db: DataSource,
  meta: CommandMeta,
  { contractId, reason, text, amount, ownerId, suspends }: NewDispute,
): Promise<Answer<DisputeChanged>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    const { row } = held;
    if (suspends) mustHold(meta, 'DISPUTE');
    if (!isInForce(row.state)) throw new DomainError('CONTRACT_STATE', { state: row.state, act: 'DISPUTE' });
    if (ownerId !== null) await assertActivePerson(tx, ownerId, '/ownerId');
    const at = parseAmount(amount, row.currency, '/amount');
    if (at.gt(row.total) || at.lt(0))
      throw new DomainError('VALIDATION', {}, [
        { pointer: '/amount', code: 'OUT_OF_RANGE', rule: `0 to ${new Exact(row.total).toFixed()}` },
      ]);
    const disputeId = uuidv7();
    await tx.query(
      `INSERT INTO contract_dispute (id, contract_id, reason, text, amount, owner_id, suspends, state, opened_by)
       VALUES ($1, $2, $3, $4, $5, coalesce(${heirSql('$6')}, $6), $7, 'OPEN', $8)`,
      [disputeId, contractId, reason, text, at.toFixed(), ownerId ?? row.ownerId, suspends, meta.actor.id],
    );
    await noteLife(tx, held, meta, {
      type: 'dispute.opened',
      payload: { disputeId, kind: reason, amount: at.toFixed(), suspends, reason: text },
    });
    if (suspends && row.state !== 'SUSPENDED')
      await suspend(tx, await lockContract(tx, contractId), meta, { cause: 'DISPUTE', reason: text });
    return { contractId, disputeId, state: 'OPEN' };
  });
}

/**
 * Settled, rejected or withdrawn. With the last one that suspended it the contract goes on.
 * @throws DomainError NOT_FOUND · FORBIDDEN of one that suspends it · DISPUTE_CLOSED
 */
export function closeDispute(
  db: DataSource,
  meta: CommandMeta,
  given: { contractId: string; disputeId: string; outcome: DisputeOutcome; text: string },
): Promise<Answer<DisputeChanged>> {
  const { contractId, disputeId, outcome, text } = given;
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    const [dispute] = await tx.query<{ state: string; suspends: boolean }[]>(
      `SELECT state, suspends FROM contract_dispute WHERE id = $1 AND contract_id = $2`,
      [disputeId, contractId],
    );
    if (!dispute) throw new DomainError('NOT_FOUND', { disputeId });
    if (dispute.suspends) mustHold(meta, 'DISPUTE');
    if (dispute.state !== 'OPEN') throw new DomainError('DISPUTE_CLOSED', { state: dispute.state });
    await tx.query(
      `UPDATE contract_dispute SET state = $2, outcome = $3, closed_at = $4, closed_by = $5 WHERE id = $1`,
      [disputeId, outcome, text, held.head.now, meta.actor.id],
    );
    await noteLife(tx, held, meta, {
      type: 'dispute.closed',
      payload: { disputeId, outcome, reason: text },
    });
    const [waits] = await tx.query<{ goes_on: boolean }[]>(
      `SELECT k.suspended_for = 'DISPUTE' AND NOT EXISTS (SELECT 1 FROM contract_dispute d
         WHERE d.contract_id = k.id AND d.state = 'OPEN' AND d.suspends) AS goes_on FROM contract k WHERE k.id = $1`,
      [contractId],
    );
    if (waits?.goes_on)
      await lifeStep(tx, await lockContract(tx, contractId), meta, {
        act: 'RESUME',
        type: 'contract.resumed',
        payload: { reason: text, disputeId },
      });
    return { contractId, disputeId, state: outcome };
  });
}
