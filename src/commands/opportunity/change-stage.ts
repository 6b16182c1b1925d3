import type { DataSource, EntityManager } from 'typeorm';
import { exitFactsOf } from '../../db/exit-facts.js';
import { changeStage, type NewStage, type StageChange } from '../../domain/opportunity/stage.js';
import { mustBeVersion } from '../row-version.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { hasNext, planNext, type NextActivity } from '../activity/plan.js';
import { competitorNamed, settleCompetitors } from './competitor.js';
import { pipelineNow } from './pipelines.js';
import { lockDeal, record, type LockedDeal } from './store.js';
import { watchDeals } from './watch.js';

export interface StageMove extends StageChange {
  /** planned with the move, where nothing is planned yet */
  next: NextActivity | null;
}

/**
 * Moves a deal to another stage; its history says when, by whom and why.
 * @throws DomainError NOT_FOUND · STALE_VERSION · see `changeStage`
 */
export function changeOpportunityStage(
  db: DataSource,
  meta: CommandMeta,
  { id, expectedVersion, move }: { id: string; expectedVersion: number; move: StageMove },
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const deal = await lockDeal(tx, id);
    mustBeVersion(deal, expectedVersion);
    if (move.next) await planNext(tx, move.next, { ...deal, opportunityId: id });
    const next = changeStage(deal, move, {
      pipeline: await pipelineNow(tx, deal.pipeline),
      facts: await exitFactsOf(tx, id),
      today: deal.today,
      hasNext: await hasNext(tx, id),
    });
    await store(tx, deal, next, { by: meta.actor.id, reason: move.reason });
    await settle(tx, deal, next, move);
    await record(tx, deal.head, meta.actor, 'opportunity.stage-changed', {
      id,
      from: deal.stage,
      ...next,
      ...(move.reason === null ? {} : { reason: move.reason }),
      ...(next.stage === 'LOST' ? { competitor: move.competitor } : {}),
    });
    await watchDeals(tx, [deal.ownerId], meta.correlationId);
    return { id };
  });
}

async function store(
  tx: EntityManager,
  { id }: LockedDeal,
  next: NewStage,
  { by, reason }: { by: string; reason: string | null },
): Promise<void> {
  await tx.query(
    `UPDATE opportunity SET stage = $2::varchar, open_stage = $3, prob_auto = $4, forecast_auto = $5, closed_on = $6, lost_reason = $7,
       resume_on = $8, resume_told_at = NULL, stage_by = $9, stage_reason = $10, stage_direction = $11, stage_since = now(),
       prob_own = CASE WHEN $2::varchar IN ('WON', 'LOST', 'ON_HOLD') THEN NULL ELSE prob_own END,
       row_version = row_version + 1, updated_at = now() WHERE id = $1`,
    [
      id,
      next.stage,
      next.openStage,
      next.probabilityPct,
      next.forecast,
      next.closedOn,
      next.lostReason,
      next.resumeOn,
      by,
      reason,
      next.direction,
    ],
  );
}

/** Against whom it was won or lost; what was planned with a lost deal is off. */
async function settle(
  tx: EntityManager,
  { id }: LockedDeal,
  { stage }: NewStage,
  { competitor }: StageMove,
): Promise<void> {
  const lostTo = stage === 'LOST' ? await competitorNamed(tx, competitor!) : null;
  if (lostTo !== null)
    await tx.query(
      `INSERT INTO opportunity_competitor (opportunity_id, competitor_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [id, lostTo],
    );
  await settleCompetitors(tx, [id], lostTo);
  if (stage === 'LOST')
    await tx.query(
      `UPDATE activity SET state = 'CANCELLED', row_version = row_version + 1, updated_at = now()
       WHERE opportunity_id = $1 AND state = 'PLANNED'`,
      [id],
    );
}
