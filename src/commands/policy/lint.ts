import type { EntityManager } from 'typeorm';
import { inputsOfSubject, type SourceRule } from '../../domain/approval/fact-source.js';
import type { ApprovalPolicyContent, PolicyInput } from '../../domain/approval/policy.js';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { pipelineOfKind } from '../../domain/opportunity/pipeline.js';
import { answerCases, type CaseAnswer } from '../../policy/cases.js';
import { KIND_KEY, requestKindOfPolicy } from '../../domain/request-kind/kind.js';
import { lintCollection } from '../../policy/lint-collection.js';
import { lintContract } from '../../policy/lint-contract.js';
import { lintCredit } from '../../policy/lint-credit.js';
import { lintPipeline } from '../../policy/lint-pipeline.js';
import { lintPricing } from '../../policy/lint-pricing.js';
import type { KnownKinds } from '../../policy/lint-stages.js';
import { keepsFromRunning, lintPolicy } from '../../policy/lint.js';
import { isError, policyProblems, type PolicyProblem, type TableProblem } from '../../policy/problem.js';
import { malformedParts } from '../../policy/malformed.js';
import { isApprovalContent } from '../../policy/shape.js';
import { readTable } from '../../policy/table.js';
import { BUILT_IN_KINDS, type BuiltInKind, type GivenFact } from '../../domain/request-kind/built-in.js';
import { transactionTime } from '../events.js';
import { wholeDirectory } from '../org/directory.js';
import { lintKindContent } from '../request-kind/lint.js';

export interface ToLint {
  kind: string;
  content: Json;
}

const MOST_REPORTED = 200;
const MOST_IN_REFUSAL = 50;

/**
 * Everything wrong with what would become a version of a policy, on the organisation and the other policies of now.
 * Errors first. @throws DomainError POLICY.KIND there is no such kind
 */
export async function lintContent(tx: EntityManager, { kind, content }: ToLint): Promise<PolicyProblem[]> {
  const alone = await withoutTable(tx, { kind, content });
  if (alone) return alone.slice(0, MOST_REPORTED);
  if (!isApprovalContent(content)) return malformed(content);
  const directory = await wholeDirectory(tx, await transactionTime(tx));
  const problems = await lintPolicy(content, { kind, kinds: await knownKinds(tx), directory });
  const around = [...(await unknownOffices(tx, content)), ...(await lackingFacts(tx, kind, content))];
  return [...policyProblems(around), ...problems].slice(0, MOST_REPORTED);
}

/** @throws DomainError POLICY.KIND there is no such kind */
export function mustBeKind(kind: string): void {
  const key = requestKindOfPolicy(kind);
  const known =
    key === null
      ? /^(pricing|contract|collection|credit|pipeline\.[a-z]{1,40}|approval\.[a-z]{1,40})$/.test(kind)
      : KIND_KEY.test(key);
  if (!known) throw new DomainError('POLICY.KIND', { kind });
}

/** Everything wrong with parameters or a request kind; null for an approval policy, whose table is looked at with the organisation. */
async function withoutTable(tx: EntityManager, { kind, content }: ToLint): Promise<PolicyProblem[] | null> {
  mustBeKind(kind);
  if (requestKindOfPolicy(kind) !== null) return lintKindContent(tx, content);
  if (kind === 'pricing') return policyProblems(lintPricing(content));
  if (kind === 'credit') return policyProblems(lintCredit(content));
  if (kind === 'collection') return policyProblems(lintCollection(content));
  if (pipelineOfKind(kind) !== null) return policyProblems(lintPipeline(content));
  return kind === 'contract' ? policyProblems(lintContract(content)) : null;
}

/** Named at the stage or ladder that has not the form of one; else as a whole. */
function malformed(content: Json): PolicyProblem[] {
  const parts = malformedParts(content);
  return policyProblems(
    (parts.length > 0 ? parts : ['content']).map((at) => ({
      at,
      code: 'MALFORMED',
      message:
        at === 'content'
          ? 'jdm, inputs, stages, ladders and withdraw are needed, each in its form'
          : 'a field is missing or has not the form it needs',
    })),
  );
}

/**
 * The gate of every way into force: submitting for review and approving.
 * @throws DomainError POLICY_ERROR with the problems that stand against it · POLICY.KIND
 */
export async function mustLint(tx: EntityManager, policy: ToLint): Promise<void> {
  refuse(await lintContent(tx, policy));
}

/**
 * The same gate for what an installation begins with: there is nobody yet who could staff it.
 * @throws DomainError POLICY_ERROR · POLICY.KIND
 */
export async function mustLintAlone(tx: EntityManager, { kind, content }: ToLint): Promise<void> {
  const alone = await withoutTable(tx, { kind, content });
  refuse(alone ?? (isApprovalContent(content) ? await lintPolicy(content, { kind }) : malformed(content)));
}

function refuse(problems: readonly PolicyProblem[]): void {
  const errors = problems.filter(isError);
  if (errors.length > 0)
    throw new DomainError('POLICY_ERROR', { problems: errors.slice(0, MOST_IN_REFUSAL) });
}

/** @throws DomainError NOT_FOUND */
export async function draftToLint(tx: EntityManager, draftId: string): Promise<ToLint> {
  const [draft] = await tx.query<ToLint[]>(`SELECT kind, content FROM policy_draft WHERE id = $1`, [draftId]);
  if (!draft) throw new DomainError('NOT_FOUND', { draftId });
  return draft;
}

/** What the table answers to the cases written down with it; none while it cannot be run. */
export async function casesAnswered(
  { content }: ToLint,
  problems: readonly PolicyProblem[],
): Promise<CaseAnswer[]> {
  if (!isApprovalContent(content) || problems.some(keepsFromRunning)) return [];
  try {
    return await answerCases(content, readTable(content));
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}

async function knownKinds(tx: EntityManager): Promise<KnownKinds> {
  const rows = await tx.query<{ kind: string; inputs: PolicyInput[]; sources: SourceRule[] | null }[]>(
    `SELECT kind, content->'inputs' AS inputs, content->'sources' AS sources FROM policy_version WHERE kind LIKE 'approval.%' AND valid @> now()`,
  );
  return Object.fromEntries(
    rows.map(({ kind, inputs, sources }) => [kind, inputsOfSubject(inputs, sources)]),
  );
}

/** Stages whose clocks would run in the hours of an office that does not exist. */
async function unknownOffices(tx: EntityManager, { stages }: ApprovalPolicyContent): Promise<TableProblem[]> {
  const named = stages.flatMap(({ key, calendar }) =>
    calendar?.kind === 'OFFICE' ? [{ at: key, office: calendar.key }] : [],
  );
  if (named.length === 0) return [];
  const known = await tx.query<{ key: string }[]>(`SELECT key FROM office`);
  return named
    .filter(({ office }) => !known.some(({ key }) => key === office))
    .map(({ at, office }) => ({ at, code: 'UNKNOWN_OFFICE', message: `there is no office ${office}` }));
}

/** Inputs that a kind routed by this policy, in force or to come, does not give: its requests could not be started. */
async function lackingFacts(
  tx: EntityManager,
  policyKind: string,
  content: ApprovalPolicyContent,
): Promise<TableProblem[]> {
  const inputs = inputsOfSubject(content.inputs, content.sources);
  const ofData = await tx.query<{ kind: string; facts: GivenFact[] }[]>(
    `SELECT substr(kind, 9) AS kind, content->'facts' AS facts FROM policy_version
     WHERE kind LIKE 'request.%' AND (upper_inf(valid) OR upper(valid) > now()) AND content->>'policyKind' = $1
     ORDER BY kind, version`,
    [policyKind],
  );
  const ofCode = Object.entries<BuiltInKind>(BUILT_IN_KINDS)
    .filter(([, built]) => built.policyKind === policyKind)
    .map(([kind, { facts }]) => ({ kind, facts }));
  const lacking = [...ofCode, ...ofData].flatMap(({ kind, facts }) =>
    inputs
      .filter(({ name, type }) => facts && !facts.some((given) => given.name === name && given.type === type))
      .map(({ name, type }) => [`inputs/${name}`, `${kind} gives no ${type} named ${name}`] as const),
  );
  return [
    ...new Map(lacking.map(([at, message]) => [message, { at, code: 'KIND_LACKS_FACT', message }])).values(),
  ];
}
