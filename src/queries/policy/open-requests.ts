import type { Reader } from '../../db/prepared.js';
import { money } from '../inbox/inbox-item.js';
import { scopeCondition, type Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';

/** A request that waits for approvers, or for its initiator, under another version than the one it could be moved to. */
export interface OpenRequest {
  requestId: string;
  number: string;
  title: string;
  amount: { amount: string; currency: string } | null;
  policyVersion: number;
  submittedAt: string;
}

interface Row {
  id: string;
  number: string;
  title: string;
  amount: string | null;
  currency: string | null;
  policy_version: number;
  submitted_at: Date;
}

/** Open requests of the policy's kind that are not on this version, in the order of their ids; those the viewer may see. */
export async function openRequestsOffVersion(
  db: Reader,
  viewer: Viewer,
  policy: { id: string; kind: string },
  { limit, after }: Slice,
): Promise<Sliced<OpenRequest>> {
  const columns = { ownerId: 'r.initiator_id', unitId: 'r.unit_id' };
  const scope = scopeCondition(viewer, 'approval:read', columns, 5);
  const rows = await db.query<Row[]>(
    `SELECT r.id, r.number, r.title, r.amount::text AS amount, r.currency, r.policy_version, r.submitted_at
     FROM approval_request r
     WHERE r.state IN ('PENDING', 'RETURNED') AND r.policy_kind = $1 AND r.policy_id <> $2 AND ($3::uuid IS NULL OR r.id > $3) AND ${scope.sql}
     ORDER BY r.id LIMIT $4`,
    [policy.kind, policy.id, after?.[0] ?? null, limit + 1, ...scope.params],
  );
  return cutSlice(rows, limit, openRequest, ({ id }) => [id]);
}

function openRequest({ id, amount, currency, policy_version, submitted_at, ...row }: Row): OpenRequest {
  return {
    ...row,
    requestId: id,
    amount: money(amount, currency),
    policyVersion: policy_version,
    submittedAt: submitted_at.toISOString(),
  };
}
