import { Exact } from '../money.js';
import { isActiveStage } from './pipeline.js';

/** A deal as it stood at an instant; `worth` in the base currency, decimal string. */
export interface Standing {
  stage: string;
  worth: string;
  /** ISO date */
  expectedClose: string | null;
}

/** What became of a deal between two instants, in the order in which it is told. */
export const BRIDGE_STEPS = [
  'NEW',
  'REOPENED',
  'UP',
  'DOWN',
  'WON',
  'LOST',
  'HELD',
  'SLIPPED',
  'PULLED_IN',
] as const;
export type BridgeStep = (typeof BRIDGE_STEPS)[number];

export interface Movement {
  step: BridgeStep;
  /** what it adds to the open pipeline, base currency; zero for a moved close date */
  delta: string;
}

/**
 * How a deal moved the open pipeline between two instants. The deltas of all deals lead exactly from the open pipeline
 * then to the open pipeline now: a deal that was won at another worth than it had first moves up or down, then leaves.
 * @param before null when it was not there yet
 */
export function movementsOf(before: Standing | null, after: Standing): Movement[] {
  const wasOpen = before !== null && isActiveStage(before.stage);
  const isOpen = isActiveStage(after.stage);
  if (!wasOpen && !isOpen) return [];
  if (before === null) return [{ step: 'NEW', delta: after.worth }];
  if (!wasOpen) return [{ step: 'REOPENED', delta: after.worth }];
  const change = new Exact(after.worth).minus(before.worth);
  const moved: Movement[] = change.isZero()
    ? []
    : [{ step: change.isNegative() ? 'DOWN' : 'UP', delta: change.toFixed() }];
  if (!isOpen)
    return [...moved, { step: leftAs(after.stage), delta: new Exact(after.worth).neg().toFixed() }];
  return [...moved, ...shifted(before.expectedClose, after.expectedClose)];
}

function leftAs(stage: string): BridgeStep {
  if (stage === 'WON' || stage === 'LOST') return stage;
  return 'HELD';
}

function shifted(before: string | null, after: string | null): Movement[] {
  if (before === null || after === null || before === after) return [];
  return [{ step: after > before ? 'SLIPPED' : 'PULLED_IN', delta: '0' }];
}
