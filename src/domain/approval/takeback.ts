import { DomainError } from '../errors.js';
import { newSeat } from './activate.js';
import { advance } from './advance.js';
import type { ApprovalCommand } from './command.js';
import { isSelf } from './resolve.js';
import { resumeClocks } from './retime.js';
import { mustBeSeparate, seatEvidence } from './separation.js';
import { isTerminal } from './seats.js';
import { closeOpenStages } from './timeout.js';
import type { Transition } from './transition.js';

/**
 * AE-WD-1, AE-WD-2: the initiator takes the request back, or an admin for them while it waits for approvers; all live
 * seats end, no effect is ever emitted.
 * @throws DomainError ALREADY_APPROVED (revoke instead) · REQUEST_CLOSED · NOT_INITIATOR · WITHDRAW_NOT_ALLOWED
 */
export function withdraw(
  transition: Transition,
  command: Extract<ApprovalCommand, { type: 'WITHDRAW' }>,
): void {
  const { state, context } = transition;
  const own = context.actor.id === state.initiatorId;
  if (!own && !command.onBehalf) throw new DomainError('NOT_INITIATOR');
  if (state.state === 'APPROVED') throw new DomainError('ALREADY_APPROVED', { hint: 'revoke' });
  mustBeRunning(transition);
  const decided =
    state.seats.some((seat) => seat.decision !== null) || state.round > (state.amends?.since ?? 1);
  const { withdrawPolicy } = state;
  if (!own && state.state !== 'PENDING')
    throw new DomainError('WITHDRAW_NOT_ALLOWED', { requestState: state.state });
  if (withdrawPolicy === 'NEVER' || (withdrawPolicy === 'BEFORE_FIRST_DECISION' && decided)) {
    throw new DomainError('WITHDRAW_NOT_ALLOWED', { withdrawPolicy });
  }
  closeOpenStages(transition, 'WITHDRAWN');
  transition.closeRequest('WITHDRAWN', null, command.reason, own ? null : state.initiatorId);
}

/** AE-TERM-1: operations end a request with a reason; there is no force-approve. @throws DomainError REQUEST_CLOSED */
export function terminate(
  transition: Transition,
  command: Extract<ApprovalCommand, { type: 'TERMINATE' }>,
): void {
  mustBeRunning(transition);
  closeOpenStages(transition, 'TERMINATED');
  transition.closeRequest('TERMINATED', null, command.reason);
}

/**
 * An approval admin staffs a BLOCKED stage (AE-EMPTY-1). The admin is neither initiator nor may seat one.
 * @throws DomainError REQUEST_CLOSED STAGE_NOT_BLOCKED SOD_INITIATOR SOD_<constraint> PERSON_INACTIVE ALREADY_IN_STAGE
 */
export function restaff(
  transition: Transition,
  command: Extract<ApprovalCommand, { type: 'RESTAFF' }>,
): void {
  mustBeRunning(transition);
  const { state, context } = transition;
  const stage = transition.stage(command.stageId);
  if (stage.state !== 'BLOCKED') throw new DomainError('STAGE_NOT_BLOCKED', { stageState: stage.state });
  const self = (id: string) => {
    const person = context.directory.people[id];
    return person !== undefined && isSelf(person, state, context.directory);
  };
  if (self(context.actor.id)) throw new DomainError('SOD_INITIATOR');
  const before = state.seats.filter((seat) => seat.stageId === stage.id && seat.visit === stage.visit);
  const seats = [...new Set(command.personIds)].map((personId, index) => {
    if (!context.directory.people[personId]?.active) throw new DomainError('PERSON_INACTIVE', { personId });
    if (self(personId)) throw new DomainError('SOD_INITIATOR', { personId });
    mustBeSeparate(seatEvidence(state, stage, [personId], context.directory), personId);
    if (before.some((seat) => seat.holderId === personId))
      throw new DomainError('ALREADY_IN_STAGE', { personId });
    const draft = {
      ownerId: personId,
      holderId: personId,
      weight: 1,
      group: null,
      text: `staffed by an admin: ${command.reason}`,
    };
    return newSeat(transition, stage, {
      draft,
      ordinal: before.length + index,
      visit: stage.visit,
      origin: 'RESTAFFED',
    });
  });
  if (stage.openedAt) resumeClocks(transition, stage, stage.openedAt);
  transition.emit({
    type: 'stage.restaffed',
    stageId: stage.id,
    seats,
    reason: command.reason,
    at: context.now,
  });
  advance(transition);
}

export function mustBeRunning({ state }: Transition): void {
  if (isTerminal(state.state))
    throw new DomainError('REQUEST_CLOSED', { requestState: state.state, seq: state.seq });
}
