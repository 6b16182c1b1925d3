import type { EntityManager } from 'typeorm';
import { inputsOfSubject, type SourceRule } from '../../domain/approval/fact-source.js';
import type { PolicyInput } from '../../domain/approval/policy.js';
import type { Json } from '../../domain/json.js';
import { isError, type PolicyProblem } from '../../policy/problem.js';
import { lintKind, type RoutingPolicy } from '../../policy/request-kind/lint.js';

/**
 * Everything wrong with what would become a version of a kind, under the policy that routes it: the version in force and
 * the one that is to come, whose approval has looked at the kinds of its day only.
 */
export async function lintKindContent(tx: EntityManager, content: Json): Promise<PolicyProblem[]> {
  const found = (await routingPolicies(tx, routedBy(content))).flatMap((policy) => lintKind(content, policy));
  const once = [...new Map(found.map((problem) => [`${problem.at} ${problem.message}`, problem])).values()];
  return [...once.filter(isError), ...once.filter((problem) => !isError(problem))];
}

/** The policy a content names, whatever else it says; null: none. */
export function routedBy(content: Json): string | null {
  const policyKind = (content as { policyKind?: unknown } | null)?.policyKind;
  return typeof policyKind === 'string' ? policyKind : null;
}

interface Row {
  inputs: PolicyInput[];
  sources: SourceRule[] | null;
  stages: { key: string }[];
  active: boolean;
}

async function routingPolicies(tx: EntityManager, policyKind: string | null): Promise<RoutingPolicy[]> {
  const rows = await tx.query<Row[]>(
    `SELECT content->'inputs' AS inputs, content->'sources' AS sources, content->'stages' AS stages, valid @> now() AS active
     FROM policy_version
     WHERE kind = $1 AND kind LIKE 'approval.%' AND (upper_inf(valid) OR upper(valid) > now())`,
    [policyKind],
  );
  const policies = rows.map(({ inputs, sources, stages }) => ({
    inputs: inputsOfSubject(inputs, sources),
    stageKeys: stages.map(({ key }) => key),
  }));
  return rows.some(({ active }) => active) ? policies : [null, ...policies];
}
