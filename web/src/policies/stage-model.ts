import { isRecord, type PolicyInput } from './table-model.js';
import type { Rec } from './stage-order-model.js';

export function recordOf(value: unknown): Rec {
  return isRecord(value) ? value : {};
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** The fields with others set; undefined takes one away. */
export function withFields(item: Rec, fields: Rec): Rec {
  return Object.fromEntries(
    Object.entries({ ...item, ...fields }).filter(([, value]) => value !== undefined),
  );
}

/** A stage as the house begins one: nobody approves themselves, an empty stage blocks, refusals need words. */
export function newStage(ladder: string, role: string): Rec {
  return {
    key: 'STAGE',
    title: 'New stage · 新节点',
    block: 0,
    branch: 'main',
    rank: 0,
    quorum: QUORUM_FIRST.ANY,
    mode: 'PARALLEL',
    resolver: { kind: 'ROLE', role, take: 'NEAREST' },
    resolveAt: 'ACTIVATION',
    empty: { kind: 'BLOCK' },
    self: 'UP_CHAIN',
    onReject: { kind: 'END' },
    onBranchReject: 'FAIL_FAST',
    abstain: 'EXCLUDED',
    minApprovals: 1,
    risk: 'NORMAL',
    ladder,
    commentOn: ['REJECT', 'RETURN'],
    resume: 'CHOOSE',
  };
}

/** POOL: the holders of a role have one item, which one of them claims. */
export const RESOLVERS = [
  'ROLE',
  'POOL',
  'HEAD',
  'MANAGER',
  'CHAIN_TO_LIMIT',
  'FORM_FIELD',
  'INITIATOR_CHOICE',
  'EXPRESSION',
  'PERSON',
  'GROUPS',
  'CHILD',
] as const;
export type ResolverKind = (typeof RESOLVERS)[number];
/** What a group of a stage may be found by. */
export const GROUP_RESOLVERS: readonly ResolverKind[] = RESOLVERS.filter(
  (kind) => kind !== 'POOL' && kind !== 'GROUPS' && kind !== 'CHILD',
);

/** Found by the reporting line, or possibly so: only these can follow it when it changes. */
const BY_LINE: ReadonlySet<ResolverKind> = new Set(['MANAGER', 'CHAIN_TO_LIMIT', 'HEAD', 'GROUPS']);

export function resolverKindOf(stage: Rec): string {
  return stage['pool'] === true ? 'POOL' : String(recordOf(stage['resolver'])['kind']);
}

/** What the editor may offer besides the policy itself. */
export interface Words {
  roles: readonly string[];
  policyKinds: readonly string[];
  inputs: readonly PolicyInput[];
}

/** Names of inputs that can name persons (or units): texts, and for persons lists of texts. */
export function namingInputs(inputs: readonly PolicyInput[], lists: boolean): string[] {
  return inputs
    .filter(({ type }) => type === 'string' || (lists && type === 'strings'))
    .map(({ name }) => name);
}

/** A resolver of another kind; the role it was about stays where the new kind has one. */
export function resolverOf(kind: ResolverKind, before: Rec, { roles, policyKinds, inputs }: Words): Rec {
  const role = String(before['role'] ?? before['among'] ?? roles[0] ?? '');
  switch (kind) {
    case 'ROLE':
    case 'POOL':
      return { kind: 'ROLE', role, take: before['take'] ?? 'NEAREST' };
    case 'HEAD':
      return { kind, unit: 'INITIATOR' };
    case 'MANAGER':
      return { kind, levels: 1 };
    case 'CHAIN_TO_LIMIT':
      return { kind, mode: 'EVERY_LEVEL', topRole: null };
    case 'FORM_FIELD':
      return { kind, input: namingInputs(inputs, true)[0] ?? 'approver' };
    case 'INITIATOR_CHOICE':
      return { kind, among: role };
    case 'EXPRESSION':
      return { kind, yields: 'ROLES', expression: `'${role}'` };
    case 'PERSON':
      return { kind, personIds: [] };
    case 'GROUPS':
      return {
        kind,
        groups: { first: before['kind'] === 'GROUPS' || before['kind'] === 'CHILD' ? NEAREST(role) : before },
      };
    case 'CHILD':
      return { kind, policyKind: policyKinds[0] ?? 'approval.general' };
  }
}

const NEAREST = (role: string): Rec => ({ kind: 'ROLE', role, take: 'NEAREST' });

/** Fields of the stage for another kind of approvers: what only the old kind allows goes with it. */
export function stageForResolver(stage: Rec, kind: ResolverKind, words: Words): Rec {
  const resolver = resolverOf(kind, recordOf(stage['resolver']), words);
  const pool = kind === 'POOL';
  return withFields(stage, {
    resolver,
    pool: pool ? true : undefined,
    ...(pool ? { mode: 'PARALLEL', quorum: QUORUM_FIRST.ANY } : {}),
    ...(kind === 'INITIATOR_CHOICE' ? {} : { lateChoice: undefined }),
    ...(pool || kind === 'ROLE' || kind === 'GROUPS' ? {} : { strictRole: undefined }),
    ...(BY_LINE.has(kind) ? {} : { strictReporting: undefined }),
    ...(kind !== 'GROUPS' && recordOf(stage['quorum'])['kind'] === 'PER_GROUP'
      ? { quorum: QUORUM_FIRST.ANY }
      : {}),
  });
}

export const QUORUMS = ['ANY', 'ALL', 'COUNT', 'RATIO', 'WEIGHT', 'PER_GROUP'] as const;
export type QuorumKind = (typeof QUORUMS)[number];

const QUORUM_FIRST = {
  ANY: { kind: 'ANY', first: 'ANY_ANSWER' },
  ALL: { kind: 'ALL' },
  COUNT: { kind: 'COUNT', count: 1 },
  RATIO: { kind: 'RATIO', percent: 50, strict: true },
  WEIGHT: { kind: 'WEIGHT', weight: 1 },
} as const;
const NUMBER: Readonly<Record<string, string>> = { COUNT: 'count', RATIO: 'percent', WEIGHT: 'weight' };

export function quorumOf(kind: QuorumKind, before: Rec, groups: readonly string[] = []): Rec {
  if (before['kind'] === kind) return before;
  if (kind !== 'PER_GROUP') return QUORUM_FIRST[kind];
  return { kind, groups: Object.fromEntries(groups.map((name) => [name, QUORUM_FIRST.ANY])) };
}

/** The number a rule counts to, where it has one. */
export function quorumNumber(quorum: Rec): number | null {
  const value = quorum[NUMBER[String(quorum['kind'])] ?? ''];
  return typeof value === 'number' ? value : null;
}

export function withQuorumNumber(quorum: Rec, number: number): Rec {
  const field = NUMBER[String(quorum['kind'])];
  return field ? { ...quorum, [field]: field === 'percent' ? Math.min(number, 100) : number } : quorum;
}

export function groupsOf(resolver: Rec): string[] {
  return resolver['kind'] === 'GROUPS' ? Object.keys(recordOf(resolver['groups'])) : [];
}

export function groupAdded(groups: Rec, resolver: Rec): Rec {
  const names = Object.keys(groups);
  let number = names.length + 1;
  while (names.includes(`group${number}`)) number += 1;
  return { ...groups, [`group${number}`]: resolver };
}

/** The group under another name, in its place; a name that is taken or empty changes nothing. */
export function groupRenamed(groups: Rec, name: string, to: string): Rec {
  if (to === '' || to in groups) return groups;
  return Object.fromEntries(Object.entries(groups).map(([key, value]) => [key === name ? to : key, value]));
}

/** The stage after its groups were renamed or taken away: a rule per group follows. */
export function withGroups(stage: Rec, groups: Rec, renamed?: { from: string; to: string }): Rec {
  const quorum = recordOf(stage['quorum']);
  const rules = recordOf(quorum['groups']);
  const names = Object.keys(groups);
  return {
    ...stage,
    resolver: { ...recordOf(stage['resolver']), groups },
    ...(quorum['kind'] === 'PER_GROUP'
      ? {
          quorum: {
            ...quorum,
            groups: Object.fromEntries(
              names.map((name) => [
                name,
                rules[renamed?.to === name ? renamed.from : name] ?? QUORUM_FIRST.ANY,
              ]),
            ),
          },
        }
      : {}),
  };
}

export const ANSWERS = ['APPROVE', 'REJECT', 'RETURN', 'ABSTAIN'] as const;
export const REQUIREMENTS = ['COMMENT', 'ATTACHMENT', 'SIGNATURE', 'STEP_UP'] as const;
type Answer = (typeof ANSWERS)[number];
type Requirement = (typeof REQUIREMENTS)[number];

/** Whether an answer must bring something along; a comment is asked for in either of two places. */
export function isRequired(stage: Rec, answer: Answer, need: Requirement): boolean {
  const listed = textsOf(recordOf(stage['requires'])[answer]).includes(need);
  return listed || (need === 'COMMENT' && textsOf(stage['commentOn']).includes(answer));
}

export function withRequirement(stage: Rec, answer: Answer, need: Requirement, on: boolean): Rec {
  const before = recordOf(stage['requires']);
  const others = textsOf(before[answer]).filter((one) => one !== need);
  const needs = on && need !== 'COMMENT' ? [...others, need] : others;
  const requires = withFields(before, { [answer]: needs.length > 0 ? needs : undefined });
  const comments = textsOf(stage['commentOn']).filter((one) => one !== answer);
  return withFields(stage, {
    requires: Object.keys(requires).length > 0 ? requires : undefined,
    ...(need === 'COMMENT'
      ? { commentOn: ANSWERS.filter((one) => comments.includes(one) || (on && one === answer)) }
      : {}),
  });
}
