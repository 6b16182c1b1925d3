import { DomainError } from '../errors.js';
import type { DirectorySnapshot } from '../org/directory.js';
import type { Who } from './candidates.js';
import type { ApprovalState, Stage } from './model.js';
import { canPass } from './plan.js';
import { separatedFrom } from './separation.js';
import { staffStage, type Staffing } from './resolve.js';
import type { StageSpec } from './stage-spec.js';

/** Who would sit in a stage of a running request if it opened now (AE-PLAN-4); too few for its quorum is a BLOCK (AE-Q-9). */
export function staffingOf(
  stage: Stage,
  state: ApprovalState,
  directory: DirectorySnapshot,
): Omit<Staffing, 'code'> & { code: string | null } {
  const { spec, fixedPersonIds, named } = stage;
  const byInitiator = named?.byId === state.initiatorId;
  const chosen = byInitiator ? named?.personIds : fixedPersonIds;
  const who: Who = {
    ...state,
    chosen: chosen ? { [spec.key]: chosen } : {},
    separated: separatedFrom(state, stage, directory),
  };
  const pinned =
    named && !byInitiator ? named.personIds : spec.resolveAt === 'SUBMIT' && !named ? fixedPersonIds : null;
  const fixed = pinned ? { ...spec, resolver: { kind: 'PERSON' as const, personIds: pinned } } : spec;
  const staffing = staffed(fixed, who, directory);
  if (staffing.outcome !== 'SEATS' || canPass(fixed, staffing.seats, directory)) return staffing;
  return { ...staffing, outcome: 'BLOCK', code: 'QUORUM_UNREACHABLE' };
}

/** AE-MGR-1: refused at submission, a line that goes in a circle later blocks the stage and not whoever passed the one before. */
function staffed(
  spec: StageSpec,
  who: Who,
  directory: DirectorySnapshot,
): Omit<Staffing, 'code'> & { code: string | null } {
  try {
    return staffStage(spec, who, directory);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'ORG_CYCLE') throw error;
    return { outcome: 'BLOCK', code: 'ORG_CYCLE', seats: [], dropped: [] };
  }
}
