import type { DataSource, EntityManager } from 'typeorm';
import type { Answer, CommandMeta } from '../transaction.js';
import { judge } from './apply.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { findSeat, lockRequest, mustSee, type ReadRight } from './request-lock.js';
import type { SeatsChanged } from './seats.js';
import { commandInTurn } from './turn.js';

export interface RetractInput {
  seatId: string;
  expectedSeatVersion: number;
  reason: string | null;
}

/** AE-TB-1: an approval is taken back by whoever gave it. @throws DomainError NOT_FOUND · as the engine's retractDecision */
export async function retractDecision(
  db: DataSource,
  meta: CommandMeta,
  input: RetractInput,
  sees?: ReadRight,
): Promise<Answer<SeatsChanged>> {
  const found = await findSeat(db, input.seatId, meta.actor);
  return commandInTurn(db, meta, found?.request_id ?? input.seatId, async (tx) => {
    const requestId = await mustSee(tx, found, meta.actor, sees);
    const held = await lockRequest(tx, requestId);
    const { actor, correlationId } = meta;
    const context = await contextFor(tx, held.before, { actor, now: held.head.now });
    const childrenDecided = await decidedChildren(tx, requestId);
    const decided = judge(held.before, { type: 'RETRACT', ...input, childrenDecided }, context);
    await apply(tx, held, decided, { actor, cause: 'RETRACT', correlationId });
    return { requestId, seq: decided.after.seq };
  });
}

/** Requests that decide a stage of this one and in which somebody has answered already. */
async function decidedChildren(tx: EntityManager, requestId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `SELECT c.id FROM approval_request c WHERE c.parent_request_id = $1 AND EXISTS (
       SELECT 1 FROM approval_decision d JOIN approval_seat s ON s.id = d.seat_id AND s.retractions = d.retractions
       WHERE d.request_id = c.id AND d.actor NOT LIKE 'system:%')`,
    [requestId],
  );
  return rows.map(({ id }) => id);
}
