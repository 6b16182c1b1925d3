import type { DataSource } from 'typeorm';
import { personId } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import { isTerminal } from '../../domain/approval/seats.js';
import { mustPerform } from '../../domain/contract/life.js';
import type { RequestState } from '../../domain/approval/model.js';
import { changeRequest } from '../approval/takeback.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lifeStep, lockContract, step } from './store.js';

/**
 * Gives the contract up before it is effective; a review under way ends with it, the one who asked for it withdraws it.
 * @throws DomainError NOT_FOUND · CONTRACT_STATE · as withdrawing the review
 */
export function cancelContract(
  db: DataSource,
  meta: CommandMeta,
  { contractId, reason }: { contractId: string; reason: string },
): Promise<Answer<{ contractId: string; state: string }>> {
  return runCommand(db, meta, async (tx) => {
    const [row] = await tx.query<{ request_id: string | null; state: RequestState | null }[]>(
      `SELECT k.request_id, r.state FROM contract k LEFT JOIN approval_request r ON r.id = k.request_id WHERE k.id = $1`,
      [contractId],
    );
    if (row?.request_id && row.state && !isTerminal(row.state)) {
      await changeRequest(tx, meta, { requestId: row.request_id }, { type: 'WITHDRAW', reason });
    }
    const held = await lockContract(tx, contractId);
    const state = await step(tx, held, meta, {
      act: 'CANCEL',
      type: 'contract.cancelled',
      payload: { reason },
    });
    return { contractId, state };
  });
}

/** A milestone is reached, with the day it was. @throws DomainError NOT_FOUND · MILESTONE_DONE · CONTRACT_STATE · CONTRACT_SUSPENDED */
export function markMilestoneDone(
  db: DataSource,
  meta: CommandMeta,
  done: { contractId: string; milestoneId: string; doneOn: string; note: string | null },
): Promise<Answer<{ milestoneId: string }>> {
  const { contractId, milestoneId, doneOn, note } = done;
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    const [milestone] = await tx.query<{ kind: string; done_on: string | null }[]>(
      `SELECT kind, done_on::text AS done_on FROM milestone WHERE id = $1 AND contract_id = $2`,
      [milestoneId, contractId],
    );
    if (!milestone) throw new DomainError('NOT_FOUND', { milestoneId });
    mustPerform(held.row.state, 'MILESTONE_DONE');
    if (milestone.done_on) throw new DomainError('MILESTONE_DONE', { doneOn: milestone.done_on });
    await tx.query(`UPDATE milestone SET done_on = $2, note = $3, done_by = $4 WHERE id = $1`, [
      milestoneId,
      doneOn,
      note,
      personId(meta.actor),
    ]);
    await lifeStep(tx, held, meta, {
      act: 'START',
      type: 'milestone.done',
      payload: { milestoneId, kind: milestone.kind, doneOn, note },
    });
    return { milestoneId };
  });
}
