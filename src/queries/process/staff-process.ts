import type { Reader } from '../../db/prepared.js';
import { plainText } from '../../domain/process/sentence.js';
import type { NextStep, ProcessView } from '../../domain/process/view.js';
import { orgPathSql } from './approval-wait.js';

/**
 * A command may have read the organisation just before it changed and open a seat just after. No command takes longer
 * than this, so a second look finds what the first could not.
 */
export const SECOND_LOOK_MS = 40_000;

interface Row {
  kind: 'LEFT' | 'ROLE_GRANTED' | 'ROLE_LOST' | 'LINE_CHANGED' | 'SAME_HUMAN';
  role: string | null;
  effective_at: Date;
  acted_at: Date | null;
  settled_at: Date | null;
  username: string;
  name: string;
  seq: string | null;
  org_path: string[] | null;
  now: Date;
}

const READ = `
  SELECT c.kind, c.role, c.effective_at, c.acted_at, c.settled_at, coalesce(e.username, u.code) AS username,
    coalesce(e.name, u.name) AS name, h.seq, clock_timestamp() AS now,
    ${orgPathSql(`coalesce(c.unit_id, (SELECT a.unit_id FROM assignment a WHERE a.employee_id = c.employee_id AND a.is_primary ORDER BY lower(a.valid) DESC LIMIT 1))`)} AS org_path
  FROM staff_change c LEFT JOIN employee e ON e.id = c.employee_id LEFT JOIN org_unit u ON u.id = c.unit_id
  LEFT JOIN event_head h ON (h.aggregate_kind, h.aggregate_id) IN (('employee', c.employee_id), ('org_unit', c.unit_id))
  WHERE c.id = $1`;

/** A change of a person as its process sees it: when to look at their seats. Null when there is no such change. */
export async function staffProcess(db: Reader, changeId: string): Promise<ProcessView | null> {
  const [row] = await db.query<Row[]>(READ, [changeId]);
  if (!row) return null;
  const next = row.settled_at ? null : nextOf(changeId, row);
  return {
    seq: Number(row.seq ?? 0),
    stage: `STAFF:${row.kind}`,
    waitingOn: [],
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

function nextOf(changeId: string, { effective_at, acted_at, now }: Row): NextStep {
  const dueMs = acted_at ? acted_at.getTime() + SECOND_LOOK_MS : effective_at.getTime();
  const at = new Date(dueMs).toISOString();
  return {
    kind: 'MOVE_SEATS',
    key: `look/${acted_at ? 2 : 1}`,
    at,
    inMs: dueMs - now.getTime(),
    days: null,
    subjectId: changeId,
  };
}

function sentenceOf({ kind, role, name }: Row): string {
  const who = plainText(name);
  switch (kind) {
    case 'LEFT':
      return `${who} has left: what they hold is handed to others`;
    case 'ROLE_LOST':
      return `${who} is no longer ${role ?? ''}: stages that insist on the role are staffed anew`;
    case 'ROLE_GRANTED':
      return `${who} is ${role ?? ''} now: open pools of the role show them what waits`;
    case 'LINE_CHANGED':
      return `The reporting line changed with ${who}: stages that follow it are staffed anew`;
    case 'SAME_HUMAN':
      return `${who} is an account of another human than before: what separates duties is asked anew`;
  }
}
