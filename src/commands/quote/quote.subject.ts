import type { EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { isBelowFloor } from '../../domain/quote/pricing.js';
import { afterAct, type QuoteAct, type QuoteState } from '../../domain/quote/quote.js';
import { quoteToContractMessage } from '../../workflows/messages.js';
import type { RequestOutcome, SubjectOwner } from '../approval/subject.js';
import { appendEvents, transactionTime } from '../events.js';
import { tellProcess } from '../outbox.js';
import { activePolicy } from '../policy/policy.js';
import { editableInQuote, editedQuote } from './edit-in-decision.js';
import { quoteSubjectOf, usedCredit, type QuoteFacts } from './quote-facts.js';
import { dropApproved, lockQuote, restoreApproved } from './store.js';

type Row = Omit<QuoteFacts, 'belowFloor'> & {
  lines: { qty: string; floor: string; net: string; free: boolean }[];
};

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
    const { content: policy } = await activePolicy<PricingPolicy>(tx, 'pricing', await transactionTime(tx));
    const [row] = await tx.query<Row[]>(
      `SELECT q.id, q.number, q.version, q.owner_id AS "ownerId", q.unit_id AS "unitId", q.currency,
         trim_scale(q.net_total)::text AS "netTotal", trim_scale(q.discount_pct)::text AS "discountPct",
         q.margin_flag AS "marginFlag", trim_scale(q.margin_pct)::text AS "marginPct", trim_scale(q.cost_total)::text AS "costTotal",
         trim_scale(q.financing_cost)::text AS "financingCost", q.non_standard_clauses AS "nonStandardClauses",
         q.term_days AS "termDays", jsonb_array_length(q.instalments) AS instalments, q.material,
         (SELECT coalesce(trim_scale(sum((i->>'pct')::numeric)), 0)::text FROM jsonb_array_elements(q.instalments) i
          WHERE i->>'trigger' = 'WARRANTY') AS "retentionPct",
         (SELECT json_agg(json_build_object('qty', l.qty::text, 'floor', l.floor::text, 'net', l.net::text, 'free', l.free))
          FROM quote_line l WHERE l.quote_id = q.id) AS lines,
         json_build_object('id', c.id, 'name', c.name, 'creditClass', c.credit_class, 'creditLimit', trim_scale(c.credit_limit)::text,
           'creditCurrency', c.credit_currency) AS customer
       FROM quote q JOIN customer c ON c.id = q.customer_id WHERE q.id = $1`,
      [id],
    );
    if (!row) throw new DomainError('NOT_FOUND', { subjectId: id });
    const belowFloor = row.lines.some((line) => isBelowFloor(line, row.currency));
    return quoteSubjectOf({ ...row, belowFloor }, policy, await usedCredit(tx, row.customer.id, policy));
  },

  async opened(tx, subject, requestId) {
    const { head, row } = await lockQuote(tx, subject.id);
    const state = afterAct(row.state, 'SUBMIT');
    await tx.query(`UPDATE quote SET state = $2, request_id = $3, updated_at = now() WHERE id = $1`, [
      subject.id,
      state,
      requestId,
    ]);
    await appendEvents(tx, head, [
      { type: 'quote.submitted', actor: systemActor('approval').id, payload: { requestId } },
    ]);
  },

  async closed(tx, subject, requestId, outcome) {
    const { head, row } = await lockQuote(tx, subject.id);
    const state = afterAct(row.state, OUTCOME[outcome]);
    await tx.query(`UPDATE quote SET state = $2, updated_at = now() WHERE id = $1`, [subject.id, state]);
    await appendEvents(tx, head, [
      { type: 'quote.approval-ended', actor: systemActor('approval').id, payload: { requestId, outcome } },
    ]);
    if (outcome !== 'APPROVED') return;
    await dropApproved(tx, row.id);
    await supersedeOlder(tx, row.number, row.version);
  },

  async reverted(tx, id, requestId) {
    const { head, row } = await lockQuote(tx, id);
    const state = afterAct(row.state, 'REVERT');
    await restoreApproved(tx, id);
    await tx.query(`UPDATE quote SET state = $2 WHERE id = $1`, [id, state]);
    await appendEvents(tx, head, [
      { type: 'quote.reverted', actor: systemActor('approval').id, payload: { requestId } },
    ]);
  },

  async irreversible(tx, id) {
    const { row } = await lockQuote(tx, id);
    return row.sentAt === null ? null : 'SENT';
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
  },

  editable: editableInQuote,
  edited: editedQuote,

  process(_tx, subjectId, _requestId, seq) {
    return Promise.resolve(quoteToContractMessage(subjectId, seq));
  },
};

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
