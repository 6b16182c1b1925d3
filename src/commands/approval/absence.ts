import type { DataSource } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import { lockHistory, record } from '../org/history.js';
import { runCommand } from '../transaction.js';
import { onEachRequest, requestsHeldBy, type EachRequest, type Walked } from './each-request.js';
import type { Step } from './time.js';

interface Row {
  employee_id: string;
  include_open: boolean;
  is_over: boolean;
}

const ACTOR = systemActor('absence');

/**
 * What an absence does to open seats when it begins and when it is over, by Postgres' clock; each request in a command of
 * its own, then the absence notes that it did (AE-ABS-1, AE-ABS-2). Repeated it finds nothing to do.
 * @throws DomainError NOT_FOUND also when it has not begun
 */
export async function applyAbsence(
  db: DataSource,
  step: Step,
  absenceId: string,
  beat: (requestId: string) => void = () => undefined,
): Promise<Walked> {
  const [absence] = await db.query<Row[]>(
    `SELECT employee_id, include_open, cancelled_at IS NOT NULL OR upper(during) <= now() AS is_over
     FROM absence WHERE id = $1 AND (lower(during) <= now() OR cancelled_at IS NOT NULL)`,
    [absenceId],
  );
  if (!absence) throw new DomainError('NOT_FOUND', { absenceId });
  const each = eachOf(db, absenceId, absence);
  const walked = each ? await onEachRequest(db, step, each, beat) : { changed: 0, refused: [] };
  await noted(db, step, absenceId, absence, walked);
  return walked;
}

function eachOf(
  db: DataSource,
  absenceId: string,
  { employee_id: personId, include_open, is_over }: Row,
): EachRequest | null {
  const of = { personIds: [personId], actor: ACTOR };
  if (is_over)
    return { ...of, find: requestsStoodInBy(db, absenceId), command: { type: 'GIVE_BACK', absenceId } };
  if (!include_open) return null;
  return {
    ...of,
    find: requestsHeldBy(db, personId),
    command: { type: 'HAND_OVER', personId, absenceId },
  };
}

/** Pending requests with a live seat that somebody holds because of the absence. */
function requestsStoodInBy(db: DataSource, absenceId: string): EachRequest['find'] {
  return async (after, limit) => {
    const rows = await db.query<{ id: string }[]>(
      `SELECT DISTINCT s.request_id AS id FROM approval_seat s
       JOIN approval_request r ON r.id = s.request_id AND r.round = s.round AND r.state = 'PENDING'
       WHERE s.stand_in IS NOT NULL AND s.stand_in->'absenceIds' @> to_jsonb($1::text)
         AND s.state IN ('WAITING', 'OPEN', 'PARKED') AND ($2::uuid IS NULL OR s.request_id > $2)
       ORDER BY s.request_id LIMIT $3`,
      [absenceId, after, limit],
    );
    return rows.map(({ id }) => id);
  };
}

/** A second look after the end settles it: by then every command that had still read the absence has ended. */
async function noted(
  db: DataSource,
  { key, correlationId }: Step,
  absenceId: string,
  { employee_id: personId, is_over }: Row,
  { changed, refused }: Walked,
): Promise<void> {
  const meta = { actor: ACTOR, key, scope: `absence/${absenceId}`, body: null, correlationId };
  await runCommand(db, meta, async (tx) => {
    const head = await lockHistory(tx, 'employee', personId);
    const progress = is_over
      ? `settled_at = CASE WHEN given_back_at IS NULL THEN NULL ELSE clock_timestamp() END,
         given_back_at = coalesce(given_back_at, clock_timestamp())`
      : `handed_over_at = coalesce(handed_over_at, clock_timestamp())`;
    await tx.query(`UPDATE absence SET ${progress} WHERE id = $1`, [absenceId]);
    if (changed > 0 || refused.length > 0)
      await record(tx, head, ACTOR, is_over ? 'employee.seats-given-back' : 'employee.seats-handed-over', {
        absenceId,
        requests: changed,
        refused: refused.slice(0, 100),
      });
    return null;
  });
}
