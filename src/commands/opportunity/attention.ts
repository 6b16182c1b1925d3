import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { dropsAt, type DealStep } from '../../domain/opportunity/attention.js';
import type { NoticeKind } from '../../domain/notification/notices.js';
import type { Step } from '../approval/time.js';
import { loadCalendar } from '../calendar.js';
import { transactionTime } from '../events.js';
import { tellOfDeals } from '../notification/deal-notices.js';
import { quietSince } from '../../db/quiet-since.js';
import { hexDigest } from '../hash.js';
import { loadDirectory } from '../org/directory.js';
import { runCommand } from '../transaction.js';
import { lockDeal, record, type LockedDeal } from './store.js';

const ACTOR = systemActor('deals');
const ACTIVE = `o.stage NOT IN ('WON', 'LOST', 'ON_HOLD')`;
/** Deals marked, and told of, in one transaction. */
const BATCH = 200;

interface Rule {
  /** what is due of one owner's deals ($1), after an id ($2) */
  due: string;
  /** marks the deal, if it still is; returns nothing otherwise */
  mark: string;
  event: string;
  notice: NoticeKind;
  /** the owner, or whom the owner reports to */
  tells: 'OWNER' | 'MANAGER';
}

const RULE_DAYS = (name: string) =>
  `(SELECT (v.content->>'${name}')::int FROM policy_version v WHERE v.kind = 'pipeline.' || o.pipeline AND v.valid @> now())`;
const TODAY = `(now() AT TIME ZONE (SELECT e.zone FROM employee e WHERE e.id = o.owner_id))::date`;

const RULES: Readonly<Record<Exclude<DealStep, 'DEALS_DROPPED' | 'DEALS_RULES'>, Rule>> = {
  DEALS_QUIET: {
    due: `${ACTIVE} AND o.stuck_at IS NULL AND o.contact_at <= now() - make_interval(days => ${RULE_DAYS('stuckDays')})
      AND ${quietSince('o')} <= now() - make_interval(days => ${RULE_DAYS('stuckDays')})`,
    mark: `stuck_at = now()`,
    event: 'opportunity.stuck',
    notice: 'DEAL_STUCK',
    tells: 'MANAGER',
  },
  DEALS_SLIPPED: {
    due: `${ACTIVE} AND o.slipped_at IS NULL AND o.expected_close < ${TODAY}`,
    mark: `slipped_at = now()`,
    event: 'opportunity.slipped',
    notice: 'DEAL_SLIPPED',
    tells: 'OWNER',
  },
  DEALS_RESUMED: {
    due: `o.stage = 'ON_HOLD' AND o.resume_told_at IS NULL AND o.resume_on <= ${TODAY}`,
    mark: `resume_told_at = now()`,
    event: 'opportunity.resume-due',
    notice: 'DEAL_RESUME',
    tells: 'OWNER',
  },
};
const DROP: Rule = {
  due: `${ACTIVE} AND o.slipped_at IS NOT NULL AND o.slip_dropped_at IS NULL`,
  mark: `slip_dropped_at = now()`,
  event: 'opportunity.dropped',
  notice: 'DEAL_DROPPED',
  tells: 'OWNER',
};

/**
 * Says what is due of somebody's deals, each once; those that are marked together are told of with them, in one notice and
 * one transaction: whoever is killed in between has done both or neither. Early, late or repeated it finds nothing to do.
 * @param beat called for each deal looked at
 * @returns how many deals were marked
 */
export async function tellWhatIsDue(
  db: DataSource,
  step: Step,
  { ownerId, kind }: { ownerId: string; kind: DealStep },
  beat: (dealId: string) => void = () => undefined,
): Promise<number> {
  if (kind === 'DEALS_RULES') return 0;
  const rule = kind === 'DEALS_DROPPED' ? DROP : RULES[kind];
  let count = 0;
  for (let after: string | null = null; ;) {
    const due = await dueDeals(db, ownerId, rule, after);
    if (due.length > 0) count += await markAndTell(db, step, ownerId, { rule, due, beat });
    after = due.at(-1) ?? null;
    if (due.length < BATCH) return count;
  }
}

async function dueDeals(
  db: DataSource,
  ownerId: string,
  { due }: Rule,
  after: string | null,
): Promise<string[]> {
  const rows = await db.query<{ id: string }[]>(
    `SELECT o.id FROM opportunity o WHERE o.owner_id = $1 AND ($2::uuid IS NULL OR o.id > $2) AND ${due}
     ORDER BY o.id LIMIT ${BATCH}`,
    [ownerId, after],
  );
  return rows.map(({ id }) => id);
}

interface Batch {
  rule: Rule;
  /** in the order of their ids, in which they are locked */
  due: readonly string[];
  beat: (dealId: string) => void;
}

async function markAndTell(
  db: DataSource,
  { key, correlationId }: Step,
  ownerId: string,
  { rule, due, beat }: Batch,
): Promise<number> {
  const scope = `deals/${ownerId}/${rule.event}/${hexDigest([...due]).slice(0, 32)}`;
  const { value } = await runCommand(
    db,
    { actor: ACTOR, key, scope, body: null, correlationId },
    async (tx) => {
      const marked: string[] = [];
      for (const id of due) {
        if (await mark(tx, id, rule)) marked.push(id);
        beat(id);
      }
      if (marked.length > 0) await tell(tx, ownerId, rule, { marked, key });
      return { count: marked.length };
    },
  );
  return value.count;
}

async function mark(tx: EntityManager, id: string, rule: Rule): Promise<boolean> {
  const deal = await lockDeal(tx, id);
  if (rule === DROP && !(await isTimeToDrop(tx, id))) return false;
  const [marked] = await tx.query<[unknown[], number]>(
    `UPDATE opportunity o SET ${rule.mark}, updated_at = now() WHERE o.id = $1 AND ${rule.due} RETURNING 1`,
    [id],
  );
  if (marked.length === 0) return false;
  await record(tx, deal.head, ACTOR, rule.event, payloadOf(deal));
  return true;
}

function payloadOf({ id, ownerId, stage, contactAt, expectedClose }: LockedDeal) {
  return { id, ownerId, stage, contactAt, expectedClose };
}

/** Work days are counted by the calendar of now: a holiday that was added gives the owner that day as well. */
async function isTimeToDrop(tx: EntityManager, id: string): Promise<boolean> {
  const [row] = await tx.query<{ slipped_at: Date | null; days: number | null; now: Date }[]>(
    `SELECT o.slipped_at, ${RULE_DAYS('slipWorkDays')} AS days, now() AS now FROM opportunity o WHERE o.id = $1`,
    [id],
  );
  if (!row?.slipped_at || row.days === null) return false;
  return dropsAt(row.slipped_at.toISOString(), row.days, await loadCalendar(tx)) <= row.now.getTime();
}

/** One notice for all, to whoever acts on it: fourteen quiet deals are one piece of news, not fourteen. */
async function tell(
  tx: EntityManager,
  ownerId: string,
  { tells, notice }: Rule,
  { marked, key }: { marked: readonly string[]; key: string },
): Promise<void> {
  const at = await transactionTime(tx);
  const personId = tells === 'OWNER' ? ownerId : await managerOf(tx, ownerId, at);
  const occasion = `${key}/${marked[0]}`;
  await tellOfDeals(tx, { personId, kind: notice, ownerId, deals: marked, at, key: occasion });
}

/** Nobody above hears of it twice: at the top the owner is told. */
async function managerOf(tx: EntityManager, ownerId: string, at: string): Promise<string> {
  const { people } = await loadDirectory(tx, { personIds: [ownerId], at });
  return people[ownerId]?.managerId ?? ownerId;
}
