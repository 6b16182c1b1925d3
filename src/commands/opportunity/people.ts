import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { BuyingRole } from '../../domain/opportunity/deal.js';
import { tickName } from '../../domain/opportunity/exit.js';
import { stageIndex } from '../../domain/opportunity/pipeline.js';
import { assertActivePerson } from '../org/history.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { pipelineNow } from './pipelines.js';
import { lockDeal, mustBePerson, record, touch } from './store.js';

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
