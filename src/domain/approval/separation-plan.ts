import type { DirectorySnapshot } from '../org/directory.js';
import type { Who } from './candidates.js';
import { brokenIn, plannedEvidence } from './separation.js';
import { separationCode, type SeparationCode } from './separation-rules.js';
import type { SeatDraft } from './resolve.js';
import type { StageSpec } from './stage-spec.js';

/**
 * AE-SOD-1 before anybody has answered: whom a stage will not ask, as far as the stages planned before it are certain. Where
 * the only one asked, or all of a countersign, must say yes for the path to get here, they have said it by then.
 */
export function separatedInPlan(
  spec: StageSpec,
  before: readonly { spec: StageSpec; seats: readonly SeatDraft[] }[],
  who: Who,
  directory: DirectorySnapshot,
): (personIds: readonly string[]) => SeparationCode | null {
  const duties = {
    who,
    yesIn: (key: string) => before.filter((stage) => stage.spec.key === key).flatMap(certainYes),
    persons: null,
  };
  return (personIds) => {
    const broken = brokenIn(plannedEvidence(duties, spec, personIds, directory));
    return broken && separationCode(broken);
  };
}

function certainYes({ spec, seats }: { spec: StageSpec; seats: readonly SeatDraft[] }): string[] {
  if (spec.quorum.kind !== 'ALL' && seats.length > 1) return [];
  return seats.flatMap(({ ownerId, holderId }) => [ownerId, holderId]);
}
