import type { ApprovalCommand, ApprovalContext } from './command.js';
import type { ApprovalEvent } from './events.js';
import type { ApprovalState } from './model.js';
import { giveBack, handOver } from './absence.js';
import { acceptOutcome } from './accept-outcome.js';
import { amend, amendRound } from './amend.js';
import { addSeats } from './add.js';
import { attach } from './attachment.js';
import { advance } from './advance.js';
import { reassess } from './reassess.js';
import { recheckSeparation } from './drift.js';
import { sendCopies } from './cc.js';
import { takeEffect } from './effect.js';
import { claimSeat, joinPools, releaseSeat } from './claim.js';
import { childEnded } from './child.js';
import { personLeft, roleLost } from './leave.js';
import { migrate } from './migrate.js';
import { nameApprovers } from './name-approvers.js';
import { reassignSeat } from './reassign.js';
import { refresh } from './refresh.js';
import { removeSeat } from './remove.js';
import { retractDecision } from './retract.js';
import { replaceInitiator, setInitiator } from './return.js';
import { retimeClocks } from './retime.js';
import { revoke } from './revoke.js';
import { stopRequest } from './stop.js';
import { followLine } from './strict-reporting.js';
import { resubmit, submit } from './submit.js';
import { mustBeRunning, restaff, terminate, withdraw } from './takeback.js';
import { expireRequest, fireDueRungs, remindInitiator } from './timeout.js';
import { transferSeat } from './transfer.js';
import { Transition } from './transition.js';
import { urge } from './urge.js';
import { decideSeat } from './vote.js';

export { evolve } from './evolve.js';

/**
 * The whole engine: what a command means for a request as it is now. Pure; the caller holds the aggregate's lock,
 * stores the events and whatever rows changed. The same function serves submit, preview, what-if and replay.
 * @returns the events in order; empty when nothing changes (a timer that finds nothing due)
 * @throws DomainError with the codes of approvals.md; then nothing has happened
 */
export function decide(
  state: ApprovalState | null,
  command: ApprovalCommand,
  context: ApprovalContext,
): ApprovalEvent[] {
  const transition = new Transition(state, context);
  run(transition, command, state !== null);
  // whoever holds a seat now may have changed who is still asked
  if (transition.events.length > 0) advance(transition);
  sendCopies(transition, ('ccPersonIds' in command && command.ccPersonIds) || []);
  return transition.events;
}

function run(transition: Transition, command: ApprovalCommand, exists: boolean): void {
  switch (command.type) {
    case 'SUBMIT':
      return submit(transition, command, exists);
    case 'RESUBMIT':
      return resubmit(transition, command);
    case 'AMEND':
      return amend(transition, command);
    case 'SUBMIT_AMENDMENT':
      return amendRound(transition, command);
    case 'DECIDE':
      return decideSeat(transition, command);
    case 'ATTACH':
      return attach(transition, command.attachment);
    case 'URGE':
      return urge(transition, command);
    case 'ADD':
      return addSeats(transition, command);
    case 'REMOVE':
      return removeSeat(transition, command);
    case 'TRANSFER':
      return transferSeat(transition, command);
    case 'REASSIGN':
      return reassignSeat(transition, command);
    case 'PERSON_LEFT':
      return personLeft(transition, command.personId);
    case 'ROLE_LOST':
      return roleLost(transition, command);
    case 'RECHECK_SEPARATION':
      return recheckSeparation(transition);
    case 'ORG_CHANGED':
      followLine(transition);
      return recheckSeparation(transition);
    case 'REFRESH':
      return refresh(transition, command);
    case 'CLAIM':
      return claimSeat(transition, command);
    case 'RELEASE':
      return releaseSeat(transition, command);
    case 'JOIN_POOLS':
      return joinPools(transition, command);
    case 'HAND_OVER':
      return handOver(transition, command);
    case 'GIVE_BACK':
      return giveBack(transition, command);
    case 'ACCEPT_OUTCOME':
      return acceptOutcome(transition, command);
    case 'RETRACT':
      return retractDecision(transition, command);
    case 'MIGRATE':
      return migrate(transition, command);
    case 'REVOKE':
      return revoke(transition, command);
    case 'TAKE_EFFECT':
      return takeEffect(transition);
    case 'WITHDRAW':
      return withdraw(transition, command);
    case 'TERMINATE':
      return terminate(transition, command);
    case 'EXPIRE':
      mustBeRunning(transition);
      return expireRequest(transition, command.reason);
    case 'REPLACE_INITIATOR':
      return replaceInitiator(transition);
    case 'SET_INITIATOR':
      return setInitiator(transition, command);
    case 'REMIND_RETURNED':
      return remindInitiator(transition);
    case 'RESTAFF':
      return restaff(transition, command);
    case 'NAME_APPROVERS':
      return nameApprovers(transition, command);
    case 'CHILD_ENDED':
      return childEnded(transition, command);
    case 'RETIME':
      return retimeClocks(transition, command.change);
    case 'REASSESS':
      return reassess(transition, command);
    case 'STOP':
      return stopRequest(transition, command.stop);
    case 'FIRE_RUNGS':
      return fireDueRungs(transition);
  }
}
