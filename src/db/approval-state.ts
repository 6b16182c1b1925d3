import { prepared, type Reader } from './prepared.js';
import type { FactSnapshot } from '../domain/approval/fact-source.js';
import type { Envelope, Measured } from '../domain/approval/envelope.js';
import type { Approved, CarriedVote, Stale } from '../domain/approval/earlier.js';
import type {
  ApprovalState,
  AttachmentRef,
  Claim,
  Rung,
  SameAs,
  Seat,
  SeatDecision,
  Stage,
  StandIn,
} from '../domain/approval/model.js';

/** A request as the engine knows it, and what of its row the engine does not know. */
export interface StoredRequest {
  state: ApprovalState;
  kind: 'QUOTE' | 'CONTRACT' | 'GENERAL' | 'STAGE' | 'REVOCATION' | 'SPLIT';
  subjectId: string;
  subjectVersion: number;
  number: string;
  title: string;
  ownerId: string;
  /** the request this one decides a stage of (AE-CHILD-1) */
  parentRequestId: string | null;
  amount: { amount: string; currency: string } | null;
  stateSince: string;
  /** Postgres' clock when this was read: under the request's lock, later than everything it shows */
  readAt: string;
}

interface StageRow extends Pick<Stage, 'id' | 'spec' | 'why' | 'visit' | 'state' | 'code'> {
  fixed_person_ids: string[] | null;
  named: Stage['named'];
  carried_yes: string[];
  carried: CarriedVote[] | null;
  child_id: string | null;
  claim: Claim | null;
  passed_by: string[][];
  opened_at: string | null;
  closed_at: string | null;
}

interface DecisionRow extends Pick<SeatDecision, 'action' | 'actor' | 'comment'> {
  on_behalf_of: string | null;
  subject_hash: string;
  envelope: Envelope | null;
  at: string;
  attachments: AttachmentRef[] | null;
  signature: string | null;
  edited: boolean;
}

interface SeatRow extends Pick<
  Seat,
  | 'id'
  | 'weight'
  | 'hops'
  | 'origin'
  | 'added'
  | 'ordinal'
  | 'visit'
  | 'version'
  | 'state'
  | 'code'
  | 'why'
  | 'retractions'
> {
  stage_id: string;
  parent_id: string | null;
  owner_id: string;
  holder_id: string;
  group_name: string | null;
  stand_in: StandIn | null;
  same_as: SameAs | null;
  past_holder_ids: string[];
  opened_at: string | null;
  due_at: string | null;
  closed_at: string | null;
  rungs: Rung[];
  urge_again_at: string | null;
  sod_drift: Seat['sodDrift'] | null;
  envelope: Envelope | null;
  decision: DecisionRow | null;
}

interface RequestRow extends Pick<ApprovalState, 'id' | 'state' | 'round' | 'returns'> {
  kind: StoredRequest['kind'];
  subject_id: string;
  subject_version: number;
  number: string;
  title: string;
  owner_id: string;
  parent_request_id: string | null;
  amount: string | null;
  currency: string | null;
  state_since: Date;
  read_at: Date;
  seq: string;
  initiator_id: string;
  self_ids: string[];
  beneficiary_ids: string[];
  separation: ApprovalState['separation'];
  unit_id: string;
  exposure: string | null;
  exposure_currency: string | null;
  subject_hash: string;
  measured: Measured | null;
  snapshots: FactSnapshot[] | null;
  stale: Stale | null;
  amends: Approved | null;
  request_kind: string | null;
  policy_kind: string;
  policy_version: number;
  policy_id: string;
  withdraw_policy: ApprovalState['withdrawPolicy'];
  retract_minutes: number;
  effect_delay_minutes: number;
  dedupe: ApprovalState['dedupe'];
  effect_at: Date | null;
  pending_return: ApprovalState['pendingReturn'];
  copied_to: string[] | null;
  reminded_at: Date | null;
  submitted_at: Date;
  closed_at: Date | null;
  stages: StageRow[] | null;
  seats: SeatRow[] | null;
}

const READ = `
  SELECT r.id, r.kind, r.subject_id, r.subject_version, r.number, r.title, r.owner_id, r.parent_request_id, r.amount::text AS amount, r.currency,
    r.state, r.state_since, r.seq, r.round, r.initiator_id, r.self_ids, r.beneficiary_ids, r.separation, r.unit_id, trim_scale(r.exposure)::text AS exposure,
    r.exposure_currency, r.subject_hash, r.measured, r.snapshots, r.stale, r.amends, r.request_kind, r.policy_kind, r.policy_version, r.policy_id, r.withdraw_policy, r.retract_minutes, r.effect_delay_minutes, r.dedupe, r.effect_at, r.returns,
    r.pending_return, (SELECT array_agg(c.person_id::text ORDER BY c.ordinal) FROM request_copy c WHERE c.request_id = r.id) AS copied_to, r.reminded_at, r.submitted_at, r.closed_at, clock_timestamp() AS read_at,
    (SELECT json_agg(s ORDER BY s.ordinal) FROM approval_stage s WHERE s.request_id = r.id AND s.round = r.round) AS stages,
    (SELECT json_agg(t ORDER BY t.id) FROM (
       SELECT a.id, a.weight, a.hops, a.origin, a.added, a.stand_in, a.past_holder_ids, a.ordinal, a.visit, a.version, a.retractions, a.sod_drift, a.state, a.code, a.same_as, a.why, a.stage_id, a.parent_id,
         a.owner_id, a.holder_id, a.group_name, a.opened_at, a.due_at, a.closed_at, a.rungs, a.envelope, a.urge_again_at,
         CASE WHEN d.seat_id IS NOT NULL THEN to_json(d) END AS decision
       FROM approval_seat a LEFT JOIN approval_decision d ON d.seat_id = a.id AND d.visit = a.visit AND d.retractions = a.retractions
       WHERE a.request_id = r.id AND a.round = r.round) t) AS seats
  FROM approval_request r WHERE r.id = $1`;

/** The request with the stages and seats of its present round, in one statement. Null when there is none. */
export async function readRequest(db: Reader, requestId: string): Promise<StoredRequest | null> {
  const [row] = await prepared<RequestRow>(db, READ, [requestId]);
  return row ? storedRequest(row) : null;
}

function storedRequest(row: RequestRow): StoredRequest {
  return {
    state: stateOf(row),
    kind: row.kind,
    subjectId: row.subject_id,
    subjectVersion: row.subject_version,
    number: row.number,
    title: row.title,
    ownerId: row.owner_id,
    parentRequestId: row.parent_request_id,
    amount:
      row.amount !== null && row.currency !== null ? { amount: row.amount, currency: row.currency } : null,
    stateSince: row.state_since.toISOString(),
    readAt: row.read_at.toISOString(),
  };
}

function stateOf(row: RequestRow): ApprovalState {
  const exposure =
    row.exposure !== null && row.exposure_currency !== null
      ? { amount: row.exposure, currency: row.exposure_currency }
      : null;
  return {
    id: row.id,
    state: row.state,
    seq: Number(row.seq),
    round: row.round,
    initiatorId: row.initiator_id,
    selfIds: row.self_ids,
    beneficiaryIds: row.beneficiary_ids,
    separation: row.separation,
    unitId: row.unit_id,
    exposure,
    subjectHash: row.subject_hash,
    ...(row.measured ? { measured: row.measured } : {}),
    ...(row.snapshots ? { snapshots: row.snapshots } : {}),
    ...(row.request_kind ? { requestKind: row.request_kind } : {}),
    stale: row.stale,
    amends: row.amends,
    policy: { kind: row.policy_kind, version: row.policy_version, id: row.policy_id },
    withdrawPolicy: row.withdraw_policy,
    retractMinutes: row.retract_minutes,
    effectDelayMinutes: row.effect_delay_minutes,
    dedupe: row.dedupe,
    effectAt: row.effect_at?.toISOString() ?? null,
    returns: row.returns,
    pendingReturn: row.pending_return,
    ...(row.copied_to ? { copiedTo: row.copied_to } : {}),
    remindedAt: row.reminded_at?.toISOString() ?? null,
    stages: (row.stages ?? []).map(stageOf),
    seats: (row.seats ?? []).map(seatOf),
    submittedAt: row.submitted_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
  };
}

function stageOf(row: StageRow): Stage {
  return {
    id: row.id,
    spec: row.spec,
    why: row.why,
    fixedPersonIds: row.fixed_person_ids,
    named: row.named ?? null,
    carriedYes: row.carried_yes,
    ...(row.carried ? { carried: row.carried } : {}),
    childId: row.child_id,
    claim: row.claim,
    ...(row.passed_by.length === 0 ? {} : { passedBy: row.passed_by }),
    visit: row.visit,
    state: row.state,
    code: row.code,
    openedAt: instant(row.opened_at),
    closedAt: instant(row.closed_at),
  };
}

function seatOf(row: SeatRow): Seat {
  return {
    id: row.id,
    stageId: row.stage_id,
    parentId: row.parent_id,
    ownerId: row.owner_id,
    holderId: row.holder_id,
    weight: row.weight,
    hops: row.hops,
    group: row.group_name,
    origin: row.origin,
    added: row.added,
    standIn: row.stand_in,
    pastHolderIds: row.past_holder_ids,
    ordinal: row.ordinal,
    visit: row.visit,
    version: row.version,
    ...(row.retractions ? { retractions: row.retractions } : {}),
    state: row.state,
    code: row.code,
    sameAs: row.same_as,
    why: row.why,
    openedAt: instant(row.opened_at),
    dueAt: instant(row.due_at),
    rungs: row.rungs,
    ...(row.urge_again_at === null ? {} : { urgeAgainAt: instant(row.urge_again_at) }),
    envelope: row.envelope,
    decision: row.decision && decisionOf(row.decision),
    ...(row.sod_drift ? { sodDrift: row.sod_drift } : {}),
    closedAt: instant(row.closed_at),
  };
}

function decisionOf(row: DecisionRow): SeatDecision {
  return {
    action: row.action,
    actor: row.actor,
    onBehalfOf: row.on_behalf_of,
    comment: row.comment,
    subjectHash: row.subject_hash,
    ...(row.envelope ? { envelope: row.envelope } : {}),
    at: new Date(row.at).toISOString(),
    ...(row.edited ? { edited: true as const } : {}),
    ...(row.attachments ? { attachments: row.attachments } : {}),
    ...(row.signature === null ? {} : { signature: row.signature }),
  };
}

function instant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}
