import { prepared, type Reader } from '../../db/prepared.js';
import type { MatchedRow } from '../../domain/approval/model.js';
import type { Plan } from '../../domain/approval/plan.js';
import type { ApprovalPolicyContent } from '../../domain/approval/policy.js';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import type { JsonObject } from '../../domain/json.js';
import type { Viewer } from '../org/scope.js';

export interface RoundRow {
  round: number;
  /** 0: as it was submitted; else as an approver left it (AE-SUB-2), or as it is judged since (`moved`) */
  edit: number;
  /** its content is the one before, what that is judged by is not */
  moved: boolean;
  facts: Record<string, unknown>;
  document: JsonObject;
  confidential: JsonObject | null;
  plan: Plan;
  plan_hash: string;
  matched: MatchedRow[];
  changed: boolean;
  comment: string | null;
  submitted_at: Date;
  policy_kind: string;
  policy_version: number;
  inputs: ApprovalPolicyContent['inputs'];
  /** all there are in the policy, asked in this round or not */
  stages: Pick<StageSpec, 'key' | 'title'>[];
  /** what somebody sees who only got a copy; null: all that is not confidential (AE-CC-1) */
  cc_fields: string[] | null;
  ladders: ApprovalPolicyContent['ladders'];
  unit: { id: string; name: string; kind: string } | null;
  approved_by_viewer: boolean;
}

/** The rounds of a request, and after each what approvers made of its content; confidential parts only for whoever may see cost. */
export async function requestRounds(db: Reader, requestId: string, viewer: Viewer): Promise<RoundRow[]> {
  return prepared<RoundRow>(
    db,
    `SELECT o.round, o.edit, o.moved, o.facts, o.document, CASE WHEN $3::boolean THEN o.confidential END AS confidential, o.plan, o.plan_hash,
       o.matched, o.changed, o.comment, o.submitted_at, p.kind AS policy_kind, p.version AS policy_version,
       p.content->'inputs' AS inputs, p.content->'ccFields' AS cc_fields, p.content->'ladders' AS ladders,
       (SELECT coalesce(json_agg(json_build_object('key', s->>'key', 'title', s->>'title')), '[]') FROM json_array_elements(p.content->'stages') s) AS stages,
       (SELECT json_build_object('id', u.id, 'name', u.name, 'kind', u.kind)
        FROM org_unit u JOIN approval_request r ON r.unit_id = u.id WHERE r.id = o.request_id) AS unit,
       EXISTS (SELECT 1 FROM approval_decision d JOIN approval_seat a ON a.id = d.seat_id AND a.retractions = d.retractions
               WHERE d.request_id = o.request_id AND d.round = o.round AND d.subject_hash = o.subject_hash
               AND d.at >= o.at AND (o.until IS NULL OR d.at < o.until)
               AND d.actor = $2::uuid::text AND d.action = 'APPROVE') AS approved_by_viewer
     FROM (SELECT c.*, lead(c.at) OVER (PARTITION BY c.round ORDER BY c.edit) AS until FROM (
       SELECT request_id, round, 0 AS edit, false AS moved, submitted_at AS at, policy_id, subject_hash, facts, document, confidential, plan, plan_hash, matched,
         changed, comment, submitted_at FROM approval_round WHERE request_id = $1
       UNION ALL
       SELECT e.request_id, e.round, e.edit, e.seat_id IS NULL, e.at, r.policy_id, e.subject_hash, e.facts, e.document, e.confidential, e.plan,
         e.plan_hash, e.matched, r.changed, NULL, r.submitted_at
       FROM approval_edit e JOIN approval_round r ON r.request_id = e.request_id AND r.round = e.round WHERE e.request_id = $1
     ) c) o JOIN policy_version p ON p.id = o.policy_id ORDER BY o.round, o.edit`,
    [requestId, viewer.personId, viewer.permissions['cost:read'] !== undefined],
  );
}
