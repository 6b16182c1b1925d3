import { asksTheLine } from '../domain/approval/org-drift.js';
import type { Resolver, StageSpec } from '../domain/approval/stage-spec.js';
import type { TableProblem } from './problem.js';

/** What a stage insists on, its resolver must be about: a role (4.5), or the reporting line of now (AE-MGR-2). */
export function strictProblems(stage: StageSpec): TableProblem[] {
  const { key: at, strictRole, strictReporting, resolver, resolveAt } = stage;
  const problems: TableProblem[] = [];
  if (strictRole === true && !findsByRole(resolver))
    problems.push({ at, code: 'STRICT_WITHOUT_ROLE', message: 'strictRole needs a resolver of kind ROLE' });
  if (strictReporting === true && (!asksTheLine(stage) || resolveAt === 'SUBMIT'))
    problems.push({
      at,
      code: 'STRICT_WITHOUT_LINE',
      message:
        'strictReporting needs a resolver of the reporting line (MANAGER, CHAIN_TO_LIMIT, HEAD), found when the stage begins',
    });
  return problems;
}

function findsByRole(resolver: Resolver): boolean {
  if (resolver.kind === 'GROUPS') return Object.values(resolver.groups).some(findsByRole);
  return resolver.kind === 'ROLE';
}
