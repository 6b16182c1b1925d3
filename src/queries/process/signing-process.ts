import { SIGNING_IS_BLOCKED, SIGNING_STANDS } from '../../db/signing-standing.js';
import type { Reader } from '../../db/prepared.js';
import { baseless, isSigningOpen, type SigningState } from '../../domain/contract/signing.js';
import { peopleText, plainText, waitText, type Named } from '../../domain/process/sentence.js';
import { firstStep } from '../../domain/process/timetable.js';
import type { ProcessView, StepKind } from '../../domain/process/view.js';
import { orgPathSql } from './approval-wait.js';

interface Row {
  state: SigningState;
  provider: string;
  number: string;
  version: number;
  customer: string;
  owner: Named & { username: string };
  zone: string;
  org_path: string[] | null;
  seq: string;
  asked: number;
  ask_at: Date | null;
  expires_at: Date;
  trouble: string | null;
  to_withdraw: boolean;
  stands: boolean;
  is_blocked: boolean;
  now: Date;
}

const READ = `
  SELECT f.state, f.provider, k.number, f.version, c.name AS customer, o.zone, h.seq, f.asked, f.ask_at, f.expires_at, f.trouble,
    f.to_withdraw, json_build_object('username', o.username, 'name', o.name, 'title', o.title) AS owner,
    ${orgPathSql('k.unit_id')} AS org_path, ${SIGNING_STANDS} AS stands, ${SIGNING_IS_BLOCKED} AS is_blocked,
    clock_timestamp() AS now
  FROM signing_flow f JOIN contract k ON k.id = f.contract_id
  JOIN event_head h ON h.aggregate_kind = 'contract' AND h.aggregate_id = k.id
  JOIN customer c ON c.id = k.customer_id JOIN employee o ON o.id = k.owner_id
  WHERE f.id = $1`;

/** A document at its signers as its process sees it: when the provider is asked next, and whether it is to hear of an end. */
export async function signingProcess(db: Reader, flowId: string): Promise<ProcessView | null> {
  const [row] = await db.query<Row[]>(READ, [flowId]);
  if (!row) return null;
  const isOpen = isSigningOpen(row.state);
  const text = `contract ${plainText(row.number)} v${row.version}`;
  const wait = { who: plainText(row.customer), to: `sign ${text}; in charge: ${peopleText([row.owner])}` };
  const due = { at: row.expires_at.toISOString(), zone: row.zone, then: 'nobody may sign any more' };
  return {
    seq: Number(row.seq),
    stage: `SIGNING_${row.state}`,
    waitingOn: isOpen ? [row.owner.username] : [],
    dueAt: isOpen ? due.at : null,
    next: stepOf(row, flowId),
    sentence: isOpen ? waitText({ ...wait, due }) : `signing of ${text} is ${row.state.toLowerCase()}`,
    owner: row.owner.username,
    orgPath: row.org_path ?? [],
    amountBase: null,
    stuck: row.trouble === null ? null : 'PROVIDER_TROUBLE',
    outcome: isOpen || row.to_withdraw ? null : `SIGNING_${row.state}`,
  };
}

function stepOf(row: Row, flowId: string): ProcessView['next'] {
  const now = row.now.getTime();
  const at = (kind: StepKind, key: string, instant: number) =>
    firstStep([{ kind, key, at: instant, days: null }], now, flowId);
  const askAt = row.ask_at?.getTime() ?? now;
  if (!isSigningOpen(row.state))
    return row.to_withdraw ? at('WITHDRAW_SIGNING', `withdraw/${row.asked}`, askAt) : null;
  const cause = baseless({ stands: row.stands, isBlocked: row.is_blocked });
  if (cause) return at('END_SIGNING', `end/${cause}`, now);
  if (row.state === 'PENDING') return at('CHECK_SIGNING', `check/${row.asked}`, askAt);
  if (row.expires_at.getTime() <= now) return at('END_SIGNING', 'end/EXPIRED', now);
  return at('OPEN_SIGNING', `open/${row.asked}`, askAt);
}
