import { heirSql } from '../../db/heir.js';
import type { Reader } from '../../db/prepared.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import type { ContractState } from '../../domain/contract/contract.js';
import type { ContractPolicy } from '../../domain/contract/policy.js';
import { peopleText, plainText, waitText, type Named } from '../../domain/process/sentence.js';
import {
  firstStep,
  handOverStep,
  sealTimetable,
  signatureTimetable,
  type Appointment,
} from '../../domain/process/timetable.js';
import { approvalWait } from './approval-wait.js';
import type { Phase } from './deal-process.js';

type Person = Named & { username: string };

interface ContractRow {
  id: string;
  number: string;
  version: number;
  state: ContractState;
  seq: string;
  request_id: string | null;
  customer: string;
  owner: Person;
  owner_id: string;
  /** the owner has left, and somebody is there to take over */
  orphaned: boolean;
  zone: string;
  keepers: Person[] | null;
  now: Date;
  approved_at: Date | null;
  seal_due_at: Date | null;
  sealed_at: Date | null;
  reminded: number[];
  policy: ContractPolicy | null;
}

const READ = `
  SELECT k.id, k.number, k.version, k.state, h.seq, k.request_id, c.name AS customer, o.zone,
    json_build_object('username', o.username, 'name', o.name, 'title', o.title) AS owner, k.owner_id,
    coalesce(o.status = 'LEFT' AND ${heirSql('k.owner_id')} IS NOT NULL, false) AS orphaned,
    (SELECT json_agg(DISTINCT jsonb_build_object('username', e.username, 'name', e.name, 'title', e.title))
       FROM role_grant g JOIN employee e ON e.id = g.employee_id AND e.status <> 'LEFT'
      WHERE g.role = 'SEAL_KEEPER' AND g.valid @> now()) AS keepers,
    clock_timestamp() AS now, k.approved_at, k.seal_due_at, k.sealed_at, k.reminded,
    (SELECT p.content FROM policy_version p WHERE p.kind = 'contract' AND p.valid @> now()) AS policy
  FROM contract k
  JOIN event_head h ON h.aggregate_kind = 'contract' AND h.aggregate_id = k.id
  JOIN customer c ON c.id = k.customer_id
  JOIN employee o ON o.id = k.owner_id
  WHERE k.quote_id = $1 ORDER BY k.created_at DESC, k.id DESC LIMIT 1`;

export interface AcceptedQuote {
  id: string;
  /** as a sentence names it */
  text: string;
  now: Date;
  calendar: WorkCalendar;
}

/** What an accepted quotation waits for: its contract's draft, review, seal, the customer's signature. */
export async function contractPhase(db: Reader, quote: AcceptedQuote): Promise<Phase> {
  const [row] = await db.query<ContractRow[]>(READ, [quote.id]);
  if (!row) return drafting(quote);
  return { ...(await phaseOf(db, row, quote.calendar)), contractSeq: Number(row.seq) };
}

function drafting({ id, text, now }: AcceptedQuote): Phase {
  const at = now.getTime();
  const next = firstStep([{ kind: 'DRAFT_CONTRACT', key: 'contract-draft', at, days: null }], at, id);
  return {
    stage: 'CONTRACT_DRAFTING',
    waitingOn: [],
    dueAt: null,
    next,
    sentence: `Drafts the contract of ${text}`,
  };
}

async function phaseOf(db: Reader, row: ContractRow, calendar: WorkCalendar): Promise<Phase> {
  const { state } = row;
  switch (state) {
    case 'DRAFT':
      return draftPhase(row);
    case 'IN_REVIEW':
    case 'RETURNED':
      return reviewPhase(db, row, calendar);
    case 'APPROVED':
      return sealPhase(row);
    case 'SEALED':
      return signaturePhase(row);
    case 'REJECTED':
    case 'LAPSED':
    case 'CANCELLED':
      return over(row, state);
    default:
      return over(row, 'EFFECTIVE'); // its own process has it from then on
  }
}

function over(row: ContractRow, state: ContractState): Phase {
  return {
    stage: `CONTRACT_${state}`,
    waitingOn: [],
    dueAt: null,
    next: null,
    sentence: `${textOf(row)} is ${state.toLowerCase()}`,
    outcome: `CONTRACT_${state}`,
  };
}

function draftPhase(row: ContractRow): Phase {
  const wait = { who: peopleText([row.owner]), to: `submit ${textOf(row)} to review` };
  return waiting(row, [row.owner], wait, []);
}

async function reviewPhase(db: Reader, row: ContractRow, calendar: WorkCalendar): Promise<Phase> {
  const wait = row.request_id === null ? null : await approvalWait(db, row.request_id, calendar);
  if (!wait) throw new Error(`contract ${row.id} is in review without a request`);
  if (row.state === 'RETURNED' && wait.state !== 'RETURNED') return draftPhase(row); // withdrawn
  const { seq, stage, waitingOn, dueAt, next, stuck, sentence } = wait;
  return {
    requestSeq: seq,
    stage: row.state === 'RETURNED' ? 'CONTRACT_RETURNED' : `CONTRACT_REVIEW:${stage ?? ''}`,
    waitingOn,
    dueAt,
    next,
    stuck,
    sentence,
  };
}

function sealPhase(row: ContractRow): Phase {
  const { keepers, seal_due_at: due, reminded } = row;
  const people = keepers ?? [];
  const timetable = due === null ? [] : sealTimetable({ dueAt: due.getTime(), reminded });
  return waiting(row, people, { who: peopleText(people), to: `seal ${textOf(row)}` }, timetable, due);
}

function signaturePhase(row: ContractRow): Phase {
  const { owner, customer, sealed_at: sealedAt, now, reminded, policy } = row;
  if (!sealedAt || !policy) throw new Error(`contract ${row.id} is sealed without a date or a policy`);
  const timetable = signatureTimetable({
    sealedAt: sealedAt.getTime(),
    now: now.getTime(),
    reminderDays: policy.signatureReminderDays,
    lapseDays: policy.signatureLapseDays,
    reminded,
  });
  const end = timetable.find(({ kind }) => kind === 'LAPSE_CONTRACT');
  const wait = {
    who: plainText(customer),
    to: `counter-sign ${textOf(row)}; in charge: ${peopleText([owner])}`,
  };
  return waiting(row, [owner], wait, timetable, end ? new Date(end.at) : null, 'it lapses');
}

function waiting(
  row: ContractRow,
  people: readonly Person[],
  wait: { who: string; to: string },
  timetable: readonly Appointment[],
  due: Date | null = null,
  then: string | null = null,
): Phase {
  return {
    stage: `CONTRACT_${row.state}`,
    waitingOn: people.map(({ username }) => username).sort(),
    dueAt: due?.toISOString() ?? null,
    next: row.orphaned ? handOverStep('CONTRACT', row) : firstStep(timetable, row.now.getTime(), row.id),
    sentence: waitText({ ...wait, due: due && { at: due.toISOString(), zone: row.zone, then } }),
  };
}

function textOf({ number, version }: ContractRow): string {
  return `contract ${plainText(number)} v${version}`;
}
