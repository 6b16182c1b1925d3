import type { Reader } from '../../db/prepared.js';
import { plainText } from '../../domain/process/sentence.js';
import type { NextStep, ProcessView } from '../../domain/process/view.js';
import { orgPathSql } from './approval-wait.js';
import { SECOND_LOOK_MS } from './staff-process.js';

interface Row {
  from: Date;
  to: Date;
  is_over: boolean;
  handed_over_at: Date | null;
  given_back_at: Date | null;
  settled_at: Date | null;
  delegate: string | null;
  username: string;
  name: string;
  seq: string | null;
  org_path: string[] | null;
  now: Date;
}

const READ = `
  SELECT lower(a.during) AS "from", upper(a.during) AS "to", a.cancelled_at IS NOT NULL OR upper(a.during) <= clock_timestamp() AS is_over,
    a.handed_over_at, a.given_back_at, a.settled_at, d.username AS delegate, e.username, e.name, h.seq, clock_timestamp() AS now,
    ${orgPathSql(`(SELECT m.unit_id FROM assignment m WHERE m.employee_id = a.employee_id AND m.is_primary AND m.valid @> now())`)} AS org_path
  FROM absence a JOIN employee e ON e.id = a.employee_id LEFT JOIN employee d ON d.id = a.delegate_id
  LEFT JOIN event_head h ON h.aggregate_kind = 'employee' AND h.aggregate_id = a.employee_id
  WHERE a.id = $1`;

/** An absence as its process sees it: when seats go over, when they go back. Null when there is no such absence. */
export async function absenceProcess(db: Reader, absenceId: string): Promise<ProcessView | null> {
  const [row] = await db.query<Row[]>(READ, [absenceId]);
  if (!row) return null;
  const next = row.settled_at ? null : nextOf(absenceId, row);
  return {
    seq: Number(row.seq ?? 0),
    stage: row.is_over ? 'ABSENCE:OVER' : row.from > row.now ? 'ABSENCE:COMING' : 'ABSENCE:AWAY',
    waitingOn: row.delegate === null || row.is_over ? [] : [row.delegate],
    dueAt: next?.at ?? null,
    next,
    sentence: sentenceOf(row),
    owner: row.username,
    orgPath: row.org_path ?? [],
    amountBase: null,
    stuck: null,
    outcome: row.settled_at ? 'SETTLED' : null,
  };
}

function nextOf(absenceId: string, row: Row): NextStep {
  const [key, due] = dueOf(row);
  const at = due.toISOString();
  return {
    kind: 'MOVE_SEATS',
    key,
    at,
    inMs: due.getTime() - row.now.getTime(),
    days: null,
    subjectId: absenceId,
  };
}

function dueOf({ is_over, from, to, handed_over_at, given_back_at, now }: Row): [key: string, due: Date] {
  if (given_back_at) return ['back/2', new Date(given_back_at.getTime() + SECOND_LOOK_MS)];
  if (is_over) return ['back/1', to < now ? to : now];
  return handed_over_at ? ['back/1', to] : ['over/1', from];
}

function sentenceOf({ name, delegate, is_over, from, to }: Row): string {
  const who = plainText(name);
  const span = `${from.toISOString()} to ${to.toISOString()}`;
  if (is_over) return `${who} is back: undecided approvals return to them`;
  return `${who} is away ${span}: ${delegate === null ? 'their manager' : plainText(delegate)} stands in`;
}
