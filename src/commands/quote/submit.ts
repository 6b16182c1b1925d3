import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import { actsIn } from '../../domain/quote/quote.js';
import type { PlannedSubject } from '../approval/planning.js';
import { previewApproval } from '../approval/preview.js';
import {
  resubmitForApproval,
  submitAmendment,
  submitForApproval,
  type SubmitOptions,
  type Submitted,
} from '../approval/submit.js';
import { lockCredit } from '../credit/exposure.js';
import { mustNotBeBlocked } from '../customer/standing.js';
import { lockAggregate, transactionTime } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { priceDraft, type PricedDraft, type QuoteDraft } from './draft.js';
import { mustStandOnRate } from './fx.js';
import { subjectOfDraft } from './quote-facts.js';
import { quoteSubject } from './quote.subject.js';
import { lockQuote, type QuoteRow } from './store.js';

/**
 * Sends a draft, or a returned quotation again, into approval; what preview showed is what happens (AE-PLAN-1).
 * @throws DomainError CUSTOMER_BLOCKED · QUOTE_STATE · PRICE_LIST_EXPIRED prices moved since: edit to take today's · QUOTE_EXPIRED · as submitForApproval
 */
export function submitQuote(
  db: DataSource,
  meta: CommandMeta,
  { quoteId, ...options }: SubmitOptions & { quoteId: string },
): Promise<Answer<Submitted>> {
  return runCommand(db, meta, async (tx) => {
    const row = await mustBeSubmittable(tx, quoteId);
    if (row.state === 'APPROVED' && row.requestId) return submitAmendment(tx, meta, row.requestId, options);
    return row.state === 'RETURNED' && row.requestId
      ? resubmitForApproval(tx, meta, row.requestId, options)
      : submitForApproval(tx, meta, 'QUOTE', quoteId, options);
  });
}

/** Who would have to sign the stored quotation now, and why. */
export async function previewQuote(
  tx: EntityManager,
  actor: Actor,
  quoteId: string,
): Promise<PlannedSubject> {
  return previewApproval(tx, actor, await quoteSubject.load(tx, quoteId));
}

/** The same for a quotation that is still being typed; nothing is written. */
export async function previewDraft(
  tx: EntityManager,
  actor: Actor,
  draft: QuoteDraft,
): Promise<{ priced: PricedDraft; planned: PlannedSubject }> {
  const now = await transactionTime(tx);
  const priced = await priceDraft(tx, draft, now);
  const [unit] = await tx.query<{ unit_id: string }[]>(
    `SELECT unit_id FROM assignment WHERE employee_id = $1 AND is_primary AND valid @> now()`,
    [actor.id],
  );
  if (!unit) throw new DomainError('NO_UNIT', { personId: actor.id });
  const who = { id: UNSAVED, number: 'draft', version: 1, ownerId: actor.id, unitId: unit.unit_id };
  return { priced, planned: await previewApproval(tx, actor, await subjectOfDraft(tx, priced, who, now)) };
}

const UNSAVED = '00000000-0000-0000-0000-000000000000';

/** The request before the quotation, in the order every other command of the request takes them. */
async function lockRequestOf(tx: EntityManager, quoteId: string): Promise<void> {
  const [known] = await tx.query<{ requestId: string }[]>(
    `SELECT request_id AS "requestId" FROM quote WHERE id = $1 AND state IN ('RETURNED', 'APPROVED')`,
    [quoteId],
  );
  if (known) await lockAggregate(tx, 'request', known.requestId);
}

/** Under the quotation's lock, so that what is planned is what approvers will see: no edit slips in between. */
async function mustBeSubmittable(tx: EntityManager, quoteId: string): Promise<QuoteRow> {
  await lockRequestOf(tx, quoteId);
  const { head, row } = await lockQuote(tx, quoteId);
  await mustNotBeBlocked(tx, row.customerId);
  if (!actsIn(row.state, await isStale(tx, row.requestId)).includes('SUBMIT'))
    throw new DomainError('QUOTE_STATE', { state: row.state, act: 'SUBMIT' });
  if (row.expiresAt !== null && row.expiresAt < head.now)
    throw new DomainError('QUOTE_EXPIRED', { expiredAt: row.expiresAt }, [
      { pointer: '/validUntil', code: 'PAST', rule: 'not in the past' },
    ]);
  await mustStandOnRate(tx, quoteId);
  const priced = await tx.query<unknown[]>(`SELECT 1 FROM price_list WHERE id = $1 AND valid @> now()`, [
    row.priceListId,
  ]);
  if (priced.length === 0)
    throw new DomainError('PRICE_LIST_EXPIRED', { hint: 'edit the quotation to take the prices of today' });
  // who plans what it needs sees what is reserved by then, and nobody reserves in between
  await lockCredit(tx, row);
  return row;
}

/** Whether it was approved and changed beyond that since. */
async function isStale(tx: EntityManager, requestId: string | null): Promise<boolean> {
  const stale = await tx.query<unknown[]>(
    `SELECT 1 FROM approval_request WHERE id = $1 AND state = 'APPROVED' AND stale IS NOT NULL`,
    [requestId],
  );
  return stale.length > 0;
}
