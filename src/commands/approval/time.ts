import type { DataSource, EntityManager } from 'typeorm';
import { readRequest } from '../../db/approval-state.js';
import { nextRungAt } from '../../domain/approval/ladder.js';
import type { ApprovalCommand } from '../../domain/approval/command.js';
import type { ApprovalState, RequestState } from '../../domain/approval/model.js';
import { isTerminal } from '../../domain/approval/seats.js';
import { approvesOnOldFacts } from '../../domain/approval/timeout.js';
import { systemActor } from '../../domain/actor.js';
import { addDuration } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors.js';
import { loadCalendar } from '../calendar.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { judge } from './apply.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { approvalPolicyOf } from './policy-content.js';
import { refreshAfter } from './refresh.js';
import { lockRequest } from './request-lock.js';
import { commandInTurn } from './turn.js';

/** What a process needs to know after time has acted. */
export type TimeActed = {
  requestId: string;
  seq: number;
  state: RequestState;
  fired: number;
  /** when to look again; null when nobody's clock runs */
  nextRungAt: string | null;
};

type TimeCommand = Extract<
  ApprovalCommand,
  { type: 'FIRE_RUNGS' | 'EXPIRE' | 'REMIND_RETURNED' | 'TAKE_EFFECT' }
>;

/** The system's own key: a retried activity step gets its first answer again. */
export interface Step {
  /** `<workflow id>/<step>` */
  key: string;
  correlationId: string | null;
}

/**
 * Fires the rungs that are due by Postgres' clock, at most one per seat and call (AE-SLA-2). The actor is
 * `system:timeout` (AE-SLA-3). On a closed request nothing happens.
 */
export async function fireDueRungs(
  db: DataSource,
  step: Step,
  requestId: string,
): Promise<Answer<TimeActed>> {
  const meta = metaOf(step, 'request.rungs', requestId);
  await refreshBeforeYes(db, meta, requestId);
  return commandInTurn(db, meta, requestId, (tx) => act(tx, step, requestId, { type: 'FIRE_RUNGS' }));
}

/** AE-MGR-3: what time would say yes on is read again first, where it is too old; where that fails, operations hear of it. */
async function refreshBeforeYes(db: DataSource, meta: CommandMeta, requestId: string): Promise<void> {
  const stored = await readRequest(db, requestId);
  if (!stored || !approvesOnOldFacts(stored.state, stored.readAt)) return;
  await refreshAfter(db, meta, requestId).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.code === 'COMMAND_BUSY') throw error;
  });
}

/**
 * The wait between the last yes and the approval is over, by Postgres' clock: the request is approved, and its subject
 * hears of it. Taken back or withdrawn meanwhile, or too early: nothing happens (AE-WD-2).
 */
export function takeEffect(db: DataSource, step: Step, requestId: string): Promise<Answer<TimeActed>> {
  return commandInTurn(db, metaOf(step, 'request.effect', requestId), requestId, (tx) =>
    act(tx, step, requestId, { type: 'TAKE_EFFECT' }),
  );
}

/** Ends an open request whose subject is gone. On a closed request nothing happens. */
export function expireRequest(
  db: DataSource,
  step: Step,
  requestId: string,
  reason: string,
): Promise<Answer<TimeActed>> {
  return commandInTurn(db, metaOf(step, 'request.expire', requestId), requestId, (tx) =>
    act(tx, step, requestId, { type: 'EXPIRE', reason }),
  );
}

/**
 * Reminds the initiator of a returned request that nobody touched, then ends it, after the working days its policy allows
 * for each (AE-RES-2), by Postgres' clock. Resubmitted meanwhile, not due yet, or without such a limit: nothing happens.
 */
export function expireReturned(db: DataSource, step: Step, requestId: string): Promise<Answer<TimeActed>> {
  return commandInTurn(db, metaOf(step, 'request.expire-returned', requestId), requestId, async (tx) => {
    const { before, head } = await lockRequest(tx, requestId);
    const due = await dueOfReturned(tx, before, head.now);
    return due ? act(tx, step, requestId, due) : acted(before, 0);
  });
}

async function dueOfReturned(
  tx: EntityManager,
  { id, state, policy }: ApprovalState,
  now: string,
): Promise<TimeCommand | null> {
  if (state !== 'RETURNED') return null;
  const { returnedWorkDays, returnedReminderWorkDays } = (await approvalPolicyOf(tx, policy.id)).content;
  const [row] = await tx.query<{ since: Date }[]>(
    `SELECT state_since AS since FROM approval_request WHERE id = $1`,
    [id],
  );
  const calendar = await loadCalendar(tx);
  const isOver = (n: number | undefined) =>
    n !== undefined && addDuration(calendar, row!.since.toISOString(), { unit: 'workDays', n }).at <= now;
  if (isOver(returnedWorkDays)) return { type: 'EXPIRE', reason: 'returned and not resubmitted in time' };
  return isOver(returnedReminderWorkDays) ? { type: 'REMIND_RETURNED' } : null;
}

function metaOf({ key, correlationId }: Step, command: string, requestId: string): CommandMeta {
  return { actor: systemActor('timeout'), key, scope: `${command}/${requestId}`, body: null, correlationId };
}

async function act(
  tx: EntityManager,
  step: Step,
  requestId: string,
  command: TimeCommand,
): Promise<TimeActed> {
  const actor = systemActor('timeout');
  const held = await lockRequest(tx, requestId);
  const { before } = held;
  if (isTerminal(before.state)) return acted(before, 0);
  const context = await contextFor(tx, before, { actor, now: held.head.now });
  const decided = judge(before, command, context);
  await apply(tx, held, decided, { actor, cause: command.type, correlationId: step.correlationId });
  return acted(decided.after, decided.events.filter(({ type }) => type === 'rung.fired').length);
}

function acted(state: Parameters<typeof nextRungAt>[0], fired: number): TimeActed {
  return { requestId: state.id, seq: state.seq, state: state.state, fired, nextRungAt: nextRungAt(state) };
}
