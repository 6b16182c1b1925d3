import { Decimal } from 'decimal.js';
import { brokenStage, carriedVoteOf, isSameSpec, outside, yesVotes, type Outside } from './carry-over.js';
import type { SubjectEdit } from './command.js';
import type { BrokenStage, CarriedVote } from './earlier.js';
import type { ApprovalState, Stage } from './model.js';
import type { PlannedStage } from './plan.js';
import { isAhead, isDropped, isPassed, isYes, seatsOf } from './seats.js';
import type { Resolver } from './stage-spec.js';
import { fixedPersons } from './submit.js';
import type { Transition } from './transition.js';
import { voteOf } from './tree.js';

/** What an approver's edit means for one stage. */
export interface StageAfter {
  /** as the path has it from now on; its state is still the one before */
  stage: Stage;
  then: 'STAY' | 'ASK_AGAIN' | 'LEAVE_OUT';
  /** whose yes counts on when it is asked again */
  carriedYes: readonly string[];
  /** approvals in it do not hold any more */
  broken: BrokenStage | null;
  /** the path asks it in another way, or for the first time */
  isAskedAnew: boolean;
}

type Edit = Pick<SubjectEdit, 'facts' | 'plan'>;

/** Every stage there is, judged on the edited content: by the approvals in it, and by the path of now. */
export function judgeStages(transition: Transition, own: Stage | null, edit: Edit): StageAfter[] {
  return transition.state.stages.map((stage) => {
    const planned = edit.plan.stages.find(({ spec }) => spec.key === stage.spec.key);
    return planned ? stillAsked(transition, stage, planned, edit) : notAsked(transition, stage, own, edit);
  });
}

/** What nobody has answered is left out, and what the content has left; an answer that holds is not taken from anybody. */
function notAsked(transition: Transition, stage: Stage, own: Stage | null, edit: Edit): StageAfter {
  const votes = judgeVotes(transition, stage, edit);
  const isOwn = own === null || stage.id === own.id;
  const isHeard = seatsOf(transition.state, stage).some(({ decision }) => decision !== null);
  if (isOwn && votes.lost.length > 0) return askedAgain(stage, votes, brokenStage(stage, votes.lost));
  const stays = isOwn || isPassed(stage) || isHeard || votes.covered.length > 0;
  return votes.lost.length === 0 && stays ? staying(stage) : { ...staying(stage), then: 'LEAVE_OUT' };
}

function stillAsked(transition: Transition, stage: Stage, planned: PlannedStage, edit: Edit): StageAfter {
  const isSame = isSameSpec(stage.spec, planned.spec);
  const votes = judgeVotes(transition, stage, edit);
  const next = isSame ? { ...stage, why: planned.why } : askedAs(stage, planned);
  if (isAhead(stage)) return ahead(next, isSame, votes);
  if (stage.state === 'SKIPPED')
    return isSame && !isDropped(stage) ? staying(stage) : { ...staying(begunAnew(next)), isAskedAnew: true };
  const hasVotes = votes.covered.length + votes.lost.length > 0;
  const isRestaffed = !isSame || lacksSeat(transition.state, stage, planned, edit);
  if (isRestaffed) {
    const plan: BrokenStage = { stageKey: stage.spec.key, code: 'PLAN', breaches: [] };
    const none = { covered: isSame ? votes.covered : [], counting: isSame ? votes.counting : [] };
    return { ...askedAgain(next, none, hasVotes || isPassed(stage) ? plan : null), isAskedAnew: true };
  }
  const isByContent = stage.childId !== null || (isPassed(stage) && !hasVotes);
  if (votes.lost.length === 0 && !isByContent) return staying(stage);
  return askedAgain(next, votes, brokenStage(stage, votes.lost));
}

/** Not begun, or to be walked again: of those whose yes it would take over, whoever's still covers. */
function ahead(next: Stage, isSame: boolean, { covered, lost }: JudgedVotes): StageAfter {
  const had = covered.length + lost.length > 0;
  if (!isSame) {
    const plan: BrokenStage = { stageKey: next.spec.key, code: 'PLAN', breaches: [] };
    return { ...staying(next), isAskedAnew: true, broken: had ? plan : null };
  }
  if (lost.length === 0) return staying(next);
  const stage = { ...next, carriedYes: covered.map(({ holderId }) => holderId), carried: covered };
  return { ...staying(stage), broken: brokenStage(next, lost) };
}

function staying(stage: Stage): StageAfter {
  return { stage, then: 'STAY', carriedYes: [], broken: null, isAskedAnew: false };
}

function askedAgain(
  stage: Stage,
  { covered, counting }: Pick<JudgedVotes, 'covered' | 'counting'>,
  broken: BrokenStage | null,
): StageAfter {
  const carried = covered.filter((vote) => counting.includes(vote));
  const carriedYes = carried.map(({ holderId }) => holderId);
  return { stage: { ...stage, carried }, then: 'ASK_AGAIN', carriedYes, broken, isAskedAnew: false };
}

/** The stage as the plan asks it; what it would take over counts no more. */
export function askedAs(stage: Stage, planned: PlannedStage): Stage {
  const { spec, why } = planned;
  return { ...stage, spec, why, fixedPersonIds: fixedPersons(planned), carriedYes: [], carried: [] };
}

/** To be walked, for the first time or once more. */
export function begunAnew(stage: Stage): Stage {
  const state = stage.visit === 0 ? 'PLANNED' : 'INVALIDATED';
  return { ...stage, state, code: null, carriedYes: [], carried: [], closedAt: null };
}

interface JudgedVotes {
  covered: CarriedVote[];
  lost: Outside[];
  /** of the covered, those that are votes of the stage by themselves: what waits for others to confirm it is none */
  counting: readonly CarriedVote[];
}

function judgeVotes({ state, context }: Transition, stage: Stage, { facts }: Edit): JudgedVotes {
  const { directory } = context;
  const votes = isAhead(stage) ? carriedInto(state, stage) : yesVotes(state, stage);
  const judged = votes.map((vote) => ({
    vote,
    why: outside(vote, stage, { facts, directory, isSame: false }),
  }));
  const covered = judged.flatMap(({ vote, why }) => (why ? [] : [vote]));
  const seats = seatsOf(state, stage);
  const waits = ({ seatId }: CarriedVote) => {
    const seat = seats.find(({ id }) => id === seatId);
    if (!seat) return false;
    return seat.parentId !== null || voteOf(seats, seat, directory)?.value !== 'YES';
  };
  return {
    covered,
    lost: judged.flatMap(({ why }) => (why ? [why] : [])),
    counting: covered.filter((vote) => !waits(vote)),
  };
}

/** The yes of earlier visits, or rounds, that a stage begins with. */
function carriedInto({ seats }: ApprovalState, { id, carriedYes, carried = [] }: Stage): CarriedVote[] {
  return carriedYes.flatMap((holderId) => {
    const vote = carried.find((one) => one.holderId === holderId);
    const given = seats
      .filter((seat) => seat.stageId === id && seat.holderId === holderId && isYes(seat))
      .at(-1);
    return vote ?? (given ? [carriedVoteOf(given)] : []);
  });
}

/** More money than it was staffed for, and somebody whom that asks has no seat in it. */
function lacksSeat(state: ApprovalState, stage: Stage, { seats }: PlannedStage, { facts }: Edit): boolean {
  const { resolver, self } = stage.spec;
  if (!isMore(facts.exposure, state.exposure)) return false;
  if (!goesByExposure(resolver) && typeof self !== 'object') return false;
  const sits = seatsOf(state, stage).flatMap(({ ownerId, holderId }) => [ownerId, holderId]);
  const kept = (stage.carried ?? []).map(({ holderId }) => holderId);
  return seats.some(
    ({ ownerId, holderId }) => ![...sits, ...kept].some((id) => id === ownerId || id === holderId),
  );
}

function isMore(now: ApprovalState['exposure'], before: ApprovalState['exposure']): boolean {
  if (!now) return false;
  return !before || before.currency !== now.currency || new Decimal(now.amount).gt(before.amount);
}

function goesByExposure(resolver: Resolver): boolean {
  if (resolver.kind === 'GROUPS') return Object.values(resolver.groups).some(goesByExposure);
  return resolver.kind === 'CHAIN_TO_LIMIT';
}
