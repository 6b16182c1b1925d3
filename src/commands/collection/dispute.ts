import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  creditedByDispute,
  disputeDeadlines,
  disputeProblems,
  isRepeated,
  type ReceivableDisputeReason,
} from '../../domain/collection/dispute.js';
import { DomainError } from '../../domain/errors.js';
import { formatAmount, parseAmount } from '../../domain/money.js';
import { claimOf } from '../../domain/receivable/debt.js';
import type { Step } from '../approval/time.js';
import { loadCalendar } from '../calendar.js';
import { lockCredit, type Party } from '../credit/exposure.js';
import { creditWithin } from '../receivable/credit-note.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockCase, lockCaseOfItem, noteCase, type CaseChanged } from './case-store.js';
import { byTime } from './time.js';

export type DisputeOpened = { disputeId: string; caseId: string; repeated: boolean };

export interface NewDispute {
  itemId: string;
  amount: string;
  reason: ReceivableDisputeReason;
  evidence: string;
}

/**
 * The customer does not owe part of an item, they say: that part is held, the rest goes on.
 * @throws DomainError NOT_FOUND · STATE_CONFLICT · VALIDATION beyond what is open and not in dispute
 */
export function openDispute(
  db: DataSource,
  meta: CommandMeta,
  given: NewDispute,
): Promise<Answer<DisputeOpened>> {
  const { itemId, amount, reason, evidence } = given;
  return runCommand(db, meta, async (tx) => {
    const held = await lockCaseOfItem(tx, meta, itemId);
    const { of, item, head } = held;
    parseAmount(amount, item.currency, '/amount');
    const stated = of.items.find(({ id }) => id === itemId);
    const parts = [{ amount: stated?.disputed ?? '0', state: 'OPEN' as const }];
    const wrong = disputeProblems(amount, {
      outstanding: claimOf(item).toFixed(),
      currency: item.currency,
      parts,
    });
    if (wrong.length > 0) throw new DomainError('VALIDATION', {}, wrong);
    const { resolveBy, escalateOn } = disputeDeadlines(of.today, await loadCalendar(tx), of.policy.dispute);
    const disputeId = uuidv7();
    await tx.query(
      `INSERT INTO receivable_dispute (id, case_id, item_id, amount, currency, reason, evidence, opened_on, resolve_by, escalate_on,
         opened_by, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        disputeId,
        of.id,
        itemId,
        amount,
        item.currency,
        reason,
        evidence,
        of.today,
        resolveBy,
        escalateOn,
        meta.actor.id,
        head.now,
      ],
    );
    const same = await tx.query<{ day: string }[]>(
      `SELECT opened_on::text AS day FROM receivable_dispute WHERE case_id = $1 AND reason = $2`,
      [of.id, reason],
    );
    const repeated = isRepeated(
      same.map(({ day }) => day),
      of.today,
      of.policy.dispute,
    );
    await noteCase(tx, held, meta, 'receivable-dispute.opened', {
      disputeId,
      itemId,
      amount: formatAmount(amount, item.currency),
      cause: reason,
      evidence,
      resolveBy,
      repeated,
    });
    return { disputeId, caseId: of.id, repeated };
  });
}

/** Somebody looks into it: its part stays held. @throws DomainError NOT_FOUND · STATE_CONFLICT it is looked into, or closed */
export function investigateDispute(
  db: DataSource,
  meta: CommandMeta,
  { disputeId }: { disputeId: string },
): Promise<Answer<CaseChanged>> {
  return runCommand(db, meta, async (tx) => {
    const [row] = await tx.query<{ caseId: string }[]>(
      `SELECT case_id AS "caseId" FROM receivable_dispute WHERE id = $1`,
      [disputeId],
    );
    if (!row) throw new DomainError('NOT_FOUND', { disputeId });
    const held = await lockCase(tx, row.caseId);
    const [[taken]] = await tx.query<[{ id: string }[], number]>(
      `UPDATE receivable_dispute SET state = 'INVESTIGATING' WHERE id = $1 AND state = 'OPEN' RETURNING id`,
      [disputeId],
    );
    if (!taken) throw new DomainError('STATE_CONFLICT', { state: 'NOT_OPEN' });
    await noteCase(tx, held, meta, 'receivable-dispute.investigated', { disputeId });
    return { caseId: held.of.id, state: held.of.state };
  });
}

export interface DisputeClosing {
  disputeId: string;
  outcome: 'ACCEPTED' | 'PARTIAL' | 'REJECTED' | 'WITHDRAWN';
  /** of PARTIAL: what the customer is right about */
  accepted: string | null;
  note: string;
}

/**
 * What is accepted is credited on the item in the same transaction, which is finance's; the rest is dunned again at the
 * level its age implies, one letter after the other.
 * @throws DomainError NOT_FOUND · STATE_CONFLICT · FORBIDDEN to credit · VALIDATION
 */
export function closeDispute(
  db: DataSource,
  meta: CommandMeta,
  { disputeId, outcome, accepted, note }: DisputeClosing,
): Promise<Answer<CaseChanged>> {
  return runCommand(db, meta, async (tx) => {
    const [row] = await tx.query<
      (Party & { caseId: string; itemId: string; amount: string; currency: string; state: string })[]
    >(
      `SELECT d.case_id AS "caseId", d.item_id AS "itemId", trim_scale(d.amount)::text AS amount, d.currency, d.state,
         k.customer_id AS "customerId", k.company_id AS "companyId"
       FROM receivable_dispute d JOIN collection_case k ON k.id = d.case_id WHERE d.id = $1`,
      [disputeId],
    );
    if (!row) throw new DomainError('NOT_FOUND', { disputeId });
    if (outcome === 'ACCEPTED' || outcome === 'PARTIAL') await lockCredit(tx, row);
    const held = await lockCase(tx, row.caseId);
    const { of, head } = held;
    if (!of.disputes.some(({ id }) => id === disputeId))
      throw new DomainError('STATE_CONFLICT', { state: row.state });
    if (accepted !== null) parseAmount(accepted, row.currency, '/accepted');
    const credited = creditedByDispute(outcome, row.amount, accepted);
    if (credited === null) {
      const rule = `above zero and below ${formatAmount(row.amount, row.currency)}, what is in dispute`;
      throw new DomainError('VALIDATION', {}, [{ pointer: '/accepted', code: 'OUT_OF_RANGE', rule }]);
    }
    await tx.query(
      `UPDATE receivable_dispute SET state = $2, accepted = $3, outcome = $4, closed_by = $5, closed_at = $6 WHERE id = $1`,
      [disputeId, outcome, credited.toFixed(), note, meta.actor.id, head.now],
    );
    if (credited.gt(0)) {
      if (!meta.actor.permissions.includes('receivable:post'))
        throw new DomainError('FORBIDDEN', { permission: 'receivable:post' });
      await creditWithin(tx, meta, {
        companyId: of.companyId,
        customerId: of.customerId,
        itemId: row.itemId,
        amount: formatAmount(credited, row.currency),
        currency: row.currency,
        issuedOn: of.today,
        reason: note,
        sourceId: `dispute/${disputeId}`,
      });
    }
    const amount = formatAmount(credited, row.currency);
    await noteCase(tx, held, meta, 'receivable-dispute.closed', {
      disputeId,
      outcome,
      credited: amount,
      note,
    });
    return { caseId: of.id, state: of.state };
  });
}

/** Disputes that nobody has resolved in time, each said once. */
export function escalateDisputes(db: DataSource, by: Step, caseId: string): Promise<Answer<CaseChanged>> {
  const meta = byTime(by, 'collection.escalate-disputes', caseId);
  return runCommand(db, meta, async (tx) => {
    const held = await lockCase(tx, caseId);
    const late = held.of.disputes.filter(
      ({ escalated, escalateOn }) => !escalated && escalateOn <= held.of.today,
    );
    if (late.length > 0) {
      const disputeIds = late.map(({ id }) => id);
      await tx.query(`UPDATE receivable_dispute SET escalated = true WHERE id = ANY($1::uuid[])`, [
        disputeIds,
      ]);
      await noteCase(tx, held, meta, 'receivable-dispute.escalated', { disputeIds });
    }
    return { caseId, state: held.of.state };
  });
}
