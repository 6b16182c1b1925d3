import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { readOpportunity, type OpportunityDraft } from '../../domain/import/opportunities.js';
import { resolveName, type KnownNames, type Named } from '../../domain/import/reference.js';
import { hasError } from '../../domain/import/row.js';
import { DEFAULT_PIPELINE, isEndStage, type Pipeline } from '../../domain/opportunity/pipeline.js';
import { directionOf } from '../../domain/opportunity/stage.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { continueAggregate, transactionTime, type AggregateHead } from '../events.js';
import { settleCompetitors } from '../opportunity/competitor.js';
import { passOn } from '../opportunity/hand-over.js';
import { pipelineNow, standingsOf } from '../opportunity/pipelines.js';
import type { LockedDeal } from '../opportunity/store.js';
import { watchDeals } from '../opportunity/watch.js';
import { activePolicy } from '../policy/policy.js';
import { countsOf, type BatchCounts, type KindImporter, type ReadRow } from './batch.js';
import { knownAgents, knownNames, type KnownAgent } from './known-names.js';
import { uploadOf } from './uploader.js';

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
  jobId: string,
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
  const chains = await lockChains(tx, rows, known);
  const stored = await storedDeals(
    tx,
    rows.map(({ draft }) => draft.number),
  );
  const pipelines = await pipelinesOf(tx, [...stored.values()]);
  const deals = rows
    .map((row) => {
      const before = stored.get(row.draft.number) ?? null;
      return resolve(row, known, { before, pipeline: pipelines.get(before?.pipeline ?? DEFAULT_PIPELINE) });
    })
    .filter((deal) => deal !== null);
  const { content } = await activePolicy<PricingPolicy>(tx, 'pricing', await transactionTime(tx));
  const changedIn = (name: 'ownerId' | 'stage') =>
    deals.flatMap((deal) => {
      const before = stored.get(deal.number);
      return before && before[name] !== deal[name] ? [{ deal, before }] : [];
    });
  const handedOver = changedIn('ownerId');
  await handOver(tx, jobId, handedOver, chains);
  const returned = await tx.query<{ created: boolean; ownerId: string }[]>(UPSERT, [
    JSON.stringify(deals),
    JSON.stringify(content.ratesToBase),
  ]);
  await tx.query(CALL_OFF, [deals.map(({ number }) => number)]);
  const moved = changedIn('stage').map(({ before }) => before.id);
  await settleCompetitors(tx, moved, null);
  if (returned.length > 0)
    await watchDeals(
      tx,
      [...returned, ...handedOver.map(({ before }) => before)].map(({ ownerId }) => ownerId),
      null,
    );
  return countsOf(deals.length, returned);
}

type Chains = ReadonlyMap<string, AggregateHead>;

/** Of the deals that the file gives to somebody else: whoever changes a deal locks its chain before its row. */
async function lockChains(
  tx: EntityManager,
  rows: readonly ReadRow<OpportunityDraft>[],
  { agents }: Known,
): Promise<Chains> {
  const owners = new Map(rows.map(({ draft }) => [draft.number, sellerOf(draft, agents).found?.id]));
  const deals = await tx.query<{ id: string; number: string; ownerId: string }[]>(
    `SELECT id, number, owner_id AS "ownerId" FROM opportunity WHERE number = ANY($1) ORDER BY id`,
    [[...owners.keys()]],
  );
  const chains = new Map<string, AggregateHead>();
  for (const { id, number, ownerId } of deals)
    if ((owners.get(number) ?? ownerId) !== ownerId)
      chains.set(id, await continueAggregate(tx, 'opportunity', id));
  return chains;
}

async function handOver(
  tx: EntityManager,
  jobId: string,
  handedOver: readonly { deal: Resolved; before: StoredDeal }[],
  chains: Chains,
): Promise<void> {
  const { by, fileName } = await uploadOf(tx, jobId);
  const actor = { kind: 'PERSON' as const, id: by, permissions: [] };
  for (const { deal, before } of handedOver) {
    const head = chains.get(before.id) ?? (await continueAggregate(tx, 'opportunity', before.id));
    await passOn(tx, { ...before, head }, { ownerId: deal.ownerId, reason: fileName, actor });
  }
}

function sellerOf({ agent }: OpportunityDraft, agents: Known['agents']) {
  return resolveName({ column: 'sales_agent', value: agent, thing: 'AGENT' }, agents);
}

/** A deal that is there already, by whichever pipeline it is sold. */
interface StoredDeal extends Pick<
  LockedDeal,
  'id' | 'stage' | 'openStage' | 'ownerId' | 'engagedOn' | 'today'
> {
  number: string;
  pipeline: string;
  origin: string;
  lostReason: string | null;
}

async function storedDeals(
  tx: EntityManager,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, StoredDeal>> {
  const rows = await tx.query<StoredDeal[]>(
    `SELECT o.id, o.number, o.pipeline, o.origin, o.stage, o.open_stage AS "openStage", o.lost_reason AS "lostReason",
       o.owner_id AS "ownerId", o.engaged_on::text AS "engagedOn", (now() AT TIME ZONE e.zone)::date::text AS today
     FROM opportunity o JOIN employee e ON e.id = o.owner_id WHERE o.number = ANY($1) FOR UPDATE OF o`,
    [numbers],
  );
  return new Map(rows.map((row) => [row.number, row]));
}

async function pipelinesOf(
  tx: EntityManager,
  stored: readonly StoredDeal[],
): Promise<ReadonlyMap<string, Pipeline>> {
  const pipelines = new Map<string, Pipeline>();
  for (const key of new Set([DEFAULT_PIPELINE, ...stored.map(({ pipeline }) => pipeline)]))
    pipelines.set(key, await pipelineNow(tx, key));
  return pipelines;
}

type Resolved = Record<string, string | null> & { number: string; ownerId: string };

function resolve(
  row: ReadRow<OpportunityDraft>,
  known: Known,
  { before, pipeline }: { before: StoredDeal | null; pipeline: Pipeline | undefined },
): Resolved | null {
  const { agent: _, product, account, ...deal } = row.draft;
  const standings = standingsOf(pipeline!);
  const standing = Object.hasOwn(standings, deal.stage) ? standings[deal.stage] : undefined;
  const flaw = (column: string, rule: string, message: string): void => {
    row.issues.push({ column, value: deal.stage, rule, severity: 'ERROR', message });
  };
  if (!standing)
    flaw(
      'deal_stage',
      'UNKNOWN_STAGE',
      `the pipeline of the deal has no such stage; one of ${Object.keys(standings).join(', ')}`,
    );
  if (deal.stage === 'LOST' && before?.origin === 'MANUAL' && !(deal.lostReason ?? before.lostReason))
    flaw('lost_reason', 'REQUIRED', 'a deal that was entered by hand is lost for a reason');
  const seller = sellerOf(row.draft, known.agents);
  const item = resolveName({ column: 'product', value: product, thing: 'PRODUCT' }, known.products);
  const customer =
    account === null
      ? { found: null, issue: null }
      : resolveName({ column: 'account', value: account, thing: 'ACCOUNT' }, known.accounts);
  row.issues.push(...[seller.issue, item.issue, customer.issue].filter((issue) => issue !== null));
  if (hasError(row.issues) || !standing || !seller.found || !item.found) return null;
  return {
    ...deal,
    id: uuidv7(),
    customerId: customer.found?.id ?? null,
    productId: item.found.id,
    ownerId: seller.found.id,
    unitId: seller.found.unitId,
    openStage: isEndStage(deal.stage) ? (before?.openStage ?? pipeline!.stages[0]!.key) : deal.stage,
    direction:
      before === null || before.stage === deal.stage ? null : directionOf(before, deal.stage, pipeline!),
    probabilityPct: standing.probabilityPct,
    forecast: standing.forecast,
  };
}

/** A deal that is lost has nothing planned any more. */
const CALL_OFF = `
  UPDATE activity a SET state = 'CANCELLED', row_version = a.row_version + 1, updated_at = now()
  FROM opportunity o WHERE o.number = ANY($1) AND o.stage = 'LOST' AND a.opportunity_id = o.id AND a.state = 'PLANNED'`;

const LOST_FOR = `CASE WHEN excluded.stage = 'LOST' THEN coalesce(excluded.lost_reason, o.lost_reason) END`;
const IF_MOVED = (moved: string, stayed: string) =>
  `CASE WHEN o.stage = excluded.stage THEN ${stayed} ELSE ${moved} END`;

/**
 * The file wins over what is stored, in the columns it has; the unit follows a new owner only. A stage that changes takes
 * with it what belonged to the old one, as when somebody moves the deal.
 */
const UPSERT = `
  INSERT INTO opportunity AS o (id, number, customer_id, product_id, owner_id, unit_id, stage, open_stage, stage_direction,
    prob_auto, forecast_auto, worth, amount, currency, engaged_on, closed_on, lost_reason, origin)
  SELECT r.id, r.number, r."customerId", r."productId", r."ownerId", r."unitId", r.stage, r."openStage", r.direction,
    r."probabilityPct", r.forecast, coalesce(round(r.amount * ($2::jsonb->>r.currency)::numeric, 2), 0), r.amount, r.currency,
    r."engagedOn", r."closedOn", r."lostReason", 'IMPORT'
  FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, number varchar, "customerId" uuid, "productId" uuid, "ownerId" uuid,
    "unitId" uuid, stage varchar, "openStage" varchar, direction varchar, "probabilityPct" numeric, forecast varchar,
    amount numeric, currency char(3), "engagedOn" date, "closedOn" date, "lostReason" varchar)
  ON CONFLICT (number) DO UPDATE SET
    customer_id = excluded.customer_id, product_id = excluded.product_id, owner_id = excluded.owner_id,
    unit_id = CASE WHEN o.owner_id = excluded.owner_id THEN o.unit_id ELSE excluded.unit_id END,
    stage = excluded.stage, amount = excluded.amount, currency = excluded.currency, engaged_on = excluded.engaged_on,
    closed_on = excluded.closed_on, lost_reason = ${LOST_FOR}, open_stage = excluded.open_stage,
    prob_auto = excluded.prob_auto, forecast_auto = excluded.forecast_auto, worth = excluded.worth,
    prob_own = CASE WHEN excluded.stage IN ('WON', 'LOST', 'ON_HOLD') THEN NULL ELSE o.prob_own END,
    resume_on = ${IF_MOVED('NULL', 'o.resume_on')}, resume_told_at = ${IF_MOVED('NULL', 'o.resume_told_at')},
    stage_since = ${IF_MOVED('now()', 'o.stage_since')}, stage_by = ${IF_MOVED(`'system:import'`, 'o.stage_by')},
    stage_reason = ${IF_MOVED('NULL', 'o.stage_reason')},
    stage_direction = ${IF_MOVED('excluded.stage_direction', 'o.stage_direction')},
    row_version = o.row_version + 1, updated_at = now()
  WHERE (o.customer_id, o.product_id, o.owner_id, o.stage, o.amount, o.currency, o.engaged_on, o.closed_on, o.lost_reason)
    IS DISTINCT FROM (excluded.customer_id, excluded.product_id, excluded.owner_id, excluded.stage, excluded.amount,
      excluded.currency, excluded.engaged_on, excluded.closed_on, ${LOST_FOR})
  RETURNING (xmax = 0) AS created, owner_id AS "ownerId"`;
