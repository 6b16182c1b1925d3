import { prepared, type Reader } from '../../db/prepared.js';
import type { MatchedRow } from '../../domain/approval/model.js';
import type { Plan } from '../../domain/approval/plan.js';
import type { ApprovalPolicyContent } from '../../domain/approval/policy.js';
import type { JsonObject } from '../../domain/json.js';
import type { Viewer } from '../org/scope.js';

export interface RoundRow {
  round: number;
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
  /** what somebody sees who only got a copy; null: all that is not confidential (AE-CC-1) */
  cc_fields: string[] | null;
  ladders: ApprovalPolicyContent['ladders'];
  unit: { id: string; name: string; kind: string } | null;
  approved_by_viewer: boolean;
}

/** The rounds of a request; confidential parts only for whoever may see cost. */
export async function requestRounds(db: Reader, requestId: string, viewer: Viewer): Promise<RoundRow[]> {
  return prepared<RoundRow>(
    db,
    `SELECT o.round, o.facts, o.document, CASE WHEN $3::boolean THEN o.confidential END AS confidential, o.plan, o.plan_hash,
       o.matched, o.changed, o.comment, o.submitted_at, p.kind AS policy_kind, p.version AS policy_version,
       p.content->'inputs' AS inputs, p.content->'ccFields' AS cc_fields, p.content->'ladders' AS ladders,
       (SELECT json_build_object('id', u.id, 'name', u.name, 'kind', u.kind)
        FROM org_unit u JOIN approval_request r ON r.unit_id = u.id WHERE r.id = o.request_id) AS unit,
       EXISTS (SELECT 1 FROM approval_decision d JOIN approval_seat a ON a.id = d.seat_id AND a.retractions = d.retractions
               WHERE d.request_id = o.request_id AND d.round = o.round
               AND d.actor = $2::uuid::text AND d.action = 'APPROVE') AS approved_by_viewer
     FROM approval_round o JOIN policy_version p ON p.id = o.policy_id
     WHERE o.request_id = $1 ORDER BY o.round`,
    [requestId, viewer.personId, viewer.permissions['cost:read'] !== undefined],
  );
}
