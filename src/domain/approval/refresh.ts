import { DomainError } from '../errors.js';
import { advance } from './advance.js';
import type { ApprovalCommand } from './command.js';
import { follow, stagesIn } from './edit.js';
import { judgeStages } from './edit-stages.js';
import { refreshOf } from './fact-source.js';
import { isAnswered, replanned } from './replanned.js';
import type { Transition } from './transition.js';

/** Code of what ended because what was read from the books is not so any more. */
export const REFRESHED = 'REFRESHED';

/**
 * AE-MGR-3: what the request is judged by besides its content was read again. Unchanged, only its instant moves. Otherwise
 * whoever is newly needed is asked, and stages whose approvals do not cover the values of now are asked again, but for
 * those whose yes still does; nobody is left out, so that reading something again approves nothing.
 * Of a policy that is told nothing from the books nothing is read.
 * @throws DomainError REQUEST_STATE nobody decides on it · STALE_SUBJECT the content is another one
 */
export function refresh(
  transition: Transition,
  { facts, plan, changes }: Extract<ApprovalCommand, { type: 'REFRESH' }>,
): void {
  const { state, context } = transition;
  const { snapshots = [] } = facts;
  if (state.state !== 'PENDING' || state.effectAt !== null)
    throw new DomainError('REQUEST_STATE', { requestState: state.state, effectAt: state.effectAt });
  if (facts.subjectHash !== state.subjectHash)
    throw new DomainError('STALE_SUBJECT', { subjectHash: state.subjectHash });
  if (snapshots.length === 0) return;
  if (changes.length === 0) return transition.emit({ type: 'facts.refreshed', snapshots, at: context.now });
  const judged = judgeStages(transition, null, { facts, plan });
  const standing = judged.filter(({ stage, then }) => then === 'STAY' && isAnswered(transition, stage));
  const { stages, fresh } = replanned(transition, stagesIn(judged), stagesIn(standing), { facts, plan });
  const { measured, exposure } = facts;
  transition.emit({
    type: 'request.reassessed',
    cause: refreshOf(snapshots),
    changes,
    ...(measured ? { measured } : {}),
    exposure,
    snapshots,
    stages,
    added: fresh.map(({ spec }) => spec.key),
    broken: judged.flatMap(({ broken }) => broken ?? []),
    at: context.now,
  });
  for (const after of judged) follow(transition, after, REFRESHED);
  advance(transition);
}
