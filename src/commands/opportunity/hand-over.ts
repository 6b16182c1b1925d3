import type { DataSource, EntityManager } from 'typeorm';
import { personId, type Actor } from '../../domain/actor.js';
import { assertActivePerson } from '../org/history.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { keepWinnersCredit } from './split.js';
import { lockDeal, record, type LockedDeal } from './store.js';
import { watchDeals } from './watch.js';

/**
 * Hands a deal and what is planned with it to somebody else; its unit follows.
 * @throws DomainError VALIDATION nobody active of that id
 */
export function handOverDeal(
  db: DataSource,
  meta: CommandMeta,
  { id, ownerId, reason }: { id: string; ownerId: string; reason: string },
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const deal = await lockDeal(tx, id);
    await assertActivePerson(tx, ownerId, '/ownerId');
    if (ownerId === deal.ownerId) return { id };
    await passOn(tx, deal, { ownerId, reason, actor: meta.actor });
    await tx.query(
      `UPDATE opportunity o SET owner_id = $2, unit_id = (SELECT a.unit_id FROM assignment a
           WHERE a.employee_id = $2 AND a.is_primary AND a.valid @> now()),
         row_version = row_version + 1, updated_at = now() WHERE o.id = $1`,
      [id, ownerId],
    );
    await watchDeals(tx, [deal.ownerId, ownerId], meta.correlationId);
    return { id };
  });
}

/**
 * What goes along when a deal gets another owner: what is planned, who works on it, its history; the credit of a won one
 * stays. The deal itself its caller changes, and tells the watches of both people.
 * @param deal under its lock, with the owner it has until now
 */
export async function passOn(
  tx: EntityManager,
  deal: Pick<LockedDeal, 'id' | 'ownerId' | 'engagedOn' | 'today' | 'head'>,
  { ownerId, reason, actor }: { ownerId: string; reason: string; actor: Actor },
): Promise<void> {
  const { id, head, ownerId: from } = deal;
  await keepWinnersCredit(tx, deal, personId(actor));
  await tx.query(
    `UPDATE activity SET owner_id = $3, updated_at = now() WHERE opportunity_id = $1 AND owner_id = $2 AND state = 'PLANNED'`,
    [id, from, ownerId],
  );
  await tx.query(`DELETE FROM opportunity_collaborator WHERE opportunity_id = $1 AND employee_id = $2`, [
    id,
    ownerId,
  ]);
  await record(tx, head, actor, 'opportunity.handed-over', { id, from, ownerId, reason });
}
