import type { DirectoryPerson } from '../../src/domain/org/directory.js';
import type { ApprovalState } from '../../src/domain/approval/model.js';
import type { Separation } from '../../src/domain/approval/separation-rules.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { DomainError } from '../../src/domain/errors.js';
import { Case, company, FACTS, stage } from './approval.js';

export const DISTINCT_XY: Separation = { kind: 'DISTINCT', stages: ['X', 'Y'] };
export const first = (over: Partial<StageSpec>) => stage('X', { rank: 1, ...over });
export const second = (over: Partial<StageSpec>) => stage('Y', { rank: 2, ...over });
export const UNTIL_ALL_NO = { quorum: { kind: 'ANY', first: 'UNTIL_ALL_NO' } } as const;

/** A request under constraints, submitted by rep in the test company. */
export function opened(
  separation: readonly Separation[],
  specs: readonly StageSpec[],
  over: { people?: DirectoryPerson[]; facts?: Partial<ApprovalState> } = {},
): Case {
  const facts = { ...FACTS, separation, ...over.facts };
  return new Case(specs, { directory: company(...(over.people ?? [])), facts });
}

/** The code a refusal has; `allowed` when there is none. */
export function refused(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'allowed';
}

/** Everybody who was not asked, with why, in the order of the log. */
export function dropped(request: Case): string[] {
  return request.log.flatMap((event) =>
    'dropped' in event ? event.dropped.map(({ personId, code }) => `${personId} ${code}`) : [],
  );
}
