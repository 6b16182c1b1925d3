import type { EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { afterAct, type QuoteAct, type QuoteState } from '../../domain/quote/quote.js';
import { quoteToContractMessage } from '../../workflows/messages.js';
import type { RequestOutcome, SubjectOwner } from '../approval/subject.js';
import { irreversibleEffect } from '../../db/subject-effect.js';
import { followDeal } from '../credit/reserve.js';
import { mustNotBeBlocked } from '../customer/standing.js';
import { appendEvents, transactionTime } from '../events.js';
import { tellProcess } from '../outbox.js';
import { keepDocument } from './document.js';
import { editableInQuote, editedQuote } from './edit-in-decision.js';
import { mustStandOnRate } from './fx.js';
import { factsOfStored } from './quote-standing.js';
import { quoteSubjectOf } from './quote-facts.js';
import { dropApproved, lockQuote, restoreApproved } from './store.js';

const OUTCOME: Readonly<Record<RequestOutcome, QuoteAct>> = {
  APPROVED: 'APPROVE',
  REJECTED: 'REJECT',
  RETURNED: 'RETURN',
  WITHDRAWN: 'WITHDRAW',
  TERMINATED: 'WITHDRAW',
  EXPIRED: 'EXPIRE',
};

export const quoteSubject: SubjectOwner = {
  async load(tx, id) {
    return quoteSubjectOf(await factsOfStored(tx, id, await transactionTime(tx)));
  },

  async opened(tx, subject, requestId) {
    const { head, row } = await lockQuote(tx, subject.id);
    await mustNotBeBlocked(tx, row.customerId);
    const state = afterAct(row.state, 'SUBMIT');
    await tx.query(`UPDATE quote SET state = $2, request_id = $3, updated_at = now() WHERE id = $1`, [
      subject.id,
      state,
      requestId,
    ]);
    await appendEvents(tx, head, [
      { type: 'quote.submitted', actor: systemActor('approval').id, payload: { requestId } },
    ]);
    await followDeal(tx, subject.id);
  },

  async closed(tx, subject, requestId, outcome) {
    const { head, row } = await lockQuote(tx, subject.id);
    const state = afterAct(row.state, OUTCOME[outcome]);
    await tx.query(`UPDATE quote SET state = $2, updated_at = now() WHERE id = $1`, [subject.id, state]);
    const textHash = outcome === 'APPROVED' ? await keepDocument(tx, row.id) : null;
    await appendEvents(tx, head, [
      {
        type: 'quote.approval-ended',
        actor: systemActor('approval').id,
        payload: { requestId, outcome, ...(textHash === null ? {} : { textHash }) },
      },
    ]);
    if (outcome === 'APPROVED') {
      await dropApproved(tx, row.id);
      await supersedeOlder(tx, row.number, row.version);
    }
    await followDeal(tx, row.id);
  },

  async reverted(tx, id, requestId) {
    const { head, row } = await lockQuote(tx, id);
    const state = afterAct(row.state, 'REVERT');
    await restoreApproved(tx, id);
    await tx.query(`UPDATE quote SET state = $2 WHERE id = $1`, [id, state]);
    await appendEvents(tx, head, [
      { type: 'quote.reverted', actor: systemActor('approval').id, payload: { requestId } },
    ]);
    await followDeal(tx, id);
  },

  async irreversible(tx, id) {
    await lockQuote(tx, id);
    return irreversibleEffect(tx, 'QUOTE', id);
  },

  async revoked(tx, id, requestId) {
    const { head, row } = await lockQuote(tx, id);
    if (row.state !== 'APPROVED' || row.requestId !== requestId) return; // expired or replaced meanwhile: nothing to undo
    const state = afterAct(row.state, (await hasRunning(tx, row.number)) ? 'SUPERSEDE' : 'REVOKE');
    await tx.query(
      `UPDATE quote SET state = $2, row_version = row_version + 1, updated_at = now() WHERE id = $1`,
      [id, state],
    );
    const { seq } = await appendEvents(tx, head, [
      { type: 'quote.approval-revoked', actor: systemActor('approval').id, payload: { requestId, state } },
    ]);
    await tellProcess(tx, quoteToContractMessage(id, seq), null);
    await followDeal(tx, id);
  },

  async approvable(tx, id) {
    await mustBeOpenForDeals(tx, id);
    await mustStandOnRate(tx, id);
  },

  editable: editableInQuote,
  async edited(tx, id, stage, edits) {
    await mustBeOpenForDeals(tx, id);
    return editedQuote(tx, id, stage, edits);
  },

  process(_tx, subjectId, _requestId, seq) {
    return Promise.resolve(quoteToContractMessage(subjectId, seq));
  },
};

async function mustBeOpenForDeals(tx: EntityManager, id: string): Promise<void> {
  const { row } = await lockQuote(tx, id);
  await mustNotBeBlocked(tx, row.customerId);
}

/** A later version is being worked on already: there is no second draft of one quotation. */
async function hasRunning(tx: EntityManager, number: string): Promise<boolean> {
  const running = await tx.query<unknown[]>(
    `SELECT 1 FROM quote WHERE number = $1 AND state IN ('DRAFT', 'IN_APPROVAL', 'RETURNED')`,
    [number],
  );
  return running.length > 0;
}

/** An approved version replaces the offers before it. */
async function supersedeOlder(tx: EntityManager, number: string, version: number): Promise<void> {
  const older = await tx.query<{ id: string; state: QuoteState }[]>(
    `SELECT id, state FROM quote WHERE number = $1 AND version < $2 AND state IN ('APPROVED', 'SENT')`,
    [number, version],
  );
  for (const { id } of older) {
    const { head, row } = await lockQuote(tx, id);
    const state = afterAct(row.state, 'SUPERSEDE');
    await tx.query(`UPDATE quote SET state = $2, updated_at = now() WHERE id = $1`, [id, state]);
    const { seq } = await appendEvents(tx, head, [
      { type: 'quote.superseded', actor: systemActor('approval').id, payload: { by: version } },
    ]);
    await tellProcess(tx, quoteToContractMessage(id, seq), null);
  }
}
