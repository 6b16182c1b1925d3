import type { DirectorySnapshot } from '../org/directory.js';
import { canonicalJson, type Json } from '../json.js';
import { breaches, envelopeOf, type Breach } from './envelope.js';
import type { RoundFacts } from './events.js';
import { yesWithDeferred } from './dedupe.js';
import type { BrokenStage, CarriedVote, Earlier, Settled } from './earlier.js';
import type { ApprovalState, Seat, Stage } from './model.js';
import { isDropped, isPassed, isYes, seatsOf } from './seats.js';
import { isSelf } from './self.js';
import { brokenIn, KEPT, plannedEvidence, yesIn } from './separation.js';
import type { Separation } from './separation-rules.js';
import type { StageSpec } from './stage-spec.js';

/** The stages of a new round, and which of them earlier approvals do not settle. */
export interface Carried {
  stages: Stage[];
  broken: BrokenStage[];
}

/** A stage as a later round may build on it, with whoever has said yes. */
export function settledOf(state: ApprovalState, stage: Stage): Settled {
  const { spec, fixedPersonIds, state: s, childId, openedAt, closedAt } = stage;
  const deferred = yesWithDeferred(state, stage);
  const votes = deferred ? deferred.flatMap((id) => yesVoteOf(state, stage, id)) : yesVotes(state, stage);
  const isOpen = deferred !== null;
  return {
    spec,
    fixedPersonIds,
    state: s,
    childId,
    openedAt,
    closedAt,
    votes,
    isOpen,
    passedBy: yesIn(state, stage),
  };
}

/** The person's yes in the stage, else the one they gave further on in its place (AE-DUP-4). */
function yesVoteOf(state: ApprovalState, stage: Stage, personId: string): CarriedVote[] {
  const given = state.seats.filter(
    (seat) => isYes(seat) && (seat.holderId === personId || seat.decision?.actor === personId),
  );
  const seat = given.find(({ stageId }) => stageId === stage.id) ?? given.at(-1);
  return seat ? [{ ...carriedVoteOf(seat), holderId: personId }] : [];
}

export function carriedVoteOf(seat: Seat): CarriedVote {
  const { id: seatId, holderId, decision } = seat;
  return { seatId, holderId, actor: decision?.actor ?? null, envelope: envelopeOf(seat) };
}

/** Every stage of the round as a later one may build on it; what was left out counts for nothing. */
export function settledStages(state: ApprovalState): Settled[] {
  return state.stages.filter((stage) => !isDropped(stage)).map((stage) => settledOf(state, stage));
}

/** Every yes that counts in the stage's present visit, or that it was passed by in an earlier round. */
export function yesVotes(state: ApprovalState, stage: Stage): CarriedVote[] {
  const own = seatsOf(state, stage).filter(isYes).map(carriedVoteOf);
  return own.length > 0 || stage.code !== KEPT ? own : [...(stage.carried ?? [])];
}

/**
 * AE-RET-3, AE-ENV-3: a new round with what an earlier one had settled. A stage stays passed when every yes it was passed
 * by covers the subject; otherwise it is asked again, and whoever's yes still covers is not. A stage that is asked in
 * another way than before, or for the first time, is asked.
 */
export function carryOver(
  earlier: Earlier,
  fresh: readonly Stage[],
  facts: RoundFacts,
  directory: DirectorySnapshot,
  known: readonly Separation[] = facts.separation ?? [],
): Carried {
  const broken: BrokenStage[] = [];
  const isNew = newSeparation(facts, known, directory);
  const isSame = earlier.subjectHash === facts.subjectHash;
  const stages = fresh.map((stage) => {
    const old = earlier.stages.find(({ spec }) => spec.key === stage.spec.key);
    if (!old || !sameAs(old, stage)) {
      broken.push({ stageKey: stage.spec.key, code: 'PLAN', breaches: [] });
      return stage;
    }
    const judged = old.votes.map((vote) => ({
      vote,
      outside: outside(vote, stage, { facts, directory, isSame }) ?? isNew(vote, stage),
    }));
    const covered = judged.flatMap(({ vote, outside: why }) => (why ? [] : [vote]));
    const stays =
      old.votes.length > 0 ? covered.length === old.votes.length : isSame || old.state === 'SKIPPED';
    const passed = isPassed(old) && !old.isOpen;
    if (passed && stays) return passedAsBefore(stage, old);
    const lost = judged.flatMap(({ outside: why }) => (why ? [why] : []));
    if (lost.length > 0 || passed) broken.push(brokenStage(stage, lost));
    return { ...stage, carriedYes: covered.map(({ holderId }) => holderId), carried: covered };
  });
  return { stages, broken };
}

function passedAsBefore(
  stage: Stage,
  { state, votes, passedBy, childId, openedAt, closedAt }: Settled,
): Stage {
  const by = passedBy.length === 0 ? {} : { passedBy };
  return { ...stage, state, code: KEPT, ...by, carried: votes, childId, visit: 1, openedAt, closedAt };
}

function sameAs(old: Settled, { spec, fixedPersonIds }: Stage): boolean {
  const people = (ids: readonly string[] | null) => (ids ? [...ids].sort() : null);
  return isSameSpec(old.spec, spec) && shape(people(old.fixedPersonIds)) === shape(people(fixedPersonIds));
}

/** Whether two policies, or one on two contents, ask a stage in the same way. */
export function isSameSpec(one: StageSpec, other: StageSpec): boolean {
  return shape(one) === shape(other);
}

function shape(value: unknown): string {
  return canonicalJson(JSON.parse(JSON.stringify(value)) as Json);
}

/**
 * A yes was judged by the constraints of its policy when it was given, and stands. A policy that is newer may have others:
 * by those it is judged before a later round goes on with it (AE-SOD-1, AE-POL-2), stage by stage, those kept before counting.
 */
function newSeparation(
  facts: RoundFacts,
  known: readonly Separation[],
  directory: DirectorySnapshot,
): (vote: CarriedVote, stage: Stage) => 'SEPARATION' | null {
  const separation = (facts.separation ?? []).filter(
    (constraint) => !known.some((one) => shape(one) === shape(constraint)),
  );
  const kept = new Map<string, string[]>();
  const duties = {
    who: { ...facts, separation },
    yesIn: (key: string) => kept.get(key) ?? [],
    persons: null,
  };
  return ({ holderId, actor }, { spec }) => {
    const personIds = [...new Set([actor ?? holderId, holderId])];
    if (brokenIn(plannedEvidence(duties, spec, personIds, directory))) return 'SEPARATION';
    kept.set(spec.key, [...(kept.get(spec.key) ?? []), ...personIds]);
    return null;
  };
}

export type Outside = 'SELF' | 'SEPARATION' | readonly Breach[];

/** Why an earlier yes does not count for the new subject; null: it does. */
export function outside(
  vote: CarriedVote,
  { spec }: Stage,
  { facts, directory, isSame }: { facts: RoundFacts; directory: DirectorySnapshot; isSame: boolean },
): Outside | null {
  for (const id of typeof spec.self === 'object' ? [] : [vote.holderId, vote.actor]) {
    const person = id === null ? undefined : directory.people[id];
    if (id !== null && (facts.selfIds.includes(id) || (person && isSelf(person, facts, directory))))
      return 'SELF';
  }
  // from before there were envelopes, or carried by another way: for the very content
  if (vote.envelope === null && isSame) return null;
  const broken = breaches(vote.envelope, facts);
  return broken.length > 0 ? broken : null;
}

/** The stage as broken by what its votes lost; by none: it was approved without a vote. */
export function brokenStage({ spec }: Stage, lost: readonly Outside[]): BrokenStage {
  const found = lost.flatMap((why) => (typeof why === 'string' ? [] : why));
  const once = found.filter(
    ({ dimension }, index) => found.findIndex((other) => other.dimension === dimension) === index,
  );
  const byContent = lost.length === 0 ? [{ dimension: 'content', allowed: null, value: null }] : once;
  const byPerson = once.length === 0 ? lost.find((why) => typeof why === 'string') : undefined;
  return { stageKey: spec.key, code: byPerson ?? 'OUTSIDE', breaches: byContent };
}
