import type { DataSource, EntityManager } from 'typeorm';
import { nextRungAt } from '../../domain/approval/ladder.js';
import type { RequestState } from '../../domain/approval/model.js';
import { isTerminal } from '../../domain/approval/seats.js';
import { systemActor } from '../../domain/actor.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { apply, judge } from './apply.js';
import { contextFor } from './context.js';
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
export function fireDueRungs(db: DataSource, step: Step, requestId: string): Promise<Answer<TimeActed>> {
  return commandInTurn(db, metaOf(step, 'request.rungs', requestId), requestId, (tx) =>
    act(tx, step, requestId, { type: 'FIRE_RUNGS' }),
  );
}

/** Ends an open request nobody will answer any more (AE-RES-2). On a closed request nothing happens. */
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

function metaOf({ key, correlationId }: Step, command: string, requestId: string): CommandMeta {
  return { actor: systemActor('timeout'), key, scope: `${command}/${requestId}`, body: null, correlationId };
}

async function act(
  tx: EntityManager,
  step: Step,
  requestId: string,
  command: { type: 'FIRE_RUNGS' } | { type: 'EXPIRE'; reason: string },
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
