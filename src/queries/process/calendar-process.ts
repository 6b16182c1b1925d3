import type { Reader } from '../../db/prepared.js';
import { plainText } from '../../domain/process/sentence.js';
import type { ProcessView } from '../../domain/process/view.js';
import { SECOND_LOOK_MS } from './staff-process.js';

interface Row {
  name: string;
  at: Date;
  acted_at: Date | null;
  settled_at: Date | null;
  changed_by: string;
  seq: string;
  now: Date;
}

/** An edit of an office's calendar as its process sees it: two looks at what is due. Null when there is no such edit. */
export async function calendarProcess(db: Reader, changeId: string): Promise<ProcessView | null> {
  const [row] = await db.query<Row[]>(
    `SELECT o.name, c.at, c.acted_at, c.settled_at, coalesce(e.username, c.changed_by) AS changed_by, h.seq, clock_timestamp() AS now
     FROM calendar_change c JOIN office o ON o.key = c.office_key
     JOIN event_head h ON h.aggregate_kind = 'calendar' AND h.aggregate_id = c.id
     LEFT JOIN employee e ON e.id::text = c.changed_by WHERE c.id = $1`,
    [changeId],
  );
  if (!row) return null;
  const dueMs = row.acted_at ? row.acted_at.getTime() + SECOND_LOOK_MS : row.at.getTime();
  const at = new Date(dueMs).toISOString();
  const key = `look/${row.acted_at ? 2 : 1}`;
  const inMs = dueMs - row.now.getTime();
  return {
    seq: Number(row.seq),
    stage: 'CALENDAR',
    waitingOn: [],
    dueAt: row.settled_at ? null : at,
    next: row.settled_at ? null : { kind: 'MOVE_CLOCKS', key, at, inMs, days: null, subjectId: changeId },
    sentence: `The office ${plainText(row.name)} works at other times: what is due moves with it`,
    owner: row.changed_by,
    orgPath: [],
    amountBase: null,
    stuck: null,
    outcome: row.settled_at ? 'SETTLED' : null,
  };
}
