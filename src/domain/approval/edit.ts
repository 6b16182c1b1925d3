import { DomainError } from '../errors.js';
import { judgeStages, type StageAfter } from './edit-stages.js';
import type { SubjectEdit } from './command.js';
import type { BrokenStage } from './earlier.js';
import type { Seat, Stage } from './model.js';
import { isAnswered, replanned } from './replanned.js';
import { isLive, NOT_NEEDED, seatsOf } from './seats.js';
import type { Transition } from './transition.js';

/** Code of what ended because an approver changed the content. */
export const EDITED = 'EDITED';

/** What an edit leaves to do in the decider's own stage once their answer is recorded; null: nothing. */
export type OwnStageAfter = Pick<StageAfter, 'carriedYes'> | null;

/**
 * AE-SUB-2: an approver changes the content with their own answer. Stages whose approvals the content leaves are asked
 * again in their next visit, but for those whose yes still covers it; where the path is another one now, what is newly
 * needed is added, but no level below one that has answered for it already; what nobody has answered and nobody needs is
 * left out. Tasks that are open stay, on the new content.
 * @throws DomainError WOULD_INVALIDATE with the stages that are not in `accept` · NO_APPROVER a new stage cannot be staffed
 */
export function editSubject(
  transition: Transition,
  own: Stage,
  seat: Seat,
  { facts, plan, fields, accept }: SubjectEdit,
): OwnStageAfter {
  const { state, context } = transition;
  if (facts.subjectHash === state.subjectHash) return null;
  const judged = judgeStages(transition, own, { facts, plan });
  const broken = judged.flatMap(({ broken: one }) => one ?? []);
  mustBeAccepted(broken, accept, state.stages);
  const standing = judged.filter(
    ({ stage, then }) => stage.id === own.id || (then === 'STAY' && isAnswered(transition, stage)),
  );
  const { stages, fresh } = replanned(transition, stagesIn(judged), stagesIn(standing), { facts, plan });
  const added = fresh.map(({ spec }) => spec.key);
  const asked = judged.flatMap(({ stage, isAskedAnew }) => (isAskedAnew ? [stage.spec.key] : []));
  const problems = plan.problems.filter(({ stageKey }) => [...added, ...asked].includes(stageKey));
  if (problems.length > 0) throw new DomainError('NO_APPROVER', { problems });
  transition.emit({
    type: 'subject.edited',
    seatId: seat.id,
    fields,
    from: state.subjectHash,
    subjectHash: facts.subjectHash,
    ...(facts.measured ? { measured: facts.measured } : {}),
    exposure: facts.exposure,
    stages,
    added,
    broken,
    at: context.now,
  });
  for (const after of judged) if (after.stage.id !== own.id) follow(transition, after, EDITED);
  return judged.find(({ stage, then }) => stage.id === own.id && then === 'ASK_AGAIN') ?? null;
}

/** As the path has them from now on. */
export function stagesIn(judged: readonly StageAfter[]): Stage[] {
  return judged.map(({ stage }) => stage);
}

/** The decider's stage in its next visit: theirs is a yes to the new content. */
export function reopenOwnStage(
  transition: Transition,
  own: Stage,
  { carriedYes }: NonNullable<OwnStageAfter>,
  seat: Seat,
): void {
  const stage = transition.stage(own.id);
  transition.cancelLiveSeats(stage, EDITED);
  transition.closeStage(stage, 'INVALIDATED', EDITED, [...new Set([...carriedYes, seat.holderId])]);
}

/** Does what an edit, or a refresh, means for one stage. @param code of what ends by it */
export function follow(
  transition: Transition,
  { stage: { id }, then, carriedYes }: StageAfter,
  code: string,
): void {
  const stage = transition.stage(id);
  switch (then) {
    case 'STAY':
      return;
    case 'ASK_AGAIN':
      transition.cancelLiveSeats(stage, code);
      return transition.closeStage(stage, 'INVALIDATED', code, carriedYes);
    case 'LEAVE_OUT':
      for (const live of seatsOf(transition.state, stage).filter(isLive))
        transition.closeSeat(live, NOT_NEEDED);
      transition.emit({
        type: 'stage.skipped',
        stageId: id,
        code: NOT_NEEDED,
        dropped: [],
        at: transition.context.now,
      });
  }
}

function mustBeAccepted(
  broken: readonly BrokenStage[],
  accept: readonly string[],
  stages: readonly Stage[],
): void {
  if (broken.every(({ stageKey }) => accept.includes(stageKey))) return;
  const titleOf = (key: string) => stages.find(({ spec }) => spec.key === key)?.spec.title ?? key;
  throw new DomainError('WOULD_INVALIDATE', {
    stages: broken.map((one) => ({ ...one, title: titleOf(one.stageKey) })),
  });
}
