import { DateTime } from 'luxon';
import { collectionState, type CollectionState } from '../../db/collection-state.js';
import type { Reader } from '../../db/prepared.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import { caseTimetable } from '../../domain/collection/timetable.js';
import { plainText } from '../../domain/process/sentence.js';
import { firstStep } from '../../domain/process/timetable.js';
import type { ProcessView } from '../../domain/process/view.js';
import { orgPathSql } from './approval-wait.js';

interface Row {
  seq: string;
  customer: string;
  owner: string | null;
  org_path: string[] | null;
}

const OWNER_UNIT = `(SELECT a.unit_id FROM assignment a WHERE a.employee_id = c.owner_id AND a.is_primary AND a.valid @> now())`;
const READ = `
  SELECT coalesce(h.seq, 0) AS seq, c.name AS customer, o.username AS owner, ${orgPathSql(OWNER_UNIT)} AS org_path
  FROM collection_case k JOIN customer c ON c.id = k.customer_id LEFT JOIN employee o ON o.id = c.owner_id
  LEFT JOIN event_head h ON h.aggregate_kind = 'collection' AND h.aggregate_id = k.id
  WHERE k.id = $1`;

/** A case of collection as its process sees it: what is open, and what time does next. Null when there is none. */
export async function collectionProcess(
  db: Reader,
  caseId: string,
  calendar: WorkCalendar,
): Promise<ProcessView | null> {
  const state = await collectionState(db, caseId);
  const [row] = await db.query<Row[]>(READ, [caseId]);
  if (!state || !row) return null;
  const now = Date.parse(state.now);
  const next = state.state === 'CLOSED' ? null : firstStep(caseTimetable(state, calendar), now, caseId);
  return {
    seq: Number(row.seq),
    stage: `COLLECTION_${state.state}`,
    waitingOn: state.state === 'CLOSED' || row.owner === null ? [] : [row.owner],
    dueAt: next?.at ?? null,
    next,
    sentence: `${plainText(row.customer)}: ${summary(state)}`,
    owner: row.owner ?? '',
    orgPath: row.org_path ?? [],
    amountBase: null,
    stuck: null,
    outcome: state.state === 'CLOSED' ? 'COLLECTION_CLOSED' : null,
  };
}

function summary({ items, today, state, zone, now }: CollectionState): string {
  const late = items.filter(({ dueOn }) => dueOn < today);
  const at = DateTime.fromISO(now, { zone }).toFormat('yyyy-MM-dd');
  return `${items.length} open, ${late.length} overdue on ${at}, ${state.toLowerCase()}`;
}
