import type { DataSource, EntityManager } from 'typeorm';
import type { ApprovalEvent } from '../../domain/approval/events.js';
import type { ApprovalState } from '../../domain/approval/model.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';

/** The rows behind `request.copied`: what a person's list of copies shows (AE-CC-1). */
export async function saveCopies(
  tx: EntityManager,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
): Promise<void> {
  const rows = events.flatMap((event) =>
    event.type === 'request.copied'
      ? event.personIds.map((personId) => ({
          person_id: personId,
          trigger: event.trigger,
          stage_key: event.stageKey,
          ordinal: (after.copiedTo ?? []).indexOf(personId),
          at: event.at,
        }))
      : [],
  );
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO request_copy (request_id, person_id, trigger, stage_key, ordinal, at)
     SELECT $1, c.person_id, c.trigger, c.stage_key, c.ordinal, c.at
     FROM jsonb_to_recordset($2::jsonb) AS c(person_id uuid, trigger varchar, stage_key varchar, ordinal int, at timestamptz)`,
    [after.id, JSON.stringify(rows)],
  );
}

/** The person has looked at these copies. What they were never sent, or had read before, stays as it is. */
export function markCopiesRead(
  db: DataSource,
  meta: CommandMeta,
  requestIds: readonly string[],
): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    await tx.query(
      `UPDATE request_copy SET read_at = now() WHERE person_id = $1 AND request_id = ANY($2::uuid[]) AND read_at IS NULL`,
      [meta.actor.id, requestIds],
    );
    return null;
  });
}
