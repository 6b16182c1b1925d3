import type { DataSource } from 'typeorm';
import type { ApprovalProcessView } from '../../domain/process-view.js';

interface Row {
  title: string;
  number: string;
  state: string;
  seq: string;
  stage_title: string | null;
  amount: string | null;
  currency: string | null;
  exposure: string | null;
  due_at: Date | null;
  next_rung_at: Date | null;
  owner: string;
  holders: { username: string; name: string }[] | null;
  blocked: string[] | null;
  org_path: string[] | null;
}

const READ = `
  WITH RECURSIVE line(unit_id, depth) AS (
    SELECT r.unit_id, 0 FROM approval_request r WHERE r.id = $1
    UNION ALL
    SELECT e.parent_id, line.depth + 1 FROM line
      JOIN org_edge e ON e.child_id = line.unit_id AND e.hierarchy = 'REPORTING' AND e.valid @> now()
    WHERE line.depth < 12
  )
  SELECT r.title, r.number, r.state, r.seq, r.stage_title, r.amount, r.currency, r.exposure, r.due_at, r.next_rung_at,
    o.username AS owner,
    (SELECT json_agg(DISTINCT jsonb_build_object('username', h.username, 'name', h.name))
       FROM approval_seat s JOIN employee h ON h.id = s.holder_id
      WHERE s.request_id = r.id AND s.round = r.round AND s.state = 'OPEN') AS holders,
    (SELECT json_agg(g.code) FROM approval_stage g
      WHERE g.request_id = r.id AND g.round = r.round AND g.state = 'BLOCKED') AS blocked,
    (SELECT json_agg(u.code ORDER BY line.depth) FROM line JOIN org_unit u ON u.id = line.unit_id) AS org_path
  FROM approval_request r JOIN employee o ON o.id = r.owner_id
  WHERE r.id = $1`;

/** One statement; null when there is no such request. */
export async function approvalProcess(
  db: Pick<DataSource, 'query'>,
  requestId: string,
  stage: string,
): Promise<ApprovalProcessView | null> {
  const [row] = await db.query<Row[]>(READ, [requestId]);
  return row ? viewOf(row, requestId, stage) : null;
}

function viewOf(row: Row, requestId: string, stage: string): ApprovalProcessView {
  const holders = row.holders ?? [];
  const open = row.state === 'PENDING' || row.state === 'RETURNED';
  return {
    requestId,
    seq: Number(row.seq),
    stage: row.state === 'RETURNED' ? `${stage}-returned` : stage,
    waitingOn: row.state === 'RETURNED' ? [row.owner] : holders.map(({ username }) => username).sort(),
    dueAt: row.due_at?.toISOString() ?? null,
    actAt: row.next_rung_at?.toISOString() ?? null,
    sentence: sentenceOf(row, holders),
    owner: row.owner,
    orgPath: row.org_path ?? [],
    amountBase: row.exposure === null ? null : Number(row.exposure),
    stuck: row.blocked ? `blocked:${row.blocked.join(',')}` : null,
    outcome: open ? null : row.state,
  };
}

function sentenceOf(row: Row, holders: readonly { name: string }[]): string {
  const what = `${plainText(row.number)} "${plainText(row.title)}"${row.amount ? `, ${Number(row.amount).toFixed(2)} ${row.currency}` : ''}`;
  if (row.state === 'RETURNED') return `Waits for the initiator to edit and resubmit ${what}.`;
  if (row.blocked)
    return `Nobody can decide on ${what}: ${row.blocked.join(', ')}. An approval admin must staff the stage.`;
  if (row.state !== 'PENDING') return `${what} is ${row.state.toLowerCase()}.`;
  const due = row.due_at ? `; due ${row.due_at.toISOString()}, then the ladder escalates` : '';
  return `Waits for ${people(holders)} (${plainText(row.stage_title ?? '')}) to decide on ${what}${due}.`;
}

function people(holders: readonly { name: string }[]): string {
  const names = holders.slice(0, 3).map(({ name }) => plainText(name));
  return holders.length > 3 ? `${names.join(', ')} and ${holders.length - 3} more` : names.join(', ');
}

/** The Temporal UI renders markdown; names are data, not markup. */
export function plainText(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>()#!|]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
