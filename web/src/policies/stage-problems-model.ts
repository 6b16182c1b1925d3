import type { PolicyProblem } from '../api/types.js';

/** What each word of the linter is about. What is not listed is about the stage as a whole. */
const STAGE_FIELD: Readonly<Record<string, string>> = {
  UNKNOWN_LADDER: 'ladder',
  AUTO_APPROVE_UNSIGNED: 'ladder',
  SKIP_NEEDS_LOW_RISK: 'empty',
  POOL_NEEDS_ANY: 'resolver',
  STRICT_WITHOUT_ROLE: 'strictRole',
  STRICT_WITHOUT_LINE: 'strictReporting',
  LATE_WITHOUT_CHOICE: 'lateChoice',
  RETURN_UNKNOWN_STAGE: 'onReject',
  RETURN_LATER_STAGE: 'onReject',
  COUNT_WITHOUT_SEATS: 'resolver',
  GROUP_UNKNOWN: 'quorum',
  QUORUM_UNREACHABLE: 'quorum',
  CHILD_OF_ITSELF: 'resolver',
  CHILD_UNKNOWN_KIND: 'resolver',
  CHILD_INPUTS: 'resolver',
  NOBODY_CAN_STAFF: 'resolver',
  FRESH_LOOK_UNUSED: 'freshLook',
  UNKNOWN_OFFICE: 'calendar',
};
const OF_LADDERS: ReadonlySet<string> = new Set([
  'LADDER_WITHOUT_END',
  'AUTO_APPROVE_NEEDS_CAP',
  'RUNG_AFTER_END',
]);

export interface PlacedProblem {
  list: 'stages' | 'ladders';
  key: string;
  /** a stage's field, a ladder's rung; null: the whole */
  field: string | null;
  problem: PolicyProblem;
}

/** A stage and a ladder may have the same key: the word of the linter says which one it is about. */
export function placedProblems(
  problems: readonly PolicyProblem[],
  stages: readonly string[],
  ladders: readonly string[],
): PlacedProblem[] {
  return problems.flatMap((problem): PlacedProblem[] => {
    if (problem.row !== null) return [];
    const path = problem.at.split('/');
    const named = path[0] === 'stages' || path[0] === 'ladders' ? path.slice(1) : path;
    const [key = '', field] = named;
    const rest = named.length > 1 ? named.slice(1).join('/') : null;
    const ofLadder =
      path[0] === 'ladders' ||
      OF_LADDERS.has(problem.code) ||
      (problem.code === 'DUPLICATE' &&
        (field !== undefined || (ladders.includes(key) && !stages.includes(key))));
    if (ofLadder)
      return ladders.includes(key) ? [{ list: 'ladders', key, field: field ?? null, problem }] : [];
    if (!stages.includes(key)) return [];
    return [{ list: 'stages', key, field: rest ?? STAGE_FIELD[problem.code] ?? null, problem }];
  });
}
