import type { Stop } from '../customer/block.js';
import { returnToInitiator } from './return.js';
import { isPassed } from './seats.js';
import type { Transition } from './transition.js';

/**
 * Nobody may deal with the customer: whatever is asked ends at once, also where all have said yes and only the wait is not
 * over. The request stays with its initiator, who may submit it again once the block is lifted; what had passed is kept.
 */
export function stopRequest(transition: Transition, stop: Stop): void {
  const { state, stages } = transition.state;
  if (state !== 'PENDING') return;
  const running = stages.find((stage) => stage.state === 'ACTIVE' || stage.state === 'BLOCKED');
  const from = running ?? stages.findLast(isPassed);
  if (from) returnToInitiator(transition, from, null, 'TO_RETURNER', stop);
}
