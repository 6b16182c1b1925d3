import { DomainError } from '../errors.js';
import { advance } from './advance.js';
import { carryOver, settledStages, type Carried } from './carry-over.js';
import type { ApprovalCommand } from './command.js';
import type { RoundFacts } from './events.js';
import type { Approved } from './earlier.js';
import type { ApprovalState } from './model.js';
import type { Plan } from './plan.js';
import { isPassed } from './seats.js';
import { mustBeStaffed, stagesOf } from './submit.js';
import type { Transition } from './transition.js';

/**
 * AE-ENV-3: an approved subject was changed. Inside everything that was approved, and with no approval needed that there
 * was not, the approval stands on the new content. Otherwise it is stale at once: nothing may follow from the subject
 * until a new round has approved it, or it is as it was. Judged under the policy of the approval.
 * @throws DomainError NOT_APPROVED
 */
export function amend(
  transition: Transition,
  { facts, plan }: Extract<ApprovalCommand, { type: 'AMEND' }>,
): void {
  const { state, context } = transition;
  if (state.state !== 'APPROVED') throw new DomainError('NOT_APPROVED', { requestState: state.state });
  const now = state.stale?.subjectHash ?? state.subjectHash;
  if (facts.subjectHash === now) return;
  const { stages, broken } = carryFrom(transition, facts, plan);
  const { subjectHash, measured, exposure } = facts;
  const at = context.now;
  if (stages.every(isPassed)) {
    transition.emit({
      type: 'request.amended',
      subjectHash,
      ...(measured ? { measured } : {}),
      exposure,
      at,
    });
  } else transition.emit({ type: 'request.stale', subjectHash, broken, at });
}

/**
 * AE-ENV-3: a stale approval goes into a new round, which asks only what the change broke, or newly needs. Until that
 * round has passed, the approval before it is what there is to go back to.
 * @throws DomainError NOT_APPROVED · NOT_STALE · NO_APPROVER
 */
export function amendRound(
  transition: Transition,
  { facts, plan }: Extract<ApprovalCommand, { type: 'SUBMIT_AMENDMENT' }>,
): void {
  const { state, context } = transition;
  if (state.state !== 'APPROVED') throw new DomainError('NOT_APPROVED', { requestState: state.state });
  if (!state.stale) throw new DomainError('NOT_STALE');
  mustBeStaffed(plan);
  const { stages, broken } = carryFrom(transition, facts, plan);
  transition.emit({
    type: 'request.submitted',
    requestId: state.id,
    round: state.round + 1,
    facts,
    stages,
    changed: true,
    resumeDowngraded: false,
    ...(broken.length > 0 ? { broken } : {}),
    amends: approvedBasis(state),
    at: context.now,
  });
  advance(transition);
}

/** What an approval stands on: its round's subject and answers, whatever rounds have failed to change it since. */
export function approvedBasis(state: ApprovalState): Approved {
  const { subjectHash, measured, exposure, policy, unitId, snapshots } = state;
  return {
    round: state.amends?.round ?? state.round,
    since: state.round + 1,
    subjectHash,
    ...(measured ? { measured } : {}),
    ...(snapshots ? { snapshots } : {}),
    exposure,
    policy,
    unitId,
    stages: state.amends?.stages ?? settledStages(state),
  };
}

function carryFrom({ state, context }: Transition, facts: RoundFacts, plan: Plan): Carried {
  const { separation } = state;
  return carryOver(approvedBasis(state), stagesOf(context, plan), facts, context.directory, separation);
}
