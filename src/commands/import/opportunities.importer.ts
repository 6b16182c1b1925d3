import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { readOpportunity, type OpportunityDraft } from '../../domain/import/opportunities.js';
import { resolveName, type KnownNames, type Named } from '../../domain/import/reference.js';
import { hasError } from '../../domain/import/row.js';
import { DEFAULT_PIPELINE } from '../../domain/opportunity/pipeline.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { transactionTime } from '../events.js';
import { pipelineNow, standingsOf } from '../opportunity/pipelines.js';
import { watchDeals } from '../opportunity/watch.js';
import { activePolicy } from '../policy/policy.js';
import { countsOf, type BatchCounts, type KindImporter, type ReadRow } from './batch.js';
import { knownAgents, knownNames, type KnownAgent } from './known-names.js';

export const opportunitiesImporter: KindImporter<OpportunityDraft> = {
  read: readOpportunity,
  keyOf: ({ number }) => number,
  store: storeOpportunities,
};

interface Known {
  products: KnownNames<Named>;
  accounts: KnownNames<Named>;
  agents: KnownNames<KnownAgent>;
}

async function storeOpportunities(
  tx: EntityManager,
  _jobId: string,
  rows: readonly ReadRow<OpportunityDraft>[],
): Promise<BatchCounts> {
  const known: Known = {
    products: await knownNames(
      tx,
      'product',
      rows.map(({ draft }) => draft.product),
    ),
    accounts: await knownNames(
      tx,
      'customer',
      rows.flatMap(({ draft }) => draft.account ?? []),
    ),
    agents: await knownAgents(
      tx,
      rows.map(({ draft }) => draft.agent),
    ),
  };
  const pipeline = await pipelineNow(tx, DEFAULT_PIPELINE);
  const standings = standingsOf(pipeline);
  const deals = rows.map((row) => resolve(row, known, standings)).filter((deal) => deal !== null);
  const { content } = await activePolicy<PricingPolicy>(tx, 'pricing', await transactionTime(tx));
  const returned = await tx.query<{ created: boolean; ownerId: string }[]>(UPSERT, [
    JSON.stringify(deals),
    JSON.stringify(standings),
    JSON.stringify(content.ratesToBase),
    pipeline.stages[0]!.key,
  ]);
  if (returned.length > 0)
    await watchDeals(
      tx,
      returned.map(({ ownerId }) => ownerId),
      null,
    );
  return countsOf(deals.length, returned);
}

function resolve(
  row: ReadRow<OpportunityDraft>,
  known: Known,
  standings: Readonly<Record<string, unknown>>,
): Record<string, string | null> | null {
  if (!Object.hasOwn(standings, row.draft.stage))
    row.issues.push({
      column: 'deal_stage',
      value: row.draft.stage,
      rule: 'UNKNOWN_STAGE',
      severity: 'ERROR',
      message: `the standard pipeline has no such stage; one of ${Object.keys(standings).join(', ')}`,
    });
  const { agent, product, account, ...deal } = row.draft;
  const seller = resolveName({ column: 'sales_agent', value: agent, thing: 'AGENT' }, known.agents);
  const item = resolveName({ column: 'product', value: product, thing: 'PRODUCT' }, known.products);
  const customer =
    account === null
      ? { found: null, issue: null }
      : resolveName({ column: 'account', value: account, thing: 'ACCOUNT' }, known.accounts);
  row.issues.push(...[seller.issue, item.issue, customer.issue].filter((issue) => issue !== null));
  if (hasError(row.issues) || !seller.found || !item.found) return null;
  return {
    ...deal,
    id: uuidv7(),
    customerId: customer.found?.id ?? null,
    productId: item.found.id,
    ownerId: seller.found.id,
    unitId: seller.found.unitId,
  };
}

/** The file wins over what is stored, in the columns it has; the unit follows a new owner only. */
const UPSERT = `
  INSERT INTO opportunity AS o (id, number, customer_id, product_id, owner_id, unit_id, stage, open_stage, prob_auto,
    forecast_auto, worth, amount, currency, engaged_on, closed_on, lost_reason, origin)
  SELECT r.id, r.number, r."customerId", r."productId", r."ownerId", r."unitId", r.stage,
    CASE WHEN r.stage IN ('WON', 'LOST', 'ON_HOLD') THEN $4 ELSE r.stage END,
    ($2::jsonb->r.stage->>'probabilityPct')::numeric, $2::jsonb->r.stage->>'forecast',
    coalesce(round(r.amount * ($3::jsonb->>r.currency)::numeric, 2), 0), r.amount, r.currency,
    r."engagedOn", r."closedOn", r."lostReason", 'IMPORT'
  FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, number varchar, "customerId" uuid, "productId" uuid, "ownerId" uuid,
    "unitId" uuid, stage varchar, amount numeric, currency char(3), "engagedOn" date, "closedOn" date, "lostReason" varchar)
  ON CONFLICT (number) DO UPDATE SET
    customer_id = excluded.customer_id, product_id = excluded.product_id, owner_id = excluded.owner_id,
    unit_id = CASE WHEN o.owner_id = excluded.owner_id THEN o.unit_id ELSE excluded.unit_id END,
    stage = excluded.stage, amount = excluded.amount, currency = excluded.currency, engaged_on = excluded.engaged_on,
    closed_on = excluded.closed_on, lost_reason = coalesce(excluded.lost_reason, o.lost_reason),
    open_stage = CASE WHEN excluded.stage IN ('WON', 'LOST', 'ON_HOLD') THEN o.open_stage ELSE excluded.open_stage END,
    prob_auto = excluded.prob_auto, forecast_auto = excluded.forecast_auto, worth = excluded.worth,
    stage_since = CASE WHEN o.stage = excluded.stage THEN o.stage_since ELSE now() END,
    stage_by = CASE WHEN o.stage = excluded.stage THEN o.stage_by ELSE 'system:import' END,
    row_version = o.row_version + 1, updated_at = now()
  WHERE (o.customer_id, o.product_id, o.owner_id, o.stage, o.amount, o.currency, o.engaged_on, o.closed_on, o.lost_reason)
    IS DISTINCT FROM (excluded.customer_id, excluded.product_id, excluded.owner_id, excluded.stage, excluded.amount,
      excluded.currency, excluded.engaged_on, excluded.closed_on, coalesce(excluded.lost_reason, o.lost_reason))
  RETURNING (xmax = 0) AS created, owner_id AS "ownerId"`;
