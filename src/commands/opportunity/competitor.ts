import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockDeal, record, touch } from './store.js';

/** The competitor of that name, whatever its capitals; a new name is a new competitor. */
export async function competitorNamed(tx: EntityManager, name: string): Promise<string> {
  const [row] = await tx.query<{ id: string }[]>(
    `INSERT INTO competitor (id, name, name_key) VALUES ($1, $2::varchar, lower($2::varchar))
     ON CONFLICT (name_key) DO UPDATE SET name_key = excluded.name_key RETURNING id`,
    [uuidv7(), name.trim()],
  );
  return row!.id;
}

/**
 * Against whom deals were won or lost, by the stage they are in by now; an open one has no such outcome.
 * @param lostTo the competitor a lost one went to; null: nobody says
 */
export async function settleCompetitors(
  tx: EntityManager,
  dealIds: readonly string[],
  lostTo: string | null,
): Promise<void> {
  await tx.query(
    `UPDATE opportunity_competitor c SET outcome = CASE WHEN o.stage = 'WON' THEN 'WON_AGAINST'
       WHEN o.stage = 'LOST' AND c.competitor_id = $2::uuid THEN 'LOST_TO' END
     FROM opportunity o WHERE o.id = c.opportunity_id AND o.id = ANY ($1::uuid[])`,
    [dealIds, lostTo],
  );
}

/** Who else is after a deal, and what they are strong in (D8). Naming one again replaces the note. */
export function nameCompetitor(
  db: DataSource,
  meta: CommandMeta,
  { id, name, strengths }: { id: string; name: string; strengths: string | null },
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const deal = await lockDeal(tx, id);
    const competitorId = await competitorNamed(tx, name);
    await tx.query(
      `INSERT INTO opportunity_competitor (opportunity_id, competitor_id, strengths) VALUES ($1, $2, $3)
       ON CONFLICT (opportunity_id, competitor_id) DO UPDATE SET strengths = excluded.strengths`,
      [id, competitorId, strengths],
    );
    await touch(tx, id);
    await record(tx, deal.head, meta.actor, 'opportunity.competitor-named', { id, competitorId });
    return { id };
  });
}

/** @throws DomainError NOT_FOUND · OPPORTUNITY.COMPETITOR_STATE the deal was lost to it, or won against it: that is history */
export function dropCompetitor(
  db: DataSource,
  meta: CommandMeta,
  { id, competitorId }: { id: string; competitorId: string },
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const deal = await lockDeal(tx, id);
    const [row] = await tx.query<{ outcome: string | null }[]>(
      `SELECT outcome FROM opportunity_competitor WHERE opportunity_id = $1 AND competitor_id = $2`,
      [id, competitorId],
    );
    if (!row) throw new DomainError('NOT_FOUND', { competitorId });
    if (row.outcome !== null) throw new DomainError('OPPORTUNITY.COMPETITOR_STATE', { outcome: row.outcome });
    await tx.query(`DELETE FROM opportunity_competitor WHERE opportunity_id = $1 AND competitor_id = $2`, [
      id,
      competitorId,
    ]);
    await touch(tx, id);
    await record(tx, deal.head, meta.actor, 'opportunity.competitor-dropped', { id, competitorId });
    return { id };
  });
}
