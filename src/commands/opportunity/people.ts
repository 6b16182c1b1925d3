import type { DataSource } from 'typeorm';
import { personId } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { BuyingRole } from '../../domain/opportunity/deal.js';
import { tickName } from '../../domain/opportunity/exit.js';
import { stageIndex } from '../../domain/opportunity/pipeline.js';
import { assertActivePerson } from '../org/history.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { pipelineNow } from './pipelines.js';
import { keepWinnersCredit } from './split.js';
import { lockDeal, mustBePerson, record, touch } from './store.js';
import { watchDeals } from './watch.js';

type Changed = Answer<{ id: string }>;

/**
 * A contact's parts in the buying centre of a deal; none takes them out of it.
 * @throws DomainError VALIDATION not a contact of the deal's customer
 */
export function setBuyingRoles(
  db: DataSource,
  meta: CommandMeta,
  { id, contactId, roles }: { id: string; contactId: string; roles: readonly BuyingRole[] },
): Promise<Changed> {
  return runCommand(db, meta, async (tx) => {
    const deal = await lockDeal(tx, id);
    const known = await tx.query<unknown[]>(
      `SELECT 1 FROM contact WHERE id = $1 AND customer_id = $2 AND (erased_at IS NULL OR $3)`,
      [contactId, deal.customerId, roles.length === 0],
    );
    if (known.length === 0)
      throw new DomainError('VALIDATION', {}, [
        { pointer: '/contactId', code: 'NOT_FOUND', rule: 'a contact of the deal’s customer' },
      ]);
    await tx.query(`DELETE FROM opportunity_contact WHERE opportunity_id = $1 AND contact_id = $2`, [
      id,
      contactId,
    ]);
    await tx.query(
      `INSERT INTO opportunity_contact (opportunity_id, contact_id, role) SELECT $1, $2, unnest($3::varchar[])`,
      [id, contactId, [...new Set(roles)]],
    );
    await touch(tx, id);
    await record(tx, deal.head, meta.actor, 'opportunity.buying-roles-set', {
      id,
      contactId,
      roles: [...roles],
    });
    return { id };
  });
}

/** Who works on a deal besides its owner (D9): they see it and log what they do. */
export function setCollaborators(
  db: DataSource,
  meta: CommandMeta,
  { id, personIds }: { id: string; personIds: readonly string[] },
): Promise<Changed> {
  return runCommand(db, meta, async (tx) => {
    const deal = await lockDeal(tx, id);
    const wanted = [...new Set(personIds)].filter((person) => person !== deal.ownerId);
    for (const [index, person] of wanted.entries())
      await assertActivePerson(tx, person, `/personIds/${index}`);
    await tx.query(
      `DELETE FROM opportunity_collaborator WHERE opportunity_id = $1 AND employee_id <> ALL ($2::uuid[])`,
      [id, wanted],
    );
    await tx.query(
      `INSERT INTO opportunity_collaborator (opportunity_id, employee_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING`,
      [id, wanted],
    );
    await touch(tx, id);
    await record(tx, deal.head, meta.actor, 'opportunity.collaborators-set', { id, personIds: wanted });
    return { id };
  });
}

/**
 * Ticks or unticks an item of a stage's exit criteria.
 * @throws DomainError VALIDATION the pipeline has no such item
 */
export function tick(
  db: DataSource,
  meta: CommandMeta,
  { id, stage, key, done }: { id: string; stage: string; key: string; done: boolean },
): Promise<Changed> {
  return runCommand(db, meta, async (tx) => {
    const deal = await lockDeal(tx, id);
    const pipeline = await pipelineNow(tx, deal.pipeline);
    const exit = pipeline.stages[stageIndex(pipeline, stage)]?.exit ?? [];
    if (!exit.some((item) => item.kind === 'CHECK' && item.key === key))
      throw new DomainError('VALIDATION', {}, [
        { pointer: '/key', code: 'NOT_FOUND', rule: 'an item of that stage' },
      ]);
    const name = tickName(stage, key);
    await tx.query(
      done
        ? `INSERT INTO opportunity_tick (opportunity_id, name, ticked_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
        : `DELETE FROM opportunity_tick WHERE opportunity_id = $1 AND name = $2 AND $3::uuid IS NOT NULL`,
      [id, name, mustBePerson(meta)],
    );
    await touch(tx, id);
    await record(tx, deal.head, meta.actor, 'opportunity.item-ticked', { id, stage, key, done });
    return { id };
  });
}

/**
 * Hands a deal and what is planned with it to somebody else; its unit follows.
 * @throws DomainError VALIDATION nobody active of that id
 */
export function handOverDeal(
  db: DataSource,
  meta: CommandMeta,
  { id, ownerId, reason }: { id: string; ownerId: string; reason: string },
): Promise<Changed> {
  return runCommand(db, meta, async (tx) => {
    const deal = await lockDeal(tx, id);
    await assertActivePerson(tx, ownerId, '/ownerId');
    if (ownerId === deal.ownerId) return { id };
    await keepWinnersCredit(tx, deal, personId(meta.actor));
    await tx.query(
      `UPDATE opportunity o SET owner_id = $2, unit_id = (SELECT a.unit_id FROM assignment a
           WHERE a.employee_id = $2 AND a.is_primary AND a.valid @> now()),
         row_version = row_version + 1, updated_at = now() WHERE o.id = $1`,
      [id, ownerId],
    );
    await tx.query(
      `UPDATE activity SET owner_id = $3, updated_at = now() WHERE opportunity_id = $1 AND owner_id = $2 AND state = 'PLANNED'`,
      [id, deal.ownerId, ownerId],
    );
    await tx.query(`DELETE FROM opportunity_collaborator WHERE opportunity_id = $1 AND employee_id = $2`, [
      id,
      ownerId,
    ]);
    await record(tx, deal.head, meta.actor, 'opportunity.handed-over', {
      id,
      from: deal.ownerId,
      ownerId,
      reason,
    });
    await watchDeals(tx, [deal.ownerId, ownerId], meta.correlationId);
    return { id };
  });
}
