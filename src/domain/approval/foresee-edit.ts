import { DomainError } from '../errors.js';
import { advance } from './advance.js';
import type { ApprovalContext, SubjectEdit } from './command.js';
import { editSubject, reopenOwnStage } from './edit.js';
import type { BrokenStage } from './earlier.js';
import type { ApprovalState, Stage } from './model.js';
import { isDropped, isLive, isYes, seatsOf, stageOf } from './seats.js';
import { Transition } from './transition.js';

/** What an approval with this edit would bring about, before anybody sends it (AE-SUB-2). */
export interface EditForesight {
  /** stages whose approvals would not hold any more, and who would be asked again */
  invalidates: (BrokenStage & { title: string; personIds: string[] })[];
  /** stages that would be asked for the first time, and whom */
  added: { stageKey: string; title: string; personIds: string[] }[];
  /** stages that would not be asked any more */
  leftOut: { stageKey: string; title: string }[];
}

/** @throws DomainError NOT_HOLDER the seat is not theirs to answer for now · NO_APPROVER */
export function foreseeEdit(
  state: ApprovalState,
  seatId: string,
  edit: Omit<SubjectEdit, 'accept'>,
  context: ApprovalContext,
): EditForesight {
  const seat = state.seats.find(({ id }) => id === seatId);
  if (seat?.state !== 'OPEN' || seat.holderId !== context.actor.id || state.state !== 'PENDING')
    throw new DomainError('NOT_HOLDER', { requestState: state.state });
  const trial = new Transition(state, context);
  const own = stageOf(state, seat);
  const accept = state.stages.map(({ spec }) => spec.key);
  const then = editSubject(trial, own, seat, { ...edit, accept });
  const { subjectHash } = trial.state;
  const decision = {
    action: 'APPROVE' as const,
    actor: context.actor.id,
    onBehalfOf: null,
    comment: null,
    subjectHash,
    at: context.now,
  };
  trial.emit({ type: 'seat.decided', seatId, decision });
  if (then) reopenOwnStage(trial, own, then, seat);
  advance(trial);
  const edited = trial.events.find((event) => event.type === 'subject.edited');
  const { broken = [], added = [] } = edited?.type === 'subject.edited' ? edited : {};
  const stageBy = (key: string) => trial.state.stages.find(({ spec }) => spec.key === key)!;
  const planned = (key: string) => edit.plan.stages.find(({ spec }) => spec.key === key)?.seats ?? [];
  return {
    invalidates: broken.map((one) => {
      const stage = stageBy(one.stageKey);
      return { ...one, title: stage.spec.title, personIds: askedAgain(state, trial.state, stage) };
    }),
    added: added.map((stageKey) => ({
      stageKey,
      title: stageBy(stageKey).spec.title,
      personIds: planned(stageKey).map(({ holderId }) => holderId),
    })),
    leftOut: trial.state.stages
      .filter(
        (stage) => isDropped(stage) && state.stages.some((was) => was.id === stage.id && !isDropped(was)),
      )
      .map(({ spec }) => ({ stageKey: spec.key, title: spec.title })),
  };
}

/** Whoever has it open now; of a stage that waits for others, those whose yes is lost. */
function askedAgain(before: ApprovalState, after: ApprovalState, stage: Stage): string[] {
  const live = seatsOf(after, stage).filter(isLive);
  if (live.length > 0) return [...new Set(live.map(({ holderId }) => holderId))];
  const given = before.seats.filter((seat) => seat.stageId === stage.id && isYes(seat));
  const carried = (stage.carried ?? []).map(({ holderId }) => holderId);
  const lost = [...given.map(({ holderId }) => holderId)].filter((id) => !stage.carriedYes.includes(id));
  return [...new Set(lost.length > 0 ? lost : carried)];
}
