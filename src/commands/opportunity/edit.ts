import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import type { Money } from '../../domain/money.js';
import {
  checkCloseDate,
  checkOwnView,
  type BuyingType,
  type OwnView,
} from '../../domain/opportunity/deal.js';
import { isActiveStage, isClosedStage } from '../../domain/opportunity/pipeline.js';
import { mustBeVersion } from '../row-version.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockDeal, mustExist, record, worthOf, type LockedDeal } from './store.js';
import { watchDeals } from './watch.js';

/** What is left out stays as it is. */
export interface DealEdit {
  title?: string | null;
  customerId?: string;
  productId?: string | null;
  amount?: Money | null;
  expectedClose?: string;
  buyingType?: BuyingType | null;
  need?: string | null;
  agreedTerms?: string | null;
  note?: string | null;
  own?: OwnView;
}

/**
 * Changes what a deal is. A close date that moves takes back what its passing had brought; the old dates stay in the history.
 * @throws DomainError NOT_FOUND · STALE_VERSION · OPPORTUNITY.CLOSED amounts and dates of a closed deal are history ·
 *   OPPORTUNITY.CUSTOMER_STATE it has another customer · VALIDATION · MONEY.INVALID
 */
export function editOpportunity(
  db: DataSource,
  meta: CommandMeta,
  { id, expectedVersion, edit }: { id: string; expectedVersion: number; edit: DealEdit },
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const deal = await lockDeal(tx, id);
    mustBeVersion(deal, expectedVersion);
    await check(tx, deal, edit);
    const closeMoves = edit.expectedClose !== undefined && edit.expectedClose !== deal.expectedClose;
    const columns = {
      ...(edit.title === undefined ? {} : { title: edit.title }),
      ...(edit.customerId === undefined ? {} : { customer_id: edit.customerId }),
      ...(edit.productId === undefined ? {} : { product_id: edit.productId }),
      ...(edit.buyingType === undefined ? {} : { buying_type: edit.buyingType }),
      ...(edit.need === undefined ? {} : { need: edit.need }),
      ...(edit.agreedTerms === undefined ? {} : { agreed_terms: edit.agreedTerms }),
      ...(edit.note === undefined ? {} : { note: edit.note }),
      ...(await amountColumns(tx, edit)),
      ...(closeMoves
        ? { expected_close: edit.expectedClose ?? null, slipped_at: null, slip_dropped_at: null }
        : {}),
      ...(edit.own === undefined
        ? {}
        : {
            prob_own: edit.own.probabilityPct,
            forecast_own: edit.own.forecast,
            own_reason: edit.own.reason,
          }),
    };
    await update(tx, id, columns);
    await record(tx, deal.head, meta.actor, 'opportunity.edited', { id, ...told(edit) });
    if (closeMoves) await watchDeals(tx, [deal.ownerId], meta.correlationId);
    return { id };
  });
}

async function check(tx: EntityManager, deal: LockedDeal, edit: DealEdit): Promise<void> {
  const ofMoney = edit.amount !== undefined || edit.expectedClose !== undefined || edit.own !== undefined;
  if (ofMoney && isClosedStage(deal.stage))
    throw new DomainError('OPPORTUNITY.CLOSED', { stage: deal.stage });
  if (edit.expectedClose !== undefined && edit.expectedClose !== deal.expectedClose)
    checkCloseDate(edit.expectedClose, deal.today);
  if (edit.own) {
    if (!isActiveStage(deal.stage)) throw new DomainError('OPPORTUNITY.STATE', { stage: deal.stage });
    checkOwnView(edit.own);
  }
  if (edit.customerId !== undefined && edit.customerId !== deal.customerId) {
    if (deal.customerId !== null) throw new DomainError('OPPORTUNITY.CUSTOMER_STATE');
    await mustExist(tx, 'customer', edit.customerId, '/customerId');
  }
  if (edit.productId) await mustExist(tx, 'product', edit.productId, '/productId');
}

async function amountColumns(
  tx: EntityManager,
  { amount }: DealEdit,
): Promise<Record<string, string | null>> {
  if (amount === undefined) return {};
  return {
    amount: amount?.amount ?? null,
    currency: amount?.currency ?? null,
    worth: await worthOf(tx, amount),
  };
}

/** Column names come from above, never from a request. */
async function update(tx: EntityManager, id: string, columns: Record<string, string | null>): Promise<void> {
  const names = Object.keys(columns);
  const sets = names.map((name, index) => `${name} = $${index + 2}`);
  await tx.query(
    `UPDATE opportunity SET ${[...sets, 'row_version = row_version + 1', 'updated_at = now()'].join(', ')} WHERE id = $1`,
    [id, ...names.map((name) => columns[name])],
  );
}

/** What the event tells: figures and codes, of free text only that it changed. */
function told({
  own,
  amount,
  expectedClose,
  buyingType,
  productId,
  customerId,
  ...texts
}: DealEdit): JsonObject {
  return {
    ...(own === undefined ? {} : { own: { ...own } }),
    ...(amount === undefined ? {} : { amount: amount && { ...amount } }),
    ...(expectedClose === undefined ? {} : { expectedClose }),
    ...(buyingType === undefined ? {} : { buyingType }),
    ...(productId === undefined ? {} : { productId }),
    ...(customerId === undefined ? {} : { customerId }),
    texts: Object.entries(texts).flatMap(([name, value]) => (value === undefined ? [] : [name])),
  };
}
