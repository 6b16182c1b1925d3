import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../../domain/actor.js';
import type { ApprovalCommand } from '../../domain/approval/command.js';
import { isTerminal } from '../../domain/approval/seats.js';
import { DomainError } from '../../domain/errors.js';
import type { Answer } from '../transaction.js';
import { judge } from './apply.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { lockRequest } from './request-lock.js';
import type { Step } from './time.js';
import { commandInTurn } from './turn.js';

/** Requests read at a time. */
const BATCH = 100;

export interface EachRequest {
  /** which requests, by id, after the one given: what is done drops out by itself */
  find: (after: string | null, limit: number) => Promise<string[]>;
  command: Exclude<ApprovalCommand, { type: 'SUBMIT' | 'RESUBMIT' | 'DECIDE' }>;
  /** whom the command is about, besides those the request knows */
  personIds: readonly string[];
  actor: Actor;
}

/** What came of it. A request that refuses stays as it is and does not hold up the others. */
export interface Walked {
  changed: number;
  refused: { requestId: string; code: string }[];
}

/**
 * One command on each of many requests, each in a transaction of its own: thousands of seats never sit in one, and a
 * repeat goes on where the last one ended (AE-LEAVE-1, AE-ABS-1).
 * @param beat called after each request
 */
export function onEachRequest(
  db: DataSource,
  step: Step,
  each: EachRequest,
  beat: (requestId: string) => void,
): Promise<Walked> {
  const one = async (requestId: string) => (await onRequest(db, step, requestId, each)).value.changed;
  return walkRequests(each.find, one, beat);
}

/** @param one does what there is to do on one request, and says whether that changed it */
export async function walkRequests(
  find: EachRequest['find'],
  one: (requestId: string) => Promise<boolean>,
  beat: (requestId: string) => void,
): Promise<Walked> {
  const walked: Walked = { changed: 0, refused: [] };
  for (let after: string | null = null; ;) {
    const requestIds: string[] = await find(after, BATCH);
    for (const requestId of requestIds) {
      try {
        if (await one(requestId)) walked.changed += 1;
      } catch (error) {
        if (!(error instanceof DomainError) || error.code === 'COMMAND_BUSY') throw error;
        walked.refused.push({ requestId, code: error.code });
      }
      beat(requestId);
    }
    const last = requestIds.at(-1);
    if (last === undefined) return walked;
    after = last;
  }
}

function onRequest(
  db: DataSource,
  { key, correlationId }: Step,
  requestId: string,
  { command, personIds, actor }: EachRequest,
): Promise<Answer<{ changed: boolean }>> {
  const scope = `request.${command.type.toLowerCase()}/${requestId}`;
  const meta = { actor, key, scope, body: null, correlationId };
  return commandInTurn(db, meta, requestId, async (tx) => {
    const held = await lockRequest(tx, requestId);
    if (isTerminal(held.before.state)) return { changed: false };
    const context = await contextFor(tx, held.before, { actor, now: held.head.now, others: personIds });
    const decided = judge(held.before, command, context);
    await apply(tx, held, decided, { actor, cause: command.type, correlationId });
    return { changed: decided.events.length > 0 };
  });
}

/** Pending requests in whose present round the person holds a live seat. */
export function requestsHeldBy(db: Pick<EntityManager, 'query'>, personId: string): EachRequest['find'] {
  return async (after, limit) => {
    const rows = await db.query<{ id: string }[]>(
      `SELECT DISTINCT s.request_id AS id FROM approval_seat s
       JOIN approval_request r ON r.id = s.request_id AND r.round = s.round AND r.state = 'PENDING'
       WHERE s.holder_id = $1 AND s.state IN ('WAITING', 'OPEN', 'PARKED') AND ($2::uuid IS NULL OR s.request_id > $2)
       ORDER BY s.request_id LIMIT $3`,
      [personId, after, limit],
    );
    return rows.map(({ id }) => id);
  };
}
