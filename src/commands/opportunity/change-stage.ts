import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { changeStage, type StageChange, type StagedDeal } from '../../domain/opportunity/stage.js';
import { appendEvents, lockAggregate, type AggregateHead } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';

/** Moves a deal to another stage; the events are its stage history. @throws DomainError NOT_FOUND · see `changeStage` */
export function changeOpportunityStage(
  db: DataSource,
  meta: CommandMeta,
  id: string,
  change: StageChange,
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const head = await lockHistory(tx, id);
    const [deal] = await tx.query<(StagedDeal & { today: string })[]>(
      `SELECT o.stage, o.customer_id AS "customerId", o.engaged_on::text AS "engagedOn",
         (now() AT TIME ZONE e.zone)::date::text AS today
       FROM opportunity o JOIN employee e ON e.id = o.owner_id WHERE o.id = $1`,
      [id],
    );
    const next = changeStage(deal!, change, deal!.today);
    await tx.query(
      `UPDATE opportunity SET stage = $2, closed_on = $3, lost_reason = $4, competitor = $5, row_version = row_version + 1,
         updated_at = now() WHERE id = $1`,
      [id, next.stage, next.closedOn, next.lostReason, next.competitor],
    );
    const payload = { id, from: deal!.stage, ...next };
    await appendEvents(tx, head, [{ type: 'opportunity.stage-changed', actor: meta.actor.id, payload }]);
    return { id };
  });
}

/** Deals that came by file have no chain until somebody changes them. */
async function lockHistory(tx: EntityManager, id: string): Promise<AggregateHead> {
  await tx.query(
    `INSERT INTO event_head (aggregate_kind, aggregate_id, seq, hash)
     SELECT 'opportunity', id, 0, $2 FROM opportunity WHERE id = $1 ON CONFLICT DO NOTHING`,
    [id, Buffer.alloc(32)],
  );
  const head = await lockAggregate(tx, 'opportunity', id);
  if (!head) throw new DomainError('NOT_FOUND');
  return head;
}
