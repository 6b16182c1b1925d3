import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { planHash } from '../src/commands/approval/plan-hash.js';
import { planFor } from '../src/commands/approval/planning.js';
import { snapshotOf, type RoundWho } from '../src/commands/approval/snapshot.js';
import { loadDirectory } from '../src/commands/org/directory.js';
import { activePolicy, type PolicyVersion } from '../src/commands/policy/policy.js';
import type { Plan } from '../src/domain/approval/plan.js';
import type { ApprovalPolicyContent } from '../src/domain/approval/policy.js';
import type { DirectorySnapshot } from '../src/domain/org/directory.js';
import { evaluateTable } from '../src/policy/evaluate.js';
import type { Facts } from '../src/policy/facts.js';

/** What was generated. */
export interface Generated {
  requests: number;
  rounds: number;
  decisions: number;
  snapshots: number;
}

type Random = () => number;

/** mulberry32: the same numbers for the same seed on every machine. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function oneOf<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)]!;
}

/** The facts of one quotation: two in three small and plain, the rest spread over every rule of the table. */
export function quoteFacts(random: Random): Facts {
  const plain = random() < 2 / 3;
  const cents = Math.floor(random() ** 3 * (plain ? 20_000_000 : 300_000_000)) + 100;
  const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  return {
    discountPct: (random() * (plain ? 8 : 35)).toFixed(2),
    amount,
    rollingAmountBase: amount,
    rollingDeals: [],
    portfolioMargin: plain,
    fxAccepted: false,
    marginFlag: plain ? 'GREEN' : oneOf(random, ['GREEN', 'AMBER', 'RED']),
    belowFloor: !plain && random() < 0.1,
    nonStandardClauses: !plain && random() < 0.2 ? ['PENALTY'] : [],
    termDays: oneOf(random, plain ? ['0', '30'] : ['30', '45', '60', '90']),
    beyondClassTerms: !plain && random() < 0.1,
    instalments: !plain && random() < 0.3,
    retentionPct: oneOf(random, plain ? ['0', '5'] : ['0', '5', '10']),
    creditOk: plain || random() < 0.85,
    creditClass: oneOf(random, plain ? ['A', 'B', 'C'] : ['A', 'B', 'C', 'D', 'E']),
  };
}

const BATCH = 500;
const DAYS = 365;
const DAY_MS = 86_400_000;
/** Requests whose first stage has an answer, so that handling times are measured. */
const ANSWERED = 2_000;

interface Rep {
  id: string;
  unitId: string;
}

interface Sources {
  policy: PolicyVersion<ApprovalPolicyContent>;
  reps: readonly Rep[];
  directories: ReadonlyMap<string, DirectorySnapshot>;
  /** by representative and matched rows: the same rows give the same route */
  plans: Map<string, Plan>;
}

/**
 * Stored quotation requests as submissions leave them: facts by a seed, initiators among the demo representatives, the
 * plan of the policy in force by the functions that plan submissions, the snapshot of its part of the organisation; spread
 * over the mornings of the year before `until`, all approved. What nobody here reads, events and documents, is left out.
 */
export async function storeRequests(
  db: DataSource,
  { count, seed, until }: { count: number; seed: number; until: Date },
): Promise<Generated> {
  const random = randomFrom(seed);
  const sources = await read(db, until.toISOString());
  const made: Generated = { requests: 0, rounds: 0, decisions: 0, snapshots: sources.directories.size };
  for (const directory of sources.directories.values()) {
    const { hash, content } = snapshotOf(directory);
    await db.query(`INSERT INTO org_snapshot (hash, content) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      hash,
      JSON.stringify(content),
    ]);
  }
  for (let first = 0; first < count; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - first) }, (_, index) => first + index);
    const rows: Row[] = [];
    for (const n of numbers) {
      const at = inTheMorning(
        until.getTime() - DAY_MS - Math.floor(((n + random()) / count) * DAYS * DAY_MS),
        random,
      );
      rows.push(await stored(sources, random, n, at));
    }
    await insert(db, rows);
    made.requests += rows.length;
    made.rounds += rows.length;
    if (first < ANSWERED) made.decisions += await answer(db, rows.slice(0, ANSWERED - first));
  }
  await db.query(
    'ANALYZE approval_request, approval_round, approval_stage, approval_seat, approval_decision',
  );
  return made;
}

/** Between nine and twelve in Shanghai of that day. */
function inTheMorning(ms: number, random: Random): Date {
  const midnight = ms - (ms % DAY_MS);
  return new Date(midnight + Math.floor((1 + 3 * random()) * 3_600_000));
}

async function read(db: DataSource, at: string): Promise<Sources> {
  const policy = await activePolicy<ApprovalPolicyContent>(db, 'approval.quote', at);
  const reps = await db.query<Rep[]>(
    `SELECT e.id, a.unit_id AS "unitId" FROM employee e
     JOIN assignment a ON a.employee_id = e.id AND a.is_primary AND upper_inf(a.valid)
     JOIN role_grant g ON g.employee_id = e.id AND g.role = 'REP' AND upper_inf(g.valid) ORDER BY e.username`,
  );
  const directories = new Map<string, DirectorySnapshot>();
  for (const { id, unitId } of reps)
    directories.set(id, await loadDirectory(db.manager, { personIds: [id], unitIds: [unitId], at }));
  return { policy, reps, directories, plans: new Map() };
}

interface Row {
  id: string;
  number: string;
  rep: Rep;
  facts: Facts;
  who: RoundWho;
  plan: Plan;
  hash: string;
  snapshot: string;
  matched: unknown;
  revision: string;
  policy: PolicyVersion<ApprovalPolicyContent>;
  at: Date;
}

const snapshotHashes = new WeakMap<DirectorySnapshot, string>();

async function stored(
  { policy, reps, directories, plans }: Sources,
  random: Random,
  n: number,
  at: Date,
): Promise<Row> {
  const rep = oneOf(random, reps);
  const directory = directories.get(rep.id)!;
  const facts = quoteFacts(random);
  const matched = await evaluateTable(policy.content, facts);
  const who: RoundWho = {
    initiatorId: rep.id,
    selfIds: [rep.id],
    unitId: rep.unitId,
    exposure: { amount: String(facts['amount']), currency: 'CNY' },
    policy: { kind: policy.kind },
    approverIds: [],
  };
  const key = [rep.id, ...matched.map(({ rowId }) => rowId)].join(' ');
  const { stages } = policy.content;
  const plan =
    plans.get(key) ?? planFor(who, { rows: matched, stages, directory, policyVersion: policy.version });
  plans.set(key, plan);
  const snapshot = snapshotHashes.get(directory) ?? snapshotOf(directory).hash;
  snapshotHashes.set(directory, snapshot);
  const { revision } = directory;
  const hash = planHash(plan, policy);
  const number = `B-${String(n).padStart(6, '0')}`;
  return { id: randomUUID(), number, rep, facts, who, plan, hash, snapshot, matched, revision, policy, at };
}

async function insert(db: DataSource, rows: readonly Row[]): Promise<void> {
  const records = rows.map(({ rep, facts, policy, at, hash, ...row }) => ({
    ...row,
    facts,
    plan_hash: hash,
    rep: rep.id,
    unit: rep.unitId,
    amount: facts['amount'],
    policy: policy.id,
    version: policy.version,
    kind: policy.kind,
    at: at.toISOString(),
  }));
  await db.query(
    `WITH x AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(id uuid, number varchar, rep uuid, unit uuid, amount numeric, facts jsonb,
         who jsonb, plan jsonb, plan_hash varchar, snapshot char(64), matched jsonb, revision varchar, policy uuid, version int,
         kind varchar, at timestamptz)
     ), request AS (
       INSERT INTO approval_request (id, kind, subject_id, subject_version, number, title, initiator_id, owner_id, self_ids,
         unit_id, state, state_since, seq, round, amount, currency, exposure, exposure_currency, subject_hash, policy_kind,
         policy_version, policy_id, withdraw_policy, submitted_at, closed_at)
       SELECT id, 'QUOTE', gen_random_uuid(), 1, number, 'Generated quotation', rep, rep, ARRAY[rep], unit, 'APPROVED', at, 1, 1,
         amount, 'CNY', amount, 'CNY', repeat('0', 64), kind, version, policy, 'ANYTIME', at, at FROM x
     )
     INSERT INTO approval_round (request_id, round, policy_id, subject_version, subject_hash, facts, document, plan, plan_hash,
       matched, directory_revision, changed, submitted_by, submitted_at, who, snapshot_hash)
     SELECT id, 1, policy, 1, repeat('0', 64), facts, '{}', plan, plan_hash, matched, revision, true, rep, at, who, snapshot FROM x`,
    [JSON.stringify(records)],
  );
}

/** The first stage of each request with one answer after 5 to 65 minutes. */
async function answer(db: DataSource, rows: readonly Row[]): Promise<number> {
  const records = rows.flatMap(({ id, plan, at }, index) => {
    const [stage] = plan.stages;
    const seat = stage?.seats[0];
    if (!stage || !seat) return [];
    const decided = new Date(at.getTime() + (5 + (index % 61)) * 60_000);
    return {
      request: id,
      stage: randomUUID(),
      seat: randomUUID(),
      key: stage.spec.key,
      spec: stage.spec,
      holder: seat.holderId,
      opened: at.toISOString(),
      decided: decided.toISOString(),
    };
  });
  await db.query(
    `WITH x AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(request uuid, stage uuid, seat uuid, key varchar, spec jsonb, holder uuid,
         opened timestamptz, decided timestamptz)
     ), stage AS (
       INSERT INTO approval_stage (id, request_id, round, ordinal, key, title, spec, why, carried_yes, visit, state, opened_at, closed_at)
       SELECT stage, request, 1, 0, key, spec->>'title', spec, '[]', '[]', 1, 'PASSED', opened, decided FROM x
     ), seat AS (
       INSERT INTO approval_seat (id, request_id, stage_id, round, visit, owner_id, holder_id, weight, origin, ordinal, version,
         state, why, opened_at, closed_at, rungs, kind)
       SELECT seat, request, stage, 1, 1, holder, holder, 1, 'POLICY', 0, 2, 'APPROVED', '[]', opened, decided, '[]', 'QUOTE' FROM x
     )
     INSERT INTO approval_decision (seat_id, visit, request_id, round, action, actor, subject_hash, at)
     SELECT seat, 1, request, 1, 'APPROVE', holder::text, repeat('0', 64), decided FROM x`,
    [JSON.stringify(records)],
  );
  return records.length;
}
