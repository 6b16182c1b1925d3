import type { EntityManager } from 'typeorm';
import { prepared } from '../../db/prepared.js';
import type { ApprovalEvent } from '../../domain/approval/events.js';
import { evolve } from '../../domain/approval/evolve.js';
import { earliestDueAt, nextRungAt } from '../../domain/approval/ladder.js';
import type { ApprovalState, Seat, Stage } from '../../domain/approval/model.js';

export interface Change {
  before: ApprovalState | null;
  after: ApprovalState;
  events: readonly ApprovalEvent[];
  kind: string;
  /** ISO instant of the transaction */
  at: string;
}

/** Only rows that changed, in one statement: unchanged stages and seats keep their identity through `evolve`. */
const SAVE = `
  WITH request AS (
    UPDATE approval_request SET state = x.state, initiator_id = x.initiator_id, seq = x.seq, round = x.round, subject_hash = x.subject_hash, measured = x.measured, snapshots = x.snapshots, stale = x.stale, amends = x.amends,
      exposure = x.exposure, exposure_currency = x.exposure_currency, self_ids = x.self_ids, beneficiary_ids = x.beneficiary_ids,
      separation = x.separation, unit_id = x.unit_id,
      request_kind = x.request_kind, policy_version = x.policy_version, policy_id = x.policy_id, policy_kind = x.policy_kind,
      withdraw_policy = x.withdraw_policy, retract_minutes = x.retract_minutes, effect_delay_minutes = x.effect_delay_minutes, dedupe = x.dedupe,
      effect_at = x.effect_at, returns = x.returns, pending_return = x.pending_return, reminded_at = x.reminded_at,
      stage_title = x.stage_title, due_at = x.due_at, next_rung_at = x.next_rung_at, submitted_at = x.submitted_at,
      closed_at = x.closed_at, state_since = coalesce(x.state_since, approval_request.state_since)
    FROM jsonb_to_record($1::jsonb) AS x(id uuid, state varchar, initiator_id uuid, seq bigint, round int, subject_hash char(64), measured jsonb, snapshots jsonb, stale jsonb, amends jsonb,
      exposure numeric, exposure_currency char(3), self_ids uuid[], beneficiary_ids uuid[], separation jsonb, unit_id uuid, request_kind varchar, policy_version int, policy_id uuid,
      policy_kind varchar, withdraw_policy varchar, retract_minutes int, effect_delay_minutes int, dedupe varchar, effect_at timestamptz, returns int, pending_return jsonb, reminded_at timestamptz, stage_title varchar,
      due_at timestamptz, next_rung_at timestamptz, submitted_at timestamptz, closed_at timestamptz, state_since timestamptz)
    WHERE approval_request.id = x.id
  ), stage AS (
    INSERT INTO approval_stage (id, request_id, round, ordinal, key, title, spec, why, fixed_person_ids, named, carried_yes, carried, passed_by, child_id, claim, visit,
      state, code, opened_at, closed_at)
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS x(id uuid, request_id uuid, round int, ordinal int, key varchar,
      title varchar, spec jsonb, why jsonb, fixed_person_ids jsonb, named jsonb, carried_yes jsonb, carried jsonb, passed_by jsonb, child_id uuid, claim jsonb, visit int, state varchar,
      code varchar, opened_at timestamptz, closed_at timestamptz)
    ON CONFLICT (id) DO UPDATE SET ordinal = excluded.ordinal, spec = excluded.spec, why = excluded.why, fixed_person_ids = excluded.fixed_person_ids, carried = excluded.carried, named = excluded.named, carried_yes = excluded.carried_yes, child_id = excluded.child_id, claim = excluded.claim, visit = excluded.visit, state = excluded.state,
      code = excluded.code, opened_at = excluded.opened_at, closed_at = excluded.closed_at
  ), seat AS (
    INSERT INTO approval_seat (id, request_id, stage_id, parent_id, round, visit, owner_id, holder_id, weight, hops, group_name,
      origin, added, stand_in, past_holder_ids, ordinal, version, retractions, sod_drift, state, code, same_as, why, opened_at, due_at, closed_at, rungs, envelope, kind, exposure, urge_again_at)
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, request_id uuid, stage_id uuid, parent_id uuid, round int,
      visit int, owner_id uuid, holder_id uuid, weight int, hops int, group_name varchar, origin varchar, added jsonb, stand_in jsonb, past_holder_ids uuid[], ordinal int, version int, retractions int, sod_drift varchar,
      state varchar, code varchar, same_as jsonb, why jsonb, opened_at timestamptz, due_at timestamptz, closed_at timestamptz,
      rungs jsonb, envelope jsonb, kind varchar, exposure numeric, urge_again_at timestamptz)
    ON CONFLICT (id) DO UPDATE SET owner_id = excluded.owner_id, holder_id = excluded.holder_id, version = excluded.version, retractions = excluded.retractions, sod_drift = excluded.sod_drift, state = excluded.state,
      hops = excluded.hops, stand_in = excluded.stand_in, past_holder_ids = excluded.past_holder_ids, code = excluded.code, same_as = excluded.same_as, envelope = excluded.envelope, opened_at = excluded.opened_at, due_at = excluded.due_at, closed_at = excluded.closed_at,
      rungs = excluded.rungs, urge_again_at = excluded.urge_again_at
  ), decision AS (
    INSERT INTO approval_decision (seat_id, visit, retractions, request_id, round, action, actor, on_behalf_of, comment, subject_hash, envelope, at, attachments, signature, edited)
    SELECT * FROM jsonb_to_recordset($4::jsonb) AS x(seat_id uuid, visit int, retractions int, request_id uuid, round int, action varchar,
      actor varchar, on_behalf_of uuid, comment varchar, subject_hash char(64), envelope jsonb, at timestamptz, attachments jsonb, signature text, edited boolean)
  )
  INSERT INTO approval_rung (seat_id, visit, rung_id, request_id, kind, targets, fired_at)
  SELECT * FROM jsonb_to_recordset($5::jsonb) AS x(seat_id uuid, visit int, rung_id varchar, request_id uuid, kind varchar,
    targets uuid[], fired_at timestamptz)`;

export async function saveChange(tx: EntityManager, change: Change): Promise<void> {
  const spans = roundsOf(change);
  await prepared(
    tx,
    SAVE,
    [
      requestRow(change),
      spans.flatMap(({ before, after }) =>
        after.stages
          .filter((stage, index) => before?.stages[index] !== stage)
          .map((stage) => stageRow(after, stage)),
      ),
      spans.flatMap((span) =>
        span.after.seats
          .filter((seat) => !span.before?.seats.includes(seat))
          .map((seat) => seatRow(span, seat)),
      ),
      decisionRows(change),
      rungRows(change),
    ].map((rows) => JSON.stringify(rows)),
  );
}

/** A change that leaves a round and begins the next in one command changes rows of both (AE-POL-2). */
function roundsOf(change: Change): Change[] {
  const { before, events } = change;
  const leaves = events.findIndex(({ type }) => type === 'request.migrated');
  if (leaves < 0 || !before) return [change];
  const left = events.slice(0, leaves).reduce(evolve, before);
  return [
    { ...change, after: left },
    { ...change, before: left },
  ];
}

/** What the engine knows of a request, as its row shows it. */
export function requestRow({
  before,
  after,
  at,
}: Pick<Change, 'before' | 'after' | 'at'>): Record<string, unknown> {
  const moved = before?.state !== after.state || before.round !== after.round;
  return {
    id: after.id,
    state: after.state,
    initiator_id: after.initiatorId,
    state_since: moved ? at : null,
    seq: after.seq,
    round: after.round,
    subject_hash: after.subjectHash,
    measured: after.measured ?? null,
    snapshots: after.snapshots ?? null,
    stale: after.stale ?? null,
    amends: after.amends ?? null,
    exposure: after.exposure?.amount ?? null,
    exposure_currency: after.exposure?.currency ?? null,
    self_ids: after.selfIds,
    beneficiary_ids: after.beneficiaryIds,
    separation: after.separation,
    unit_id: after.unitId,
    request_kind: after.requestKind ?? null,
    policy_version: after.policy.version,
    policy_id: after.policy.id,
    policy_kind: after.policy.kind,
    withdraw_policy: after.withdrawPolicy,
    retract_minutes: after.retractMinutes,
    effect_delay_minutes: after.effectDelayMinutes,
    dedupe: after.dedupe,
    effect_at: after.effectAt,
    returns: after.returns,
    pending_return: after.pendingReturn,
    reminded_at: after.remindedAt,
    stage_title: stageTitle(after),
    due_at: earliestDueAt(after),
    next_rung_at: nextRungAt(after),
    submitted_at: after.submittedAt,
    closed_at: after.closedAt,
  };
}

function stageTitle({ state, stages }: ApprovalState): string | null {
  const running = stages.filter((stage) => stage.state === 'ACTIVE' || stage.state === 'BLOCKED');
  return state === 'PENDING' && running.length > 0
    ? running
        .map(({ spec }) => spec.title)
        .join(' + ')
        .slice(0, 400)
    : null;
}

function stageRow({ id, round, stages }: ApprovalState, stage: Stage): Record<string, unknown> {
  return {
    id: stage.id,
    request_id: id,
    round,
    ordinal: stages.indexOf(stage),
    key: stage.spec.key,
    title: stage.spec.title,
    spec: stage.spec,
    why: stage.why,
    fixed_person_ids: stage.fixedPersonIds,
    named: stage.named ?? null,
    carried_yes: stage.carriedYes,
    passed_by: stage.passedBy ?? [],
    carried: stage.carried ?? null,
    child_id: stage.childId,
    claim: stage.claim ?? null,
    visit: stage.visit,
    state: stage.state,
    code: stage.code,
    opened_at: stage.openedAt,
    closed_at: stage.closedAt,
  };
}

function seatRow({ after, kind }: Change, seat: Seat): Record<string, unknown> {
  return {
    id: seat.id,
    request_id: after.id,
    stage_id: seat.stageId,
    parent_id: seat.parentId,
    round: after.round,
    visit: seat.visit,
    owner_id: seat.ownerId,
    holder_id: seat.holderId,
    weight: seat.weight,
    hops: seat.hops,
    group_name: seat.group,
    origin: seat.origin,
    added: seat.added,
    stand_in: seat.standIn ?? null,
    past_holder_ids: seat.pastHolderIds ?? [],
    ordinal: seat.ordinal,
    version: seat.version,
    retractions: seat.retractions ?? 0,
    state: seat.state,
    sod_drift: seat.sodDrift ?? null,
    code: seat.code,
    same_as: seat.sameAs ?? null,
    why: seat.why,
    opened_at: seat.openedAt,
    due_at: seat.dueAt,
    closed_at: seat.closedAt,
    rungs: seat.rungs,
    envelope: seat.envelope ?? null,
    kind,
    exposure: after.exposure?.amount ?? null,
    urge_again_at: seat.urgeAgainAt ?? null,
  };
}

function decisionRows({ after, events }: Change): Record<string, unknown>[] {
  return events.flatMap((event) => {
    if (event.type !== 'seat.decided') return [];
    const { decision, seatId } = event;
    const seat = after.seats.find(({ id }) => id === seatId);
    return {
      seat_id: seatId,
      visit: seat?.visit,
      retractions: seat?.retractions ?? 0,
      request_id: after.id,
      round: after.round,
      action: decision.action,
      actor: decision.actor,
      on_behalf_of: decision.onBehalfOf,
      comment: decision.comment,
      subject_hash: decision.subjectHash,
      envelope: decision.envelope ?? null,
      at: decision.at,
      attachments: decision.attachments ?? null,
      signature: decision.signature ?? null,
      edited: decision.edited ?? false,
    };
  });
}

function rungRows({ after, events }: Change): Record<string, unknown>[] {
  return events.flatMap((event) => {
    if (event.type !== 'rung.fired') return [];
    const { seatId, visit, rungId, kind, targets, at } = event;
    return { seat_id: seatId, visit, rung_id: rungId, request_id: after.id, kind, targets, fired_at: at };
  });
}
