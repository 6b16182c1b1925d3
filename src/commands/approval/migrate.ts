import type { DataSource, EntityManager } from 'typeorm';
import { readRequest, type StoredRequest } from '../../db/approval-state.js';
import type { Actor } from '../../domain/actor.js';
import type { ApprovalCommand } from '../../domain/approval/command.js';
import type { StageMove } from '../../domain/approval/migrate.js';
import { factsOfSnapshots, type FactSnapshot } from '../../domain/approval/fact-source.js';
import type { ApprovalState, RequestState } from '../../domain/approval/model.js';
import { DomainError } from '../../domain/errors.js';
import type { Json, JsonObject } from '../../domain/json.js';
import type { Facts } from '../../policy/facts.js';
import { hexDigest } from '../hash.js';
import type { CommandMeta } from '../transaction.js';
import { judge, type Decided } from './apply.js';
import { contextFor } from './context.js';
import { readSources, saveSnapshots } from './fact-sources.js';
import { apply } from './family.js';
import { namedIn, unitsIn } from './named.js';
import { planRound, policyFacts, type PlannedRound } from './planning.js';
import { approvalPolicyOf, type ApprovalPolicy } from './policy-content.js';
import { lockVisible, type ReadRight } from './request-lock.js';
import { saveRound } from './round.js';
import type { RoundWho } from './snapshot.js';
import { subjectOwner } from './subjects.js';
import { commandInTurn } from './turn.js';

export interface MigrateInput {
  /** the version to move to; in force now */
  policyId: string;
  requestIds: readonly string[];
  /** of those, the ones whose outcome the actor answers for */
  acceptOutcome: readonly string[];
  reason: string;
  sees?: ReadRight;
}

/** Where a request stands after it was moved, or was there already. */
export type Migrated = { moved: boolean; seq: number; state: RequestState };

/** What became of one request: `migrated` or `refusal`, never both. */
export interface RequestMigrated {
  requestId: string;
  migrated: Migrated | null;
  refusal: DomainError | null;
}

/** What moving a request would do; nothing is written. */
export interface MigrationTrial {
  moves: readonly StageMove[];
  /** nobody would be left to ask */
  needsAcceptance: boolean;
  refusal: DomainError | null;
}

/** What fits into a key column beside a request's id. */
const LONGEST_KEY = 200;

/**
 * AE-POL-2: moves open requests to the version of their policy that is in force, each in a transaction of its own. One that
 * refuses stays as it is and does not hold up the others; one that is there already is left alone, so a repeat is harmless.
 * @throws DomainError POLICY.NOT_ACTIVE
 */
export async function migrateRequests(
  db: DataSource,
  meta: CommandMeta,
  input: MigrateInput,
): Promise<RequestMigrated[]> {
  await mustBeInForce(db.manager, input.policyId);
  const policy = await approvalPolicyOf(db.manager, input.policyId);
  const callKey = meta.key.length <= LONGEST_KEY ? meta.key : hexDigest(meta.key);
  const results: RequestMigrated[] = [];
  for (const requestId of input.requestIds) {
    const acceptOutcome = input.acceptOutcome.includes(requestId);
    const own = {
      ...meta,
      key: `${callKey}:${requestId}`,
      scope: `request.migrate/${requestId}`,
      body: { policyId: policy.id, acceptOutcome, reason: input.reason },
    };
    results.push(await migrateOne(db, own, policy, { ...input, requestId }));
  }
  return results;
}

async function migrateOne(
  db: DataSource,
  meta: CommandMeta & { body: { acceptOutcome: boolean; reason: string } },
  policy: ApprovalPolicy,
  { requestId, sees }: { requestId: string; sees?: ReadRight },
): Promise<RequestMigrated> {
  try {
    const { value } = await commandInTurn(db, meta, requestId, async (tx): Promise<Migrated> => {
      const held = await lockVisible(tx, requestId, meta.actor, sees);
      await mustBeInForce(tx, policy.id);
      const { before, head } = held;
      if (before.policy.id === policy.id) return { moved: false, seq: before.seq, state: before.state };
      const { planned, subject, decided, read } = await judged(
        tx,
        before,
        policy,
        { ...meta, now: head.now, of: held },
        meta.body,
      );
      const by = { comment: null, submittedBy: before.initiatorId };
      await saveRound(tx, { ...planned, subject }, decided, by);
      await saveSnapshots(tx, requestId, read);
      await apply(tx, held, decided, { ...meta, cause: 'MIGRATE' });
      return { moved: true, seq: decided.after.seq, state: decided.after.state };
    });
    return { requestId, migrated: value, refusal: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { requestId, migrated: null, refusal: error };
  }
}

/**
 * The dry run of one request, by the engine itself (AE-POL-2).
 * @throws DomainError NOT_FOUND
 */
export async function tryMigration(
  db: EntityManager,
  actor: Actor,
  policyId: string,
  requestId: string,
): Promise<MigrationTrial> {
  const policy = await approvalPolicyOf(db, policyId);
  const stored = await readRequest(db, requestId);
  if (!stored) throw new DomainError('NOT_FOUND', { requestId });
  const how = { acceptOutcome: true, reason: 'dry run' };
  try {
    const { decided } = await judged(
      db,
      stored.state,
      policy,
      { actor, now: stored.readAt, of: stored },
      how,
    );
    const moved = decided.events.find((event) => event.type === 'request.migrated');
    if (moved?.type !== 'request.migrated') return { moves: [], needsAcceptance: false, refusal: null };
    return { moves: moved.moves, needsAcceptance: moved.accepted, refusal: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { moves: [], needsAcceptance: false, refusal: error };
  }
}

interface Judged {
  planned: PlannedRound;
  subject: { version: number; facts: Facts; content: JsonObject; confidential: Json };
  decided: Decided;
  /** what the policy before did not read */
  read: FactSnapshot[];
}

/** On the facts of the present round, which are locked while people look at them, and the organisation of now. */
async function judged(
  tx: EntityManager,
  state: ApprovalState,
  policy: ApprovalPolicy,
  { actor, now, of }: { actor: Actor; now: string; of: Pick<StoredRequest, 'kind' | 'subjectId'> },
  how: Pick<Extract<ApprovalCommand, { type: 'MIGRATE' }>, 'acceptOutcome' | 'reason'>,
): Promise<Judged> {
  const { who, parent, ...subject } = await roundOf(tx, state);
  const approverIds = who?.approverIds ?? chosenIn(state);
  const { initiatorId, selfIds, beneficiaryIds, unitId, exposure, subjectHash, requestKind } = state;
  const own = policyFacts(policy, { isPart: parent !== null });
  const { snapshots, read } = await sourcesUnder(tx, state, policy, { of, now });
  const kept = { initiatorId, selfIds, beneficiaryIds, unitId, exposure, subjectHash };
  const facts = { ...kept, ...own, ...snapshots, ...(requestKind ? { requestKind } : {}) };
  if (policy.kind !== state.policy.kind) throw new DomainError('POLICY.KIND', { kind: policy.kind });
  const inputs = { ...subject.facts, ...factsOfSnapshots(facts.snapshots ?? []) };
  const planned = await planRound(tx, { policy, facts, inputs, approverIds, at: now });
  const resolvers = planned.plan.stages.map(({ spec }) => spec.resolver);
  const others = [...approverIds, ...resolvers.flatMap(namedIn)];
  const unitIds = resolvers.flatMap(unitsIn);
  const context = await contextFor(tx, state, { actor, now, others, unitIds, content: policy.content });
  const decided = judge(state, { type: 'MIGRATE', facts, plan: planned.plan, ...how }, context);
  return { planned, subject: { ...subject, facts: inputs }, decided, read };
}

/** What was read from the books stands where the policy reads it, too; what only the new one reads is read now (AE-MGR-3). */
async function sourcesUnder(
  tx: EntityManager,
  { snapshots: before }: ApprovalState,
  { content: { sources = [] } }: ApprovalPolicy,
  { of, now }: { of: Pick<StoredRequest, 'kind' | 'subjectId'>; now: string },
): Promise<{ snapshots: Pick<ApprovalState, 'snapshots'>; read: FactSnapshot[] }> {
  if (!before && sources.length === 0) return { snapshots: {}, read: [] };
  const kept = (before ?? []).flatMap((one) => {
    const rule = sources.find(({ source }) => source === one.source);
    return rule ? [{ ...one, maxAgeMinutes: rule.snapshotMaxAgeMinutes }] : [];
  });
  const missing = sources.filter(({ source }) => !kept.some((one) => one.source === source));
  const read =
    missing.length === 0
      ? []
      : await readSources(tx, await subjectOwner(of.kind).load(tx, of.subjectId), missing, now);
  return { snapshots: { snapshots: [...kept, ...read] }, read };
}

interface RoundRow {
  version: number;
  facts: Facts;
  content: JsonObject;
  confidential: Json;
  who: RoundWho | null;
  parent: string | null;
}

async function roundOf(tx: EntityManager, { id, round }: ApprovalState): Promise<RoundRow> {
  const [row] = await tx.query<RoundRow[]>(
    `SELECT o.subject_version AS version, o.facts, o.document AS content, o.confidential, o.who, r.parent_request_id AS parent
     FROM approval_content o JOIN approval_request r ON r.id = o.request_id WHERE o.request_id = $1 AND o.round = $2`,
    [id, round],
  );
  if (!row) throw new DomainError('NOT_FOUND', { requestId: id });
  return row;
}

/** Whom the initiator chose for the present round. */
export async function chosenApprovers(tx: EntityManager, state: ApprovalState): Promise<readonly string[]> {
  return (await roundOf(tx, state)).who?.approverIds ?? chosenIn(state);
}

/** Of rounds that did not keep whom the initiator chose: whom the stages had from them. */
function chosenIn({ stages }: ApprovalState): readonly string[] {
  const chosen = stages.filter(({ spec }) => spec.resolver.kind === 'INITIATOR_CHOICE');
  return [...new Set(chosen.flatMap(({ fixedPersonIds }) => fixedPersonIds ?? []))];
}

async function mustBeInForce(tx: EntityManager, policyId: string): Promise<void> {
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM policy_version WHERE id = $1 AND valid @> now() AND kind LIKE 'approval.%'`,
    [policyId],
  );
  if (rows.length === 0) throw new DomainError('POLICY.NOT_ACTIVE', { policyId });
}
