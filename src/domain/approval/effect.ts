import { minutesAfter } from './clock.js';
import { isPassed } from './seats.js';
import type { Transition } from './transition.js';

/**
 * All stages have passed: the request is approved, at once or after the minutes its policy lets go by. Until then it is
 * PENDING, whoever approved last may take it back, the initiator may withdraw, and nothing has followed from it yet.
 */
export function conclude(transition: Transition): void {
  const { state, context } = transition;
  if (state.state !== 'PENDING' || state.effectAt !== null || !state.stages.every(isPassed)) return;
  if (state.stages.length === 0) transition.closeRequest('APPROVED', 'POLICY_NO_APPROVAL', null);
  else if (state.effectDelayMinutes === 0) transition.closeRequest('APPROVED', null, null);
  else {
    const effectAt = minutesAfter(context.now, state.effectDelayMinutes);
    transition.emit({ type: 'request.passed', effectAt, at: context.now });
  }
}

/** The wait is over. Too early, taken back or withdrawn meanwhile, or approved already: nothing happens (AE-WD-2). */
export function takeEffect(transition: Transition): void {
  const { state, context } = transition;
  if (state.state !== 'PENDING' || state.effectAt === null || state.effectAt > context.now) return;
  transition.closeRequest('APPROVED', null, null);
}
