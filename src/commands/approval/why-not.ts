import type { EntityManager } from 'typeorm';
import { readRequest } from '../../db/approval-state.js';
import type { Dropped } from '../../domain/approval/events.js';
import type { ApprovalState, MatchedRow, SeatReason } from '../../domain/approval/model.js';
import type { Plan } from '../../domain/approval/plan.js';
import type { ApprovalPolicyContent } from '../../domain/approval/policy.js';
import { staffStage } from '../../domain/approval/resolve.js';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import { DomainError } from '../../domain/errors.js';
import type { DirectorySnapshot } from '../../domain/org/directory.js';
import { bindStages } from '../../policy/bind.js';
import { explainRows, type RowVerdict, type UnmetCondition } from '../../policy/explain.js';
import type { Facts } from '../../policy/facts.js';
import { approvalPolicyOf } from './policy-content.js';
import { directoryOf, type RoundWho } from './snapshot.js';

/** A rule that would ask for a stage, and why it did not. */
export interface RuleVerdict {
  rowId: string;
  rule: string;
  /** MET: it asks for the stage · OUTRANKED: it holds, but a higher level of its group decides · UNMET */
  verdict: 'MET' | 'OUTRANKED' | 'UNMET';
  /** of UNMET; `cell` and `value` are null where the viewer may not see them (AE-PLAN-4) */
  unmet: (Pick<UnmetCondition, 'input'> & { [K in 'cell' | 'value']: UnmetCondition[K] | null }) | null;
}

/** One stage of the policy, and where the person stands in it. */
export interface StageVerdict {
  key: string;
  title: string;
  /** some rule asked for it */
  asked: boolean;
  /**
   * ASKED has or had a seat in it · DROPPED would have been asked but for `code` · NOT_NAMED others are asked, not them ·
   * STAGE_NOT_ASKED they would have been asked, had a rule asked for the stage · UNKNOWN the organisation of then was not kept
   */
  person: 'ASKED' | 'DROPPED' | 'NOT_NAMED' | 'STAGE_NOT_ASKED' | 'UNKNOWN';
  /** of DROPPED */
  code: Dropped['code'] | null;
  /** of ASKED */
  why: readonly SeatReason[];
  /** the rules that ask for the stage, or would */
  rules: RuleVerdict[];
}

export interface WhyNot {
  /** in the order of the policy; stages in which the person has no part either way come last */
  stages: StageVerdict[];
  policy: { kind: string; version: number };
}

interface Evaluation {
  state: ApprovalState;
  content: ApprovalPolicyContent;
  facts: Facts;
  plan: Plan;
  matched: readonly MatchedRow[];
  who: RoundWho | null;
  directory: DirectorySnapshot | null;
  /** facts that are among the round's confidential figures */
  confidential: readonly string[];
  dropped: ReadonlyMap<string, readonly Dropped[]>;
}

/**
 * "Why was this person not asked?", from what was stored when the present round was planned: its facts, rows and people
 * (never those of today), and whoever was passed over when its stages opened. Reads only.
 * @param may what the viewer may see besides the request
 * @throws DomainError NOT_FOUND
 */
export async function whyNot(
  db: EntityManager,
  requestId: string,
  personId: string,
  may: { rules: boolean; confidential: boolean },
): Promise<WhyNot> {
  const evaluation = await evaluationOf(db, requestId);
  const { content, facts, matched, state } = evaluation;
  const counted = new Set(matched.map(({ rowId }) => rowId));
  const rows = explainRows(content, facts).map((row) => ({
    stageKeys: row.stageKeys,
    rule: inSight(ruleVerdict(row, counted), evaluation.confidential, may),
  }));
  const stages = content.stages.map((spec) => ({
    ...personIn(evaluation, spec, personId),
    rules: rows.filter(({ stageKeys }) => stageKeys.includes(spec.key)).map(({ rule }) => rule),
  }));
  const apart = ({ person }: StageVerdict) => person === 'NOT_NAMED';
  return {
    stages: [...stages.filter((stage) => !apart(stage)), ...stages.filter(apart)],
    policy: { kind: state.policy.kind, version: state.policy.version },
  };
}

function ruleVerdict({ rowId, rule, unmet }: RowVerdict, counted: ReadonlySet<string>): RuleVerdict {
  if (unmet) return { rowId, rule, verdict: 'UNMET', unmet };
  return { rowId, rule, verdict: counted.has(rowId) ? 'MET' : 'OUTRANKED', unmet: null };
}

/** AE-PLAN-4: no figure leaves through a rule that the viewer would not be shown as a fact, no cell of the table without the right to read policies. */
function inSight(
  { unmet, ...rule }: RuleVerdict,
  confidential: readonly string[],
  may: { rules: boolean; confidential: boolean },
): RuleVerdict {
  if (!unmet) return { ...rule, unmet };
  const hidden = !may.confidential && confidential.includes(unmet.input.name);
  return {
    ...rule,
    unmet: {
      input: unmet.input,
      cell: may.rules && !hidden ? unmet.cell : null,
      value: hidden ? null : unmet.value,
    },
  };
}

function personIn(
  { state, plan, facts, who, directory, dropped }: Evaluation,
  spec: StageSpec,
  personId: string,
): Omit<StageVerdict, 'rules'> {
  const { key, title } = spec;
  const planned = plan.stages.find((stage) => stage.spec.key === key);
  const stage = { key, title, asked: planned !== undefined, code: null, why: [] };
  const seat = seatOf(state, key, personId);
  if (seat) return { ...stage, person: 'ASKED', why: seat.why };
  const passedOver = [...(planned?.dropped ?? []), ...(dropped.get(key) ?? [])].find(
    (one) => one.personId === personId,
  );
  if (passedOver) return { ...stage, person: 'DROPPED', code: passedOver.code };
  if (planned) {
    const foreseen = planned.seats.find((one) => one.ownerId === personId || one.holderId === personId);
    return foreseen ? { ...stage, person: 'ASKED', why: foreseen.why } : { ...stage, person: 'NOT_NAMED' };
  }
  if (!directory || !who) return { ...stage, person: 'UNKNOWN' };
  const [bound] = bindStages([spec], new Set([key]), facts);
  const staffing = staffStage(bound!, { ...who, chosen: { [key]: who.approverIds } }, directory);
  const named = staffing.seats.some((one) => one.ownerId === personId || one.holderId === personId);
  return { ...stage, person: named ? 'STAGE_NOT_ASKED' : 'NOT_NAMED' };
}

function seatOf(state: ApprovalState, stageKey: string, personId: string) {
  const stage = state.stages.find(({ spec }) => spec.key === stageKey);
  return state.seats
    .filter(({ stageId }) => stageId === stage?.id)
    .find(
      ({ ownerId, holderId, pastHolderIds = [] }) =>
        ownerId === personId || holderId === personId || pastHolderIds.includes(personId),
    );
}

interface RoundRow {
  facts: Facts;
  plan: Plan;
  matched: MatchedRow[];
  who: RoundWho | null;
  revision: string;
  at: Date;
  snapshot: unknown;
  confidential: string[] | null;
  dropped: { stage_id: string; dropped: Dropped[] }[] | null;
}

async function evaluationOf(db: EntityManager, requestId: string): Promise<Evaluation> {
  const stored = await readRequest(db, requestId);
  if (!stored) throw new DomainError('NOT_FOUND', { requestId });
  const { state } = stored;
  const [row] = await db.query<RoundRow[]>(
    `SELECT o.facts, o.plan, o.matched, o.who, o.directory_revision AS revision, o.submitted_at AS at, s.content AS snapshot,
       (SELECT array_agg(k) FROM jsonb_object_keys(CASE WHEN jsonb_typeof(o.confidential) = 'object' THEN o.confidential END) k)
         AS confidential,
       (SELECT json_agg(json_build_object('stage_id', e.payload->>'stageId', 'dropped', e.payload->'dropped') ORDER BY e.seq)
        FROM event e WHERE e.aggregate_kind = 'request' AND e.aggregate_id = o.request_id
          AND e.type IN ('stage.activated', 'stage.blocked', 'stage.skipped')) AS dropped
     FROM approval_content o LEFT JOIN org_snapshot s ON s.hash = o.snapshot_hash
     WHERE o.request_id = $1 AND o.round = $2`,
    [requestId, state.round],
  );
  if (!row) throw new DomainError('NOT_FOUND', { requestId });
  const { facts, plan, matched, who, revision, at, snapshot, confidential } = row;
  const { content } = await approvalPolicyOf(db, state.policy.id);
  return {
    state,
    content,
    facts,
    plan,
    matched,
    who,
    directory: snapshot === null ? null : directoryOf(snapshot, { revision, at: at.toISOString() }),
    confidential: confidential ?? [],
    dropped: byStage(state, row.dropped ?? []),
  };
}

/** Of the present round: stages of earlier ones have other ids. */
function byStage(
  { stages }: ApprovalState,
  openings: readonly { stage_id: string; dropped: Dropped[] }[],
): Map<string, Dropped[]> {
  return new Map(
    stages.map(({ id, spec }) => [
      spec.key,
      openings.filter(({ stage_id }) => stage_id === id).flatMap(({ dropped }) => dropped),
    ]),
  );
}
