import type { EntityManager } from 'typeorm';
import type { ApprovalPolicyContent } from '../../domain/approval/policy.js';
import { DomainError } from '../../domain/errors.js';
import { activePolicy } from '../policy/policy.js';

export interface ApprovalPolicy {
  id: string;
  kind: string;
  version: number;
  content: ApprovalPolicyContent;
}

const MAX_KEPT = 50;
/** Published versions are immutable (AE-POL-1): read once, kept as one object, which the table evaluator relies on. */
const kept = new Map<string, ApprovalPolicy>();

/** The version in force now: what a new round pins. */
export async function approvalPolicyAt(tx: EntityManager, kind: string, at: string): Promise<ApprovalPolicy> {
  const active = await activePolicy<ApprovalPolicyContent>(tx, kind, at);
  return kept.get(active.id) ?? keep(active);
}

/** The version a round has pinned. */
export async function approvalPolicyOf(tx: EntityManager, id: string): Promise<ApprovalPolicy> {
  const known = kept.get(id);
  if (known) return known;
  const [row] = await tx.query<ApprovalPolicy[]>(
    `SELECT id, kind, version, content FROM policy_version WHERE id = $1`,
    [id],
  );
  if (!row) throw new DomainError('POLICY_ERROR', { reason: 'unknown policy version', policyId: id });
  return keep(row);
}

/** AE-RES-1: the version a returned request was submitted under, when that says its resubmissions stay with it; else null. */
export async function pinnedFor(tx: EntityManager, id: string): Promise<ApprovalPolicy | null> {
  const policy = await approvalPolicyOf(tx, id);
  return policy.content.resubmitPolicy === 'PINNED' ? policy : null;
}

function keep(policy: ApprovalPolicy): ApprovalPolicy {
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(policy.id, policy);
  return policy;
}
