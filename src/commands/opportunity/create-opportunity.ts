import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Money } from '../../domain/money.js';
import { checkCloseDate, type BuyingType } from '../../domain/opportunity/deal.js';
import { beginAggregate } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { planNext, type NextActivity } from '../activity/plan.js';
import { pipelineNow, standingsOf } from './pipelines.js';
import { mustBePerson, mustExist, record, worthOf } from './store.js';
import { watchDeals } from './watch.js';

export interface NewOpportunity {
  customerId: string;
  productId: string | null;
  title: string | null;
  pipeline: string;
  amount: Money | null;
  /** ISO date */
  expectedClose: string;
  buyingType: BuyingType | null;
  need: string | null;
  note: string | null;
  next: NextActivity;
}

/**
 * A new deal of the person who enters it, at the first stage of its pipeline, with what is done next.
 * @throws DomainError VALIDATION no such customer, product or pipeline, a close date or activity in the past · MONEY.INVALID · MONEY.CURRENCY_UNKNOWN
 */
export function createOpportunity(
  db: DataSource,
  meta: CommandMeta,
  deal: NewOpportunity,
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const owner = mustBePerson(meta);
    await mustExist(tx, 'customer', deal.customerId, '/customerId');
    if (deal.productId !== null) await mustExist(tx, 'product', deal.productId, '/productId');
    const pipeline = await pipelineNow(tx, deal.pipeline);
    const worth = await worthOf(tx, deal.amount);
    const stage = pipeline.stages[0]!.key;
    const standing = standingsOf(pipeline)[stage]!;
    const id = uuidv7();
    const head = await beginAggregate(tx, 'opportunity', id);
    const [row] = await tx.query<{ number: string; unitId: string | null; today: string }[]>(INSERT, [
      id,
      deal.customerId,
      deal.productId,
      owner,
      deal.amount?.amount ?? null,
      deal.amount?.currency ?? null,
      deal.note,
      stage,
      standing.probabilityPct,
      standing.forecast,
      worth,
      deal.title,
      deal.pipeline,
      deal.expectedClose,
      deal.buyingType,
      deal.need,
    ]);
    const { number, unitId, today } = row!;
    checkCloseDate(deal.expectedClose, today);
    await planNext(tx, deal.next, {
      opportunityId: id,
      customerId: deal.customerId,
      ownerId: owner,
      unitId,
      today,
    });
    const { customerId, productId, expectedClose, buyingType } = deal;
    await record(tx, head, meta.actor, 'opportunity.created', {
      id,
      number,
      stage,
      pipeline: deal.pipeline,
      ownerId: owner,
      customerId,
      productId,
      expectedClose,
      buyingType,
      amount: deal.amount && { ...deal.amount },
    });
    await watchDeals(tx, [owner], meta.correlationId);
    return { id };
  });
}

const INSERT = `
  WITH made AS (
    INSERT INTO opportunity (id, number, customer_id, product_id, owner_id, unit_id, stage, open_stage, stage_by, prob_auto,
      forecast_auto, worth, amount, currency, engaged_on, note, origin, title, pipeline, expected_close, buying_type, need)
    SELECT $1, 'O-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('opportunity_number_seq')::text, 6, '0'), $2, $3, e.id,
      (SELECT a.unit_id FROM assignment a WHERE a.employee_id = e.id AND a.is_primary AND a.valid @> now()),
      $8::varchar, $8::varchar, e.id::text, $9, $10, $11, $5, $6, (now() AT TIME ZONE e.zone)::date, $7, 'MANUAL', $12, $13, $14::date, $15, $16
    FROM employee e WHERE e.id = $4
    RETURNING number, unit_id, owner_id)
  SELECT made.number, made.unit_id AS "unitId", (now() AT TIME ZONE e.zone)::date::text AS today
  FROM made JOIN employee e ON e.id = made.owner_id`;
