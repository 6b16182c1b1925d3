import type { DirectorySnapshot } from '../org/directory.js';
import { answerCovers } from './envelope.js';
import type { ApprovalState, Seat, Stage } from './model.js';
import type { PlannedStage } from './plan.js';
import { quorumOutcome, stricterQuorum } from './quorum.js';
import { requirementsOf } from './requirements.js';
import { isSelf } from './self.js';
import { familyOf, seatsOf } from './seats.js';
import type { QuorumRule, StageSpec } from './stage-spec.js';
import { voteOf } from './tree.js';

/** A yes that is not carried into another policy's stage, and why; they are asked again or not at all. */
export interface LostVote {
  personId: string;
  code:
    /** the stage is not asked any more */
    | 'STAGE_DROPPED'
    /** more votes, or more of a vote, are needed than when it was given */
    | 'STRICTER'
    /** given on another content */
    | 'CONTENT'
    /** not among those the stage would ask, has left, or counts as initiator */
    | 'NOT_ELIGIBLE'
    /** time said it, not a person */
    | 'NOT_A_PERSON'
    /** said in another stage, which the other policy may not let stand for this one */
    | 'ELSEWHERE';
}

export interface Carried {
  /** who would sit in the new stage and has said yes */
  yes: string[];
  lost: LostVote[];
  /** the carried votes pass the new stage by themselves */
  passes: boolean;
}

/**
 * AE-POL-2: which yes of a stage count in the same stage of another policy: iff its rule is not stricter for that seat,
 * it was given on this content, and the person would be asked again. Never more weight than they had (4.18, 7).
 * @param planned the same stage by the other policy, staffed now
 * @param isBarred what separates duties there keeps the person out, by what has been carried so far (AE-SOD-1)
 */
export function carriedVotes(
  state: ApprovalState,
  stage: Stage,
  planned: PlannedStage,
  directory: DirectorySnapshot,
  isBarred: (personId: string) => boolean,
): Carried {
  const lost: LostVote[] = [];
  const yes: string[] = [];
  for (const given of yesOf(state, stage, directory)) {
    const seat = planned.seats.find(({ holderId }) => identityOf(holderId, directory) === given.person);
    const code = whyLost(state, stage, planned, given, directory);
    if (code) lost.push({ personId: given.personId, code });
    else if (!seat || seat.group !== given.group || isBarred(seat.holderId))
      lost.push({ personId: given.personId, code: 'NOT_ELIGIBLE' });
    else if (seat.weight > given.weight) lost.push({ personId: given.personId, code: 'STRICTER' });
    else yes.push(seat.holderId);
  }
  return { yes, lost, passes: passesWith(planned, yes) };
}

/** Every yes of the stage as one that a policy without the stage lets go. */
export function droppedVotes(state: ApprovalState, stage: Stage, directory: DirectorySnapshot): LostVote[] {
  return yesOf(state, stage, directory).map(({ personId }) => ({ personId, code: 'STAGE_DROPPED' }));
}

interface Yes {
  personId: string;
  /** the human behind the vote */
  person: string;
  weight: number;
  group: string | null;
  /** null: carried once before */
  speaker: Seat | null;
}

/** Votes of a visit that was left count no more (AE-RET-2). */
const COUNTS: readonly Stage['state'][] = ['ACTIVE', 'BLOCKED', 'PASSED'];

/** The counted yes of the stage's present visit; of a stage carried whole, those it was carried with. */
function yesOf(state: ApprovalState, stage: Stage, directory: DirectorySnapshot): Yes[] {
  if (!COUNTS.includes(stage.state)) return [];
  const seats = seatsOf(state, stage);
  const given = seats
    .filter(({ parentId }) => parentId === null)
    .flatMap((root): Yes[] => {
      const vote = voteOf(seats, root, directory);
      const speaker = familyOf(seats, root).find(({ state: s }) => s === 'APPROVED' || s === 'AUTO_APPROVED');
      if (vote?.value !== 'YES' || !speaker) return [];
      return [{ personId: speaker.holderId, ...vote, speaker }];
    });
  if (given.length > 0 || stage.code !== 'CARRIED') return given;
  return stage.carriedYes.map((personId) => ({
    personId,
    person: identityOf(personId, directory),
    weight: 1,
    group: null,
    speaker: null,
  }));
}

function whyLost(
  state: ApprovalState,
  stage: Stage,
  { spec }: PlannedStage,
  { person, personId, speaker }: Yes,
  directory: DirectorySnapshot,
): LostVote['code'] | null {
  if (speaker?.code === 'TIMEOUT') return 'NOT_A_PERSON';
  if (speaker?.sameAs) return 'ELSEWHERE';
  if (speaker?.decision && !answerCovers(speaker, state)) return 'CONTENT';
  if (isStricter(stage.spec, spec) || lacks(stage.spec, spec, speaker)) return 'STRICTER';
  const human = Object.values(directory.people).find(({ identity, active }) => active && identity === person);
  if (!human || !directory.people[personId]?.active || isSelf(human, state, directory)) return 'NOT_ELIGIBLE';
  return null;
}

/** Does an approval need something along that this one need not have and has not? */
function lacks(before: StageSpec, after: StageSpec, speaker: Seat | null): boolean {
  const needed = requirementsOf(before, 'APPROVE');
  const hasWords = Boolean(speaker?.decision?.comment?.trim());
  return requirementsOf(after, 'APPROVE').some(
    (one) => !needed.includes(one) && !(one === 'COMMENT' && hasWords),
  );
}

function passesWith(planned: PlannedStage, yes: readonly string[]): boolean {
  if (planned.outcome !== 'SEATS' || yes.length < planned.spec.minApprovals) return false;
  const votes = planned.seats.map(({ holderId, weight, group }) => ({
    person: holderId,
    weight,
    group,
    value: yes.includes(holderId) ? ('YES' as const) : ('LIVE' as const),
  }));
  return quorumOutcome(planned.spec.quorum, votes, planned.spec.abstain) === 'PASS';
}

/** Does the stage need more than it did? What cannot be compared counts as more. */
export function isStricter(before: StageSpec, after: StageSpec): boolean {
  return after.minApprovals > before.minApprovals || !isAtMost(after.quorum, before.quorum);
}

function isAtMost(after: QuorumRule, before: QuorumRule): boolean {
  if (JSON.stringify(sorted(after)) === JSON.stringify(sorted(before))) return true;
  if (after.kind === 'ANY') return before.kind !== 'ANY' || after.first === 'UNTIL_ALL_NO';
  if (vetoes(after) && !vetoes(before)) return false;
  if (before.kind === 'ALL') return after.kind !== 'PER_GROUP';
  return after.kind === before.kind && after.kind !== 'PER_GROUP' && stricterQuorum(before, after) === before;
}

function vetoes(rule: QuorumRule): boolean {
  if (rule.kind === 'ANY') return rule.first === 'ANY_ANSWER';
  return rule.reject === 'VETO' || (rule.kind === 'ALL' && rule.reject === undefined);
}

function sorted(rule: QuorumRule): [string, unknown][] {
  return Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1));
}

function identityOf(personId: string, directory: DirectorySnapshot): string {
  return directory.people[personId]?.identity ?? personId;
}
