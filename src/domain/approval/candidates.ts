import { DomainError } from '../errors.js';
import { ROLES, type DirectoryPerson, type DirectorySnapshot, type Role } from '../org/directory.js';
import { managersAbove, mayApprove, unitPathOf, type Exposure } from './authority.js';
import type { Dropped } from './events.js';
import type { Separation, SeparationCode } from './separation-rules.js';
import type { Resolver } from './stage-spec.js';

/** For whom approvers are sought. */
export interface Who {
  initiatorId: string;
  /** submitter, subject owner, beneficiaries: all count as initiator (AE-SELF-1) */
  selfIds: readonly string[];
  unitId: string;
  exposure: Exposure | null;
  /** the policy that asks: absences may be for some kinds only */
  policy?: { kind: string };
  /** the request kind it is of, `request.expense`; left out: it is of none */
  requestKind?: string;
  /** AE-SOD-1; left out: none */
  separation?: readonly Separation[];
  beneficiaryIds?: readonly string[];
  /** why a human may not answer in the stage that is being staffed; left out: nobody is barred */
  separated?: (personIds: readonly string[]) => SeparationCode | null;
  /** the initiator's choice per stage key (AE-PLAN-5) */
  chosen?: Readonly<Record<string, readonly string[]>>;
}

/** A person the policy names, before absence, self-approval and duplicates are judged. */
export interface Candidate {
  person: DirectoryPerson;
  text: string;
  weight: number;
  group: string | null;
  /** one of a pool whose other members can act (AE-ABS-5) */
  pooled: boolean;
}

export interface Candidates {
  found: Candidate[];
  dropped: Dropped[];
}

/** Runs one resolver (4.8). Pure: the directory snapshot holds everybody who can be found. */
export function findCandidates(
  resolver: Resolver,
  who: Who,
  stageKey: string,
  directory: DirectorySnapshot,
): Candidates {
  switch (resolver.kind) {
    case 'ROLE':
      return roleHolders(resolver.role, resolver.take, who, directory);
    case 'MANAGER':
      return nthManager(resolver.levels, who, directory);
    case 'CHAIN_TO_LIMIT':
      return chainToLimit(resolver, who, directory);
    case 'PERSON':
      return named(resolver.personIds, resolver.weights ?? {}, directory);
    case 'INITIATOR_CHOICE':
      return chosen(who.chosen?.[stageKey] ?? [], resolver, who, directory);
    case 'HEAD':
      return headOf(resolver, who, directory);
    case 'FORM_FIELD':
      return named(resolver.personIds ?? [], {}, directory, 'named in the form');
    case 'EXPRESSION':
      return expressed(resolver, who, directory);
    case 'GROUPS':
      return grouped(resolver.groups, who, stageKey, directory);
    case 'CHILD':
      return { found: [], dropped: [] };
  }
}

/** Holders of a role whose grant covers the subject's unit. NEAREST keeps those with the closest scope. */
export function roleHolders(
  role: Role,
  take: 'NEAREST' | 'EVERY',
  who: Who,
  directory: DirectorySnapshot,
): Candidates {
  const path = unitPathOf(who.unitId, [who.initiatorId, ...who.selfIds], directory);
  const holders = sortedPeople(directory).flatMap((person) => {
    const distances = person.grants
      .filter((grant) => grant.role === role)
      .map((grant) => (grant.unitId === null ? path.length : path.indexOf(grant.unitId)))
      .filter((distance) => distance >= 0);
    return distances.length === 0 ? [] : [{ person, distance: Math.min(...distances) }];
  });
  const active = holders.filter(({ person }) => person.active);
  const nearest = Math.min(...active.map(({ distance }) => distance));
  const kept = take === 'NEAREST' ? active.filter(({ distance }) => distance === nearest) : active;
  return {
    found: kept.map(({ person, distance }) => ({
      ...plain(person),
      text: `${role} for ${directory.units[path[distance] ?? ''] ?? 'all units'}`,
      pooled: kept.length > 1,
    })),
    dropped: holders.filter(({ person }) => !person.active).map(({ person }) => inactive(person)),
  };
}

function nthManager(levels: number, who: Who, directory: DirectorySnapshot): Candidates {
  const line = managersAbove(who.initiatorId, directory);
  const manager = line.slice(levels - 1).find((person) => person.active);
  return {
    found: manager ? [{ ...plain(manager), text: `manager ${levels} level(s) above the initiator` }] : [],
    dropped: line.filter((person) => !person.active).map(inactive),
  };
}

/** AE-MGR-1: walk managers until one may approve the exposure, including that one. */
function chainToLimit(
  resolver: Extract<Resolver, { kind: 'CHAIN_TO_LIMIT' }>,
  who: Who,
  directory: DirectorySnapshot,
): Candidates {
  const path = unitPathOf(who.unitId, [who.initiatorId, ...who.selfIds], directory);
  const line = managersAbove(who.initiatorId, directory);
  const dropped = line.filter((person) => !person.active).map(inactive);
  const active = line.filter((person) => person.active);
  const end = active.findIndex((person) => mayApprove(person, who.exposure, path));
  const walked = end < 0 ? active : active.slice(0, end + 1);
  if (end < 0) {
    const top = resolver.topRole
      ? roleHolders(resolver.topRole, 'NEAREST', who, directory)
      : { found: [], dropped: [] };
    if (top.found.length === 0) return { found: [], dropped: [...dropped, ...top.dropped] };
    const below = pickLevels(resolver.mode, walked, false).map((person) => ({
      ...plain(person),
      text: 'reporting line',
    }));
    return { found: [...below, ...top.found], dropped: [...dropped, ...top.dropped] };
  }
  const found = pickLevels(resolver.mode, walked, true).map((person) => ({
    ...plain(person),
    text:
      person === walked.at(-1)
        ? 'first in the reporting line whose limit covers the amount'
        : 'reporting line',
  }));
  return { found, dropped };
}

function pickLevels(
  mode: 'EVERY_LEVEL' | 'FINAL_ONLY' | 'FIRST_AND_FINAL',
  walked: readonly DirectoryPerson[],
  lastIsFinal: boolean,
): DirectoryPerson[] {
  if (mode === 'EVERY_LEVEL') return [...walked];
  const final = lastIsFinal ? walked.slice(-1) : [];
  return mode === 'FINAL_ONLY' ? final : [...new Set([...walked.slice(0, 1), ...final])];
}

function named(
  ids: readonly string[],
  weights: Readonly<Record<string, number>>,
  directory: DirectorySnapshot,
  text = 'named by the policy',
): Candidates {
  const people = ids.map((id) => ({ id, person: directory.people[id] }));
  return {
    found: people.flatMap(({ id, person }) =>
      person?.active ? [{ ...plain(person), weight: weights[id] ?? 1, text }] : [],
    ),
    dropped: people
      .filter(({ person }) => !person?.active)
      .map(({ id }) => ({ personId: id, code: 'INACTIVE' })),
  };
}

/** AE-PLAN-5: of the initiator's choice whoever is within the range now. */
function chosen(
  ids: readonly string[],
  range: ChoiceRange,
  who: Who,
  directory: DirectorySnapshot,
): Candidates {
  const allowed = new Set(eligibleChoice(range, who, directory).map(({ id }) => id));
  return {
    found: ids
      .filter((id) => allowed.has(id))
      .map((id) => ({ ...plain(directory.people[id]!), text: 'chosen by the initiator' })),
    dropped: ids.filter((id) => !allowed.has(id)).map((id) => ({ personId: id, code: 'NOT_ALLOWED' })),
  };
}

type ChoiceRange = Extract<Resolver, { kind: 'INITIATOR_CHOICE' }>;

/** Active holders of the role, as far as the snapshot knows them, whom an initiator may choose. */
export function eligibleChoice(
  { among, scope }: ChoiceRange,
  who: Who,
  directory: DirectorySnapshot,
): DirectoryPerson[] {
  if (scope !== 'EVERYWHERE')
    return roleHolders(among, 'EVERY', who, directory).found.map(({ person }) => person);
  return sortedPeople(directory).filter(
    ({ active, grants }) => active && grants.some(({ role }) => role === among),
  );
}

/** The first active person in the line of those who lead the unit. */
function headOf(
  { unit, unitId }: Extract<Resolver, { kind: 'HEAD' }>,
  who: Who,
  directory: DirectorySnapshot,
): Candidates {
  const id = unit === 'INITIATOR' ? directory.people[who.initiatorId]?.unitIds[0] : unitId;
  const line = (directory.heads?.[id ?? ''] ?? []).flatMap((personId) => directory.people[personId] ?? []);
  const head = line.find(({ active }) => active);
  const before = head ? line.slice(0, line.indexOf(head)) : line;
  return {
    found: head ? [{ ...plain(head), text: `head of ${directory.units[id ?? ''] ?? 'the unit'}` }] : [],
    dropped: before.map(inactive),
  };
}

function expressed(
  { yields, found = [] }: Extract<Resolver, { kind: 'EXPRESSION' }>,
  who: Who,
  directory: DirectorySnapshot,
): Candidates {
  if (yields === 'PERSONS') return named(found, {}, directory);
  const roles = ROLES.filter((role) => found.includes(role));
  const parts = roles.map((role) => roleHolders(role, 'NEAREST', who, directory));
  return { found: parts.flatMap((part) => part.found), dropped: parts.flatMap((part) => part.dropped) };
}

function grouped(
  groups: Readonly<Record<string, Resolver>>,
  who: Who,
  stageKey: string,
  directory: DirectorySnapshot,
): Candidates {
  const parts = Object.entries(groups).map(([group, resolver]) => {
    if (resolver.kind === 'GROUPS')
      throw new DomainError('POLICY_ERROR', { reason: 'groups do not nest', stageKey });
    const { found, dropped } = findCandidates(resolver, who, stageKey, directory);
    return { found: found.map((candidate) => ({ ...candidate, group })), dropped };
  });
  return { found: parts.flatMap((part) => part.found), dropped: parts.flatMap((part) => part.dropped) };
}

function plain(person: DirectoryPerson): Candidate {
  return { person, text: '', weight: 1, group: null, pooled: false };
}

function inactive(person: DirectoryPerson): Dropped {
  return { personId: person.id, code: 'INACTIVE' };
}

/** Object order must not decide a plan. */
function sortedPeople(directory: DirectorySnapshot): DirectoryPerson[] {
  return Object.values(directory.people).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
