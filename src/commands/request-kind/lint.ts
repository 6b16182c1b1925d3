import type { EntityManager } from 'typeorm';
import type { PolicyInput } from '../../domain/approval/policy.js';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { lintKind, type RoutingPolicy } from '../../policy/request-kind/lint.js';
import { isError, type PolicyProblem } from '../../policy/problem.js';

const MOST_REPORTED = 200;
const MOST_IN_REFUSAL = 50;

/** Everything wrong with what would become a version of a kind, under the policy in force now. Errors first. */
export async function lintKindContent(tx: EntityManager, content: Json): Promise<PolicyProblem[]> {
  const policyKind = (content as { policyKind?: unknown } | null)?.policyKind;
  const policy = typeof policyKind === 'string' ? await routingPolicy(tx, policyKind) : null;
  return lintKind(content, policy).slice(0, MOST_REPORTED);
}

/** @throws DomainError KIND_ERROR with the problems that stand against it */
export async function mustLintKind(tx: EntityManager, content: Json): Promise<void> {
  const errors = (await lintKindContent(tx, content)).filter(isError);
  if (errors.length > 0) throw new DomainError('KIND_ERROR', { problems: errors.slice(0, MOST_IN_REFUSAL) });
}

async function routingPolicy(tx: EntityManager, policyKind: string): Promise<RoutingPolicy> {
  const [row] = await tx.query<{ inputs: PolicyInput[]; stages: { key: string }[] }[]>(
    `SELECT content->'inputs' AS inputs, content->'stages' AS stages FROM policy_version WHERE kind = $1 AND valid @> now()`,
    [policyKind],
  );
  return row ? { inputs: row.inputs, stageKeys: row.stages.map(({ key }) => key) } : null;
}
