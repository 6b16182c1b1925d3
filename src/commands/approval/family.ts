import type { EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import type { ChildEnd } from '../../domain/approval/command.js';
import type { ApprovalState, Stage } from '../../domain/approval/model.js';
import { isDecidedByChild, isTerminal } from '../../domain/approval/seats.js';
import { DomainError } from '../../domain/errors.js';
import { beginAggregate, type AggregateHead } from '../events.js';
import { applyAlone, judge, type Cause, type Decided, type Held } from './apply.js';
import { contextFor, contextOf } from './context.js';
import { planSubject, type PlannedSubject } from './planning.js';
import { lockRequest } from './request-lock.js';
import { insertRequest, saveRound } from './round.js';
import { subjectOwner } from './subjects.js';

/**
 * Stores what a command did, and in the same transaction what it means for the request's kin (AE-CHILD-1): a stage that
 * is a request of its own opens it, a stage that ended another way ends it, and a child that ended tells its parent.
 * Parent and child lock each other in both orders; a deadlock of the two is retried by runCommand.
 */
export async function apply(tx: EntityManager, held: Held, decided: Decided, by: Cause): Promise<void> {
  await applyAlone(tx, held, decided, by);
  const { before, kind, subjectId } = held;
  const { after } = decided;
  const byEngine = { ...by, actor: systemActor('child') };
  for (const stage of after.stages.filter((s) => isDecidedByChild(s) && before?.stages.includes(s) !== true))
    await openChild(tx, after.id, stage, byEngine);
  for (const stage of before?.stages ?? [])
    if (isDecidedByChild(stage) && !waitsFor(after, stage)) await endChild(tx, stage, byEngine);
  if (kind === 'STAGE' && !isTerminal(before?.state ?? 'PENDING') && isTerminal(after.state))
    await tellParent(tx, subjectId, after, byEngine);
}

/** Everything a new request writes, its first step included. False when the subject has an open one already. */
export async function openRequest(
  tx: EntityManager,
  head: AggregateHead,
  planned: PlannedSubject,
  decided: Decided,
  by: Cause & { comment: string | null },
): Promise<boolean> {
  const { subject, facts } = planned;
  if (!(await insertRequest(tx, planned, decided.after, head.now))) return false;
  await saveRound(tx, planned, decided, { comment: by.comment, submittedBy: facts.initiatorId });
  await subjectOwner(subject.kind).opened(tx, subject, decided.after.id);
  await apply(tx, { head, kind: subject.kind, subjectId: subject.id, before: null }, decided, by);
  return true;
}

/** By the parent's initiator, on the parent's content; a child that cannot be opened leaves a blocked stage, not an error for whoever came by. */
async function openChild(tx: EntityManager, parentId: string, stage: Stage, by: Cause): Promise<void> {
  const parent = await lockRequest(tx, parentId);
  const { childId } = stage;
  if (childId === null || !waitsFor(parent.before, stage)) return;
  const { now } = parent.head;
  let planned: PlannedSubject;
  let decided: Decided;
  try {
    if (parent.kind === 'STAGE') throw new DomainError('POLICY_ERROR', { reason: 'a child has no children' });
    const subject = await subjectOwner('STAGE').load(tx, stage.id);
    planned = await planSubject(tx, { subject, initiatorId: parent.before.initiatorId, at: now });
    const { directory, policy, facts, plan } = planned;
    const context = await contextOf(tx, { actor: by.actor, now, content: policy.content, directory });
    decided = judge(null, { type: 'SUBMIT', requestId: childId, facts, plan }, context);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await settle(tx, parentId, stage.id, childId, { state: 'NOT_OPENED', code: error.code }, by);
    return;
  }
  const head = await beginAggregate(tx, 'request', childId);
  await openRequest(tx, { ...head, now }, planned, decided, { ...by, cause: 'SUBMIT', comment: null });
}

async function endChild(tx: EntityManager, { childId }: Stage, by: Cause): Promise<void> {
  const open = await tx.query<unknown[]>(
    `SELECT 1 FROM approval_request WHERE id = $1 AND state IN ('PENDING', 'RETURNED')`,
    [childId],
  );
  if (childId === null || open.length === 0) return;
  const child = await lockRequest(tx, childId);
  if (isTerminal(child.before.state)) return;
  const context = await contextFor(tx, child.before, { actor: by.actor, now: child.head.now });
  const decided = judge(
    child.before,
    { type: 'TERMINATE', reason: 'the stage it decides has ended' },
    context,
  );
  await apply(tx, child, decided, { ...by, cause: 'PARENT_MOVED' });
}

async function tellParent(
  tx: EntityManager,
  stageId: string,
  { id, state, subjectHash }: ApprovalState,
  by: Cause,
): Promise<void> {
  if (state === 'PENDING' || state === 'RETURNED' || state === 'REVOKED') return;
  const [stage] = await tx.query<{ request_id: string }[]>(
    `SELECT request_id FROM approval_stage WHERE id = $1`,
    [stageId],
  );
  if (stage) await settle(tx, stage.request_id, stageId, id, { state, subjectHash }, by);
}

async function settle(
  tx: EntityManager,
  parentId: string,
  stageId: string,
  childId: string,
  end: ChildEnd,
  by: Cause,
): Promise<void> {
  const parent = await lockRequest(tx, parentId);
  const context = await contextFor(tx, parent.before, { actor: by.actor, now: parent.head.now });
  const decided = judge(parent.before, { type: 'CHILD_ENDED', stageId, childId, end }, context);
  await apply(tx, parent, decided, { ...by, cause: 'CHILD_ENDED' });
}

function waitsFor(state: ApprovalState, { id, childId }: Stage): boolean {
  return state.stages.some(
    (stage) => stage.id === id && isDecidedByChild(stage) && stage.childId === childId,
  );
}
