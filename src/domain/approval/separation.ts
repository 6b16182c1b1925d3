import { DomainError } from '../errors.js';
import type { DirectoryPerson, DirectorySnapshot } from '../org/directory.js';
import { managersKnown, unitPathOf } from './authority.js';
import type { Who } from './candidates.js';
import type { ApprovalState, Seat, Stage } from './model.js';
import {
  separationCode,
  verdictOn,
  type Account,
  type Separation,
  type SeparationCode,
  type SeparationEvidence,
  type SeparationInputs,
} from './separation-rules.js';
import { isAhead, isLive, isPassed, seatsOf } from './seats.js';
import type { StageSpec } from './stage-spec.js';

/** What of a request the constraints are judged on, whether it runs or is only planned. */
export interface Duties {
  who: Pick<Who, 'initiatorId' | 'selfIds' | 'unitId' | 'separation' | 'beneficiaryIds'>;
  /** whose yes a stage has, or cannot pass without */
  yesIn: (stageKey: string) => readonly string[];
  /** who has said yes in person so far; null: not known */
  persons: readonly string[] | null;
}

/** Who says yes, or would: the account that acts, and whom it acts for. */
export interface Acting {
  stage: Pick<StageSpec, 'key' | 'self'>;
  personIds: readonly string[];
  /** the yes would be the last one the request needs */
  completes: boolean;
}

/** Code of a stage that stands as it passed in the round before. */
export const KEPT = 'CARRIED';

/** Whether one human may not say yes in both stages. */
export function areDistinct(separation: readonly Separation[], a: string, b: string): boolean {
  return (
    a !== b &&
    separation.some(
      (constraint) =>
        constraint.kind === 'DISTINCT' && constraint.stages.includes(a) && constraint.stages.includes(b),
    )
  );
}

/**
 * The constraints a yes in a stage must keep: those of the policy, and that nobody approves for themselves, unless the stage
 * allows that up to its cap (AE-SELF-1).
 */
export function separationsFor(
  separation: readonly Separation[],
  stage: Pick<StageSpec, 'key' | 'self'>,
): Separation[] {
  const asked = askedFor(separation, stage.key);
  const isSaid = typeof stage.self === 'object' || asked.some(({ kind }) => kind === 'NOT_INITIATOR');
  return isSaid ? asked : [{ kind: 'NOT_INITIATOR' }, ...asked];
}

/** Those of the policy that are about the stage. */
function askedFor(separation: readonly Separation[] | undefined, key: string): Separation[] {
  return (separation ?? []).filter(
    (constraint) => !('stages' in constraint) || constraint.stages?.includes(key) !== false,
  );
}

/** Each constraint, what it is judged on and how that comes out (AE-SOD-5). */
function evidenceOf(
  constraints: readonly Separation[],
  duties: Duties,
  acting: Acting,
  directory: DirectorySnapshot,
): SeparationEvidence[] {
  if (constraints.length === 0) return [];
  const accounts = closure(acting.personIds, directory);
  return constraints.map((constraint) => {
    const inputs = inputsOf(constraint, duties, { ...acting, accounts }, directory);
    return { constraint, inputs, verdict: verdictOn(constraint, inputs) };
  });
}

/** The first constraint that a yes would break; null when it may be given. */
export function brokenIn(evidence: readonly SeparationEvidence[]): Separation | null {
  return evidence.find(({ verdict }) => verdict === 'VIOLATED')?.constraint ?? null;
}

/** @throws DomainError SOD_<constraint>, with the constraint */
export function mustBeSeparate(evidence: readonly SeparationEvidence[], personId: string): void {
  const constraint = brokenIn(evidence);
  if (constraint) throw new DomainError(`SOD_${separationCode(constraint)}`, { personId, constraint });
}

function inputsOf(
  constraint: Separation,
  { who, yesIn, persons }: Duties,
  { stage, personIds, accounts: acting, completes }: Acting & { accounts: readonly Account[] },
  directory: DirectorySnapshot,
): SeparationInputs {
  const accounts = (ids: readonly string[]) => accountsOf(ids, directory);
  const initiators = accounts([who.initiatorId, ...who.selfIds]);
  switch (constraint.kind) {
    case 'NOT_INITIATOR':
      return { acting, others: initiators };
    case 'NOT_BENEFICIARY':
      return { acting, others: accounts(who.beneficiaryIds ?? []) };
    case 'NOT_REPORT_OF_INITIATOR':
      return { acting, others: initiators, above: accounts(acting.flatMap(lineAbove(directory))) };
    case 'DISTINCT':
      return {
        acting,
        others: accounts(constraint.stages.filter((key) => key !== stage.key).flatMap(yesIn)),
      };
    case 'NOT_BOTH': {
      const path = unitPathOf(who.unitId, [who.initiatorId, ...who.selfIds], directory);
      const held = acting.flatMap(({ personId }) =>
        constraint.roles
          .filter((role) => holdsOver(directory.people[personId], role, path))
          .map((role) => ({ personId, role })),
      );
      return { acting, others: [], held };
    }
    case 'MIN_PERSONS':
      return {
        acting,
        others: accounts([...(persons ?? []), ...personIds.slice(0, 1)]),
        completes: completes && persons !== null,
      };
  }
}

function holdsOver(person: DirectoryPerson | undefined, role: string, path: readonly string[]): boolean {
  return (person?.grants ?? []).some(
    (grant) => grant.role === role && (grant.unitId === null || path.includes(grant.unitId)),
  );
}

function lineAbove(directory: DirectorySnapshot): (account: Account) => string[] {
  return ({ personId }) => managersKnown(personId, directory).map(({ id }) => id);
}

/** The accounts given, each once, in order. */
function accountsOf(ids: readonly string[], { people }: DirectorySnapshot): Account[] {
  return [...new Set(ids)]
    .sort()
    .map((personId) => ({ personId, identity: people[personId]?.identity ?? personId }));
}

/** Every account of the humans given. */
function closure(ids: readonly string[], directory: DirectorySnapshot): Account[] {
  const humans = new Set(accountsOf(ids, directory).map(({ identity }) => identity));
  const aliases = Object.values(directory.people).filter(({ identity }) => humans.has(identity));
  return accountsOf([...ids, ...aliases.map(({ id }) => id)], directory);
}

/** Of a running request: what has been said counts, for `toSeat` also what the other stage cannot pass without. */
export function dutiesOf(state: ApprovalState, toSeat: boolean): Duties {
  const stagesOf = (key: string) => state.stages.filter(({ spec }) => spec.key === key);
  return {
    who: state,
    yesIn: (key) =>
      stagesOf(key).flatMap((stage) => [...spokenFor(state, stage), ...(toSeat ? needed(state, stage) : [])]),
    persons: personsOf(state),
  };
}

/** Who has said yes in person, in answers that count. */
export function personsOf(state: ApprovalState): string[] {
  return state.stages.flatMap((stage) => yesIn(state, stage).flatMap((personIds) => personIds.slice(0, 1)));
}

/** Each yes of a stage that counts, by whom: whoever gave it first, then for whom. Time's own yes is nobody's. */
export function yesIn(state: ApprovalState, stage: Stage): (readonly string[])[] {
  const kept = stage.code === KEPT ? (stage.passedBy ?? []) : [];
  if (isAhead(stage)) return [...kept, ...stage.carriedYes.map((id) => [id])];
  const given = seatsOf(state, stage).map(yesBy);
  return [...kept, ...given.filter((personIds) => personIds.length > 0)];
}

/** Whose yes a stage rests on: given in it, or left to a later one in which they are asked instead (AE-DUP-4). */
export function spokenFor(state: ApprovalState, stage: Stage): string[] {
  const given = yesIn(state, stage).flat();
  if (isAhead(stage)) return given;
  const later = seatsOf(state, stage).filter(({ sameAs }) => sameAs?.kind === 'LATER');
  return [...given, ...later.flatMap(({ holderId, ownerId }) => [holderId, ownerId])];
}

/** Whose yes a seat holds; empty: no person's. */
export function yesBy({ state, decision, holderId, ownerId }: Seat): readonly string[] {
  if (state !== 'APPROVED' && state !== 'AUTO_APPROVED') return [];
  if (!decision) return [...new Set([holderId, ownerId])];
  if (decision.actor.startsWith('system:')) return [];
  return decision.onBehalfOf === null ? [decision.actor] : [decision.actor, decision.onBehalfOf];
}

/** Those without whose yes the stage cannot pass any more: all of a countersign, or the only one asked. */
function needed(state: ApprovalState, stage: Stage): string[] {
  if (stage.state !== 'ACTIVE') return [];
  const asked = seatsOf(state, stage).filter(
    ({ parentId, state: s }) => parentId === null && s !== 'CANCELLED' && s !== 'REMOVED',
  );
  if (stage.spec.quorum.kind !== 'ALL' && asked.length > 1) return [];
  return asked.filter(isLive).flatMap(({ holderId, ownerId }) => [holderId, ownerId]);
}

/** Whether one yes in the stage may be the last one the request needs. */
export function mayComplete(state: ApprovalState, { id, spec }: Stage): boolean {
  const isOne = spec.quorum.kind === 'ANY' || (spec.quorum.kind === 'COUNT' && spec.quorum.count === 1);
  return isOne && state.stages.every((other) => other.id === id || isPassed(other));
}

/**
 * AE-EMPTY-2: what speaks against giving somebody a seat of the stage. That they do not count as initiator is asked
 * elsewhere, where the stage's own rule for that is known.
 */
export function seatEvidence(
  state: ApprovalState,
  stage: Stage,
  personIds: readonly string[],
  directory: DirectorySnapshot,
): SeparationEvidence[] {
  const acting = { stage: stage.spec, personIds, completes: mayComplete(state, stage) };
  return evidenceOf(askedFor(state.separation, stage.spec.key), dutiesOf(state, true), acting, directory);
}

/** The same before anything runs, as far as the plan is certain. */
export function plannedEvidence(
  duties: Duties,
  stage: StageSpec,
  personIds: readonly string[],
  directory: DirectorySnapshot,
): SeparationEvidence[] {
  const acting = { stage, personIds, completes: false };
  return evidenceOf(askedFor(duties.who.separation, stage.key), duties, acting, directory);
}

/**
 * Whether the holder of a seat may say yes: on what has been said, not on what others still owe (AE-SOD-2).
 * @param completes the yes would be the last one the request needs
 */
export function answerEvidence(
  state: ApprovalState,
  stage: Stage,
  { by, completes }: { by: { actorId: string; ownerId: string }; completes: boolean },
  directory: DirectorySnapshot,
): SeparationEvidence[] {
  const personIds = [...new Set([by.actorId, by.ownerId])];
  const acting = { stage: stage.spec, personIds, completes };
  const constraints = separationsFor(state.separation, stage.spec);
  return evidenceOf(constraints, dutiesOf(state, false), acting, directory);
}

/** Those who have said yes are fewer than the policy wants, and this stage is the last one to pass. */
export function isShortOfPersons(state: ApprovalState, stage: Stage, directory: DirectorySnapshot): boolean {
  const wanted = Math.max(
    0,
    ...state.separation.map((constraint) => (constraint.kind === 'MIN_PERSONS' ? constraint.count : 0)),
  );
  if (wanted === 0 || !state.stages.every((other) => other.id === stage.id || isPassed(other))) return false;
  return new Set(accountsOf(personsOf(state), directory).map(({ identity }) => identity)).size < wanted;
}

/** The same for the system's own search: why somebody is not asked. */
export function separatedFrom(
  state: ApprovalState,
  stage: Stage,
  directory: DirectorySnapshot,
): (personIds: readonly string[]) => SeparationCode | null {
  return (personIds) => {
    const broken = brokenIn(seatEvidence(state, stage, personIds, directory));
    return broken && separationCode(broken);
  };
}
