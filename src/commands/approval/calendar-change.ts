import type { DataSource } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors.js';
import { runCommand } from '../transaction.js';
import { onEachRequest, type EachRequest, type Walked } from './each-request.js';
import type { Step } from './time.js';

interface Row {
  office_key: string;
  before: WorkCalendar;
  after: WorkCalendar;
  at: Date;
}

const ACTOR = systemActor('calendar');

/**
 * Moves what is still to come on every pending request whose clocks run in the office's time, each in a command of its
 * own, then notes that it did (AE-SLA-5). Repeated, it moves nothing twice.
 * @throws DomainError NOT_FOUND
 */
export async function applyCalendarChange(
  db: DataSource,
  step: Step,
  changeId: string,
  beat: (requestId: string) => void = () => undefined,
): Promise<Walked> {
  const [row] = await db.query<Row[]>(
    `SELECT office_key, before, after, at FROM calendar_change WHERE id = $1`,
    [changeId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { changeId });
  const { office_key: officeKey, before, after, at } = row;
  const change = { id: changeId, officeKey, before, after, at: at.toISOString() };
  const walked = await onEachRequest(
    db,
    step,
    { find: requestsWithClocks(db), command: { type: 'RETIME', change }, personIds: [], actor: ACTOR },
    beat,
  );
  const { key, correlationId } = step;
  const meta = { actor: ACTOR, key, scope: `calendar-change/${changeId}`, body: null, correlationId };
  await runCommand(db, meta, async (tx) => {
    await tx.query(
      `UPDATE calendar_change SET settled_at = CASE WHEN acted_at IS NULL THEN NULL ELSE clock_timestamp() END,
         acted_at = coalesce(acted_at, clock_timestamp()) WHERE id = $1`,
      [changeId],
    );
    return null;
  });
  return walked;
}

/** Pending requests on which a clock runs or stands. */
function requestsWithClocks(db: DataSource): EachRequest['find'] {
  return async (after, limit) => {
    const rows = await db.query<{ id: string }[]>(
      `SELECT DISTINCT s.request_id AS id FROM approval_seat s
       JOIN approval_request r ON r.id = s.request_id AND r.round = s.round AND r.state = 'PENDING'
       WHERE s.state IN ('OPEN', 'PARKED') AND ($1::uuid IS NULL OR s.request_id > $1)
       ORDER BY s.request_id LIMIT $2`,
      [after, limit],
    );
    return rows.map(({ id }) => id);
  };
}
