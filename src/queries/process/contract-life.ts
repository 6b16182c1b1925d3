import { contractDuties, type ContractDuties } from '../../db/contract-duties.js';
import { heirSql } from '../../db/heir.js';
import type { Reader } from '../../db/prepared.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import { dayStart, lifeTimetable, type DatedDuty } from '../../domain/contract/alerts.js';
import { peopleText, plainText, waitText, type Named } from '../../domain/process/sentence.js';
import { earlierStep, firstStep, handOverStep } from '../../domain/process/timetable.js';
import type { ProcessView } from '../../domain/process/view.js';
import { changePhase } from './contract-change.js';
import { orgPathSql } from './approval-wait.js';

interface Row {
  number: string;
  version: number;
  state: string;
  seq: string;
  customer: string;
  owner: Named & { username: string };
  owner_id: string;
  /** the owner has left, and somebody is there to take over */
  orphaned: boolean;
  now: Date;
  in_charge: (Named & { username: string })[] | null;
  org_path: string[] | null;
  suspended_for: string | null;
}

const PERSON = (alias: string) =>
  `json_build_object('username', ${alias}.username, 'name', ${alias}.name, 'title', ${alias}.title)`;
const READ = `
  SELECT k.number, k.version, k.state, h.seq, c.name AS customer, ${PERSON('o')} AS owner, k.owner_id, k.suspended_for,
    coalesce(o.status = 'LEFT' AND NOT k.changing AND ${heirSql('k.owner_id')} IS NOT NULL, false) AS orphaned, clock_timestamp() AS now,
    (SELECT json_agg(DISTINCT ${PERSON('e')}::jsonb) FROM milestone m JOIN employee e ON e.id = m.owner_id
      WHERE m.contract_id = k.id AND m.done_on IS NULL) AS in_charge, ${orgPathSql('k.unit_id')} AS org_path
  FROM contract k
  JOIN event_head h ON h.aggregate_kind = 'contract' AND h.aggregate_id = k.id
  JOIN customer c ON c.id = k.customer_id
  JOIN employee o ON o.id = k.owner_id
  WHERE k.id = $1`;

/** A contract that has taken effect as its process sees it: what is owed, until when, and what time does next. */
export async function contractLifeProcess(
  db: Reader,
  contractId: string,
  calendar: WorkCalendar,
): Promise<ProcessView | null> {
  const duties = await contractDuties(db, contractId);
  const [row] = await db.query<Row[]>(READ, [contractId]);
  if (!duties || !row) return null;
  const change = await changePhase(db, contractId, calendar);
  const next = earlierStep(
    firstStep(timetableOf(duties), duties.now.getTime(), contractId),
    change?.next ?? null,
  );
  const people = duties.state === 'SUSPENDED' || !row.in_charge ? [row.owner] : row.in_charge;
  const first = duties.endedAt ? null : firstDue(duties);
  return {
    dueAt: first && dueAt(first, duties),
    waitingOn: duties.endedAt ? [] : people.map(({ username }) => username).sort(),
    sentence: sentenceOf(row, people, duties),
    ...(change ? { waitingOn: change.waitingOn, dueAt: change.dueAt, sentence: change.sentence } : {}),
    stuck: change?.stuck ?? null,
    stage: change?.stage ?? `CONTRACT_${row.state}`,
    seq: Number(row.seq) + (change?.requestSeq ?? 0),
    next:
      row.orphaned && row.state !== 'ARCHIVED' ? handOverStep('CONTRACT', { ...row, id: contractId }) : next,
    owner: row.owner.username,
    orgPath: row.org_path ?? [],
    amountBase: null,
    outcome: row.state === 'ARCHIVED' ? 'CONTRACT_ARCHIVED' : null,
  };
}

function timetableOf(duties: ContractDuties) {
  return lifeTimetable({
    ...duties,
    endedAt: duties.endedAt?.getTime() ?? null,
    archiveAfterDays: duties.policy?.archiveAfterDays ?? null,
  });
}

function firstDue({ duties }: ContractDuties): DatedDuty | null {
  return [...duties].sort((a, b) => (a.date < b.date ? -1 : 1))[0] ?? null;
}

/** The end of the day it is due, where its owner works. */
function dueAt({ date }: DatedDuty, { zone }: ContractDuties): string {
  return new Date(dayStart(date, 1, zone) - 1).toISOString();
}

function sentenceOf(row: Row, people: readonly Named[], duties: ContractDuties): string {
  const text = `contract ${plainText(row.number)} v${row.version} with ${plainText(row.customer)}`;
  if (row.suspended_for) return `${text} is suspended: ${row.suspended_for.toLowerCase().replace('_', ' ')}`;
  const first = firstDue(duties);
  if (duties.endedAt || !first) return `${text} is ${row.state.toLowerCase()}`;
  const due = { at: dueAt(first, duties), zone: duties.zone, then: null };
  return waitText({ who: peopleText([...people]), to: `perform ${text}: ${first.what.toLowerCase()}`, due });
}
