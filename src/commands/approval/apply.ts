import type { EntityManager } from 'typeorm';
import type { Actor } from '../../domain/actor.js';
import type { ApprovalCommand, ApprovalContext } from '../../domain/approval/command.js';
import { decide, evolve } from '../../domain/approval/engine.js';
import type { ApprovalEvent } from '../../domain/approval/events.js';
import { earliestDueAt, nextRungAt } from '../../domain/approval/ladder.js';
import type { ApprovalState } from '../../domain/approval/model.js';
import { openHolders } from '../../domain/approval/seats.js';
import type { JsonObject } from '../../domain/json.js';
import { noticesOf } from '../../domain/notification/notices.js';
import { appendEvents, type AggregateHead, type NewEvent } from '../events.js';
import { notify } from '../notification/notify.js';
import { tellProcess } from '../outbox.js';
import { saveCopies } from './copies.js';
import { asJson } from './plan-hash.js';
import { saveChange } from './store.js';
import type { RequestOutcome, SubjectKind } from './subject.js';
import { subjectOwner } from './subjects.js';

/** A request under its lock. */
export interface Held {
  head: AggregateHead;
  kind: SubjectKind;
  subjectId: string;
  before: ApprovalState | null;
}

export interface Decided {
  events: readonly ApprovalEvent[];
  after: ApprovalState;
}

/** Who or what moved the request. */
export interface Cause {
  actor: Actor;
  cause: string;
  correlationId: string | null;
}

/** What a command would do. Nothing is stored yet. @throws DomainError whatever the engine refuses */
export function judge(
  before: ApprovalState | null,
  command: ApprovalCommand,
  context: ApprovalContext,
): Decided {
  const events = decide(before, command, context);
  const after = events.reduce<ApprovalState | null>(evolve, before);
  if (!after) throw new Error('a command on no request gave no request');
  return { events, after };
}

/** Rows, events, the subject's own step and the outbox, all in the running transaction; of this request alone. */
export async function applyAlone(
  tx: EntityManager,
  held: Held,
  { events, after }: Decided,
  by: Cause,
): Promise<void> {
  if (events.length === 0) return;
  const { before, head, kind, subjectId } = held;
  const change = { before, after, actorId: by.actor.id };
  await saveChange(tx, { before, after, events, kind, at: head.now });
  await saveCopies(tx, after, events);
  await appendEvents(
    tx,
    head,
    events.map((event) => newEvent(event, by)),
  );
  const owner = subjectOwner(kind);
  const reverted = events.some(({ type }) => type === 'request.reverted');
  if (reverted) await owner.reverted?.(tx, subjectId, after.id);
  const outcome = reverted ? null : outcomeOf(before, after);
  if (outcome) await owner.closed(tx, await owner.load(tx, subjectId), after.id, outcome, head.now);
  if (waitsDifferently(before, after))
    await tellProcess(tx, await owner.process(tx, subjectId, after.id, after.seq), by.correlationId);
  await notify(tx, {
    requestId: after.id,
    // of a stage's own request only its approvers hear: for everybody else the request it belongs to goes on
    notices: noticesOf(events, change).filter(({ kind: told }) => kind !== 'STAGE' || told !== 'OUTCOME'),
    events: events.map(({ type }, index) => ({ type, seq: head.seq + index + 1 })),
    at: head.now,
    correlationId: by.correlationId,
  });
}

function newEvent(event: ApprovalEvent, { actor, cause }: { actor: Actor; cause: string }): NewEvent {
  const payload = asJson(event) as JsonObject;
  if (event.type === 'request.closed')
    return { type: event.type, actor: actor.id, onBehalfOf: event.onBehalfOf, cause, payload };
  if (event.type !== 'seat.decided') return { type: event.type, actor: actor.id, cause, payload };
  return {
    type: event.type,
    actor: event.decision.actor,
    onBehalfOf: event.decision.onBehalfOf,
    cause,
    payload,
  };
}

function outcomeOf(before: ApprovalState | null, after: ApprovalState): RequestOutcome | null {
  if (before?.state === after.state || after.state === 'PENDING' || after.state === 'REVOKED') return null;
  return after.state;
}

/** A process hears only of what changes its wait: who holds it, which stage, until when, an earlier rung, the end (design §2). */
export function waitsDifferently(before: ApprovalState | null, after: ApprovalState): boolean {
  if (!before || before.state !== after.state || before.round !== after.round) return true;
  if (waitedFor(before) !== waitedFor(after)) return true;
  if (before.effectAt !== after.effectAt || earliestDueAt(before) !== earliestDueAt(after)) return true;
  const [was, is] = [nextRungAt(before), nextRungAt(after)];
  return is !== null && (was === null || is < was);
}

function waitedFor(state: ApprovalState): string {
  const running = state.stages.filter((stage) => stage.state === 'ACTIVE' || stage.state === 'BLOCKED');
  return [
    ...openHolders(state).sort(),
    ...running.map(({ id, state: s, visit }) => `${id}/${visit}/${s}`),
  ].join(' ');
}
