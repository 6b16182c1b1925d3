import type { ApprovalEvent } from '../../src/domain/approval/events.js';
import type { ApprovalState, Seat, Stage } from '../../src/domain/approval/model.js';
import type { DirectorySnapshot } from '../../src/domain/org/directory.js';

/** What must never be so, reckoned without any of the engine's own rules; each thing found in words, none: nothing. */
export function faultsOf(
  { stages, seats, state, separation }: ApprovalState,
  directory: DirectorySnapshot,
): string[] {
  const short = state === 'APPROVED' ? personsShort(stages, seats, separation, directory) : [];
  return [...stages.flatMap((stage) => stageFaults(stage, rootsOf(stage, seats), seats)), ...short];
}

function rootsOf({ id, visit }: Stage, seats: readonly Seat[]): Seat[] {
  return seats.filter((seat) => seat.stageId === id && seat.visit === visit && seat.parentId === null);
}

const isYes = ({ state }: Seat) => state === 'APPROVED' || state === 'AUTO_APPROVED';
const isNo = ({ state }: Seat) => state === 'REJECTED';
const isOwed = ({ state, code }: Seat) =>
  ['OPEN', 'WAITING', 'PARKED'].includes(state) || (state === 'CANCELLED' && code === 'STAGE_DECIDED');

/** Where every vote is one seat's own word: nobody was added or stands in, nothing was carried or left to later. */
function isPlain(roots: readonly Seat[], all: readonly Seat[]): boolean {
  return roots.every(
    ({ id, sameAs, origin }) =>
      origin !== 'ADDED' && sameAs?.kind !== 'LATER' && !all.some(({ parentId }) => parentId === id),
  );
}

function stageFaults(stage: Stage, roots: readonly Seat[], all: readonly Seat[]): string[] {
  const { key, quorum, abstain } = stage.spec;
  const isOwn = stage.code === null && stage.childId === null && roots.length > 0;
  if (!isOwn || !isPlain(roots, all)) return [];
  const said = (what: string) => [`${key} is ${stage.state} although ${what}`];
  const [yes, no] = [roots.filter(isYes).length, roots.filter(isNo).length];
  const abstained = roots.filter(({ state }) => state === 'ABSTAINED').length;
  const counted = yes + no + roots.filter(isOwed).length + (abstain === 'COUNTS_AS_NO' ? abstained : 0);
  const rejects = 'reject' in quorum && quorum.reject ? quorum.reject : quorum.kind === 'ALL' ? 'VETO' : null;
  const vetoes = rejects === 'VETO' && no > 0;
  if (vetoes && (stage.state === 'ACTIVE' || stage.state === 'PASSED')) return said('somebody said no');
  if (stage.state !== 'PASSED') return [];
  if (yes === 0) return said('nobody said yes');
  if (quorum.kind === 'ALL' && yes !== counted) return said('not all said yes');
  if (quorum.kind === 'COUNT' && yes < quorum.count) return said('too few said yes');
  if (quorum.kind === 'RATIO') {
    const [is, wanted] = [100 * yes, quorum.percent * counted];
    if (quorum.strict ? is <= wanted : is < wanted) return said('too small a part said yes');
  }
  return [];
}

function personsShort(
  stages: readonly Stage[],
  seats: readonly Seat[],
  separation: ApprovalState['separation'],
  { people }: DirectorySnapshot,
): string[] {
  const wanted = Math.max(0, ...separation.map((one) => (one.kind === 'MIN_PERSONS' ? one.count : 0)));
  const said = seats.flatMap(({ state, code, decision, holderId }) => {
    if (state === 'APPROVED' && decision) return [decision.actor];
    return state === 'AUTO_APPROVED' && code === 'CARRIED' ? [holderId] : [];
  });
  const kept = stages.flatMap(({ passedBy = [] }) => passedBy.flatMap(([first]) => first ?? []));
  const humans = new Set([...said, ...kept].map((id) => people[id]?.identity ?? id));
  return humans.size < wanted ? [`approved by ${humans.size} of ${wanted} persons`] : [];
}

const RETRACT_MS = 30 * 60_000;

/** Of one event: whoever counts as initiator said yes, or took back what is too old. */
export function faultsOfEvent(
  event: ApprovalEvent,
  before: ApprovalState,
  { people }: DirectorySnapshot,
): string[] {
  if (event.type === 'seat.decided' && event.decision.action === 'APPROVE') {
    const human = (id: string) => people[id]?.identity ?? id;
    const own = [before.initiatorId, ...before.selfIds].map(human);
    const acts = [event.decision.actor, event.decision.onBehalfOf ?? event.decision.actor].map(human);
    return acts.some((one) => own.includes(one)) ? [`${event.decision.actor} approves for themselves`] : [];
  }
  if (event.type === 'seat.retracted') {
    const age = Date.parse(event.at) - Date.parse(event.decision.at);
    return age > RETRACT_MS ? [`an answer of ${age / 60_000} minutes ago is taken back`] : [];
  }
  return [];
}
