import type { DirectorySnapshot } from '../org/directory.js';
import type { ApprovalContext } from './command.js';
import { dedupeStage } from './dedupe.js';
import type { ApprovalState, Seat, Stage } from './model.js';
import { quorumOutcome } from './quorum.js';
import { isLive, isPassed, isYes, seatsOf } from './seats.js';
import { freshStage } from './submit.js';
import { Transition } from './transition.js';
import { votesOf } from './tree.js';
import type { Route, RouteStage } from './what-if.js';

/** For whom a route was sought, and by which rules people in several of its stages are asked once. */
export interface RouteRules extends Pick<ApprovalState, 'initiatorId' | 'selfIds' | 'unitId' | 'exposure'> {
  dedupe: ApprovalState['dedupe'];
  separation: ApprovalState['separation'];
  directory: DirectorySnapshot;
}

const CONTENT = 'as it is';

/**
 * The fewest answers of people with which each stage of a route passes, in its order. Whoever said yes before, or is asked
 * further on, is not asked twice: by the engine's own rule, on votes that are given as the route is walked (AE-DUP-1).
 */
export function answersOn(route: Route, rules: RouteRules): number[] {
  const transition = opened(route, rules);
  const { stages } = transition.state;
  return route.map((planned, index) => {
    const { id } = stages[index]!;
    if (planned.outcome !== 'SEATS') {
      transition.emit({
        type: 'stage.skipped',
        stageId: id,
        code: 'EMPTY',
        dropped: [],
        at: rules.directory.at,
      });
      return 0;
    }
    transition.emit({
      type: 'stage.activated',
      stageId: id,
      visit: 1,
      seats: planned.seats.map((seat, ordinal) => seatOf(seat, id, ordinal)),
      childId: null,
      dropped: [],
      at: rules.directory.at,
    });
    dedupeStage(transition, id);
    const count = passed(transition, id, route.slice(index + 1));
    transition.cancelLiveSeats(transition.stage(id), 'STAGE_DECIDED');
    if (!isPassed(transition.stage(id))) transition.closeStage(transition.stage(id), 'PASSED', null);
    return count;
  });
}

function opened(route: Route, { dedupe, separation, directory, ...who }: RouteRules): Transition {
  let ids = 0;
  const unused = (): never => {
    throw new Error('a route has no clock');
  };
  const context: ApprovalContext = {
    now: directory.at,
    actor: { kind: 'SYSTEM', id: 'system:what-if', permissions: [] },
    directory,
    newId: () => `${(ids += 1)}`,
    workDayAfter: unused,
    claimUntil: unused,
    urgeAgainAt: unused,
    ladder: unused,
    office: unused,
  };
  const transition = new Transition(null, context);
  transition.emit({
    type: 'request.submitted',
    requestId: 'what-if',
    round: 1,
    facts: {
      ...who,
      subjectHash: CONTENT,
      policy: { kind: '', version: 0, id: '' },
      withdrawPolicy: 'NEVER',
      dedupe,
      separation,
    },
    stages: route.map((planned) => ({
      ...freshStage({ ...planned, why: [], code: null, dropped: [] }, context.newId()),
      spec: asPlanned(planned),
    })),
    changed: true,
    resumeDowngraded: false,
    at: directory.at,
  });
  return transition;
}

/** The stage asks whom it was planned with. */
function asPlanned({ spec, outcome, seats }: RouteStage): Stage['spec'] {
  if (outcome !== 'SEATS') return spec;
  return { ...spec, resolver: { kind: 'PERSON', personIds: seats.map(({ holderId }) => holderId) } };
}

function seatOf(
  { ownerId, holderId, weight, group }: RouteStage['seats'][number],
  stageId: string,
  ordinal: number,
): Seat {
  return {
    id: `${stageId}/${ordinal}`,
    stageId,
    parentId: null,
    ownerId,
    holderId,
    weight,
    group,
    ordinal,
    hops: 0,
    origin: 'POLICY',
    added: null,
    visit: 1,
    version: 1,
    state: 'OPEN',
    code: null,
    why: [],
    openedAt: null,
    dueAt: null,
    rungs: [],
    decision: null,
    closedAt: null,
  };
}

/** People say yes until the stage passes: the heaviest votes first, of equal ones whoever sits further on most often. */
function passed(transition: Transition, stageId: string, behind: Route): number {
  const { context } = transition;
  const laterSeats = ({ holderId }: Seat) =>
    behind.filter(({ seats }) => seats.some((seat) => seat.holderId === holderId)).length;
  for (let count = 0; ; count += 1) {
    const { state } = transition;
    const stage = transition.stage(stageId);
    if (isPassed(stage) || isEnough(state, stage, context.directory)) return count;
    const [next] = seatsOf(state, stage)
      .filter((seat) => isLive(seat) && !isHeard(state, stage, seat.group, context.directory))
      .sort((a, b) => b.weight - a.weight || laterSeats(b) - laterSeats(a) || a.ordinal - b.ordinal);
    if (!next) return count;
    transition.emit({
      type: 'seat.decided',
      seatId: next.id,
      decision: {
        action: 'APPROVE',
        actor: next.holderId,
        onBehalfOf: null,
        comment: null,
        subjectHash: CONTENT,
        at: context.now,
      },
    });
  }
}

function isEnough(state: ApprovalState, stage: Stage, directory: DirectorySnapshot): boolean {
  const { quorum, abstain, minApprovals } = stage.spec;
  const seats = seatsOf(state, stage);
  const given = seats.filter(isYes).length;
  const owed = seats.filter(isLive).length;
  if (given < minApprovals && owed > 0) return false;
  return quorumOutcome(quorum, votesOf(state, stage, directory), abstain) === 'PASS';
}

/** Of a vote by groups: the group has passed, and more of its votes change nothing. */
function isHeard(
  state: ApprovalState,
  stage: Stage,
  group: string | null,
  directory: DirectorySnapshot,
): boolean {
  const { quorum, abstain } = stage.spec;
  const rule = quorum.kind === 'PER_GROUP' && group !== null ? quorum.groups[group] : undefined;
  if (!rule) return false;
  const votes = votesOf(state, stage, directory).filter((vote) => vote.group === group);
  return quorumOutcome(rule, votes, abstain) === 'PASS';
}
