import type { DataSource } from 'typeorm';
import type { Answer, CommandMeta } from '../transaction.js';
import { judge } from './apply.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { findSeat, lockRequest, mustSee, type ReadRight } from './request-lock.js';
import { commandInTurn } from './turn.js';

export interface TransferInput {
  seatId: string;
  toPersonId: string;
  expectedSeatVersion: number;
  reason: string;
}

export type Transferred = { requestId: string; seq: number };

/**
 * The holder hands a seat to somebody else (AE-XFER-1).
 * @throws DomainError NOT_FOUND · as the engine's transferSeat · COMMAND_BUSY · KEY_REUSED
 */
export async function transferSeat(
  db: DataSource,
  meta: CommandMeta,
  input: TransferInput,
  sees?: ReadRight,
): Promise<Answer<Transferred>> {
  const found = await findSeat(db, input.seatId, meta.actor);
  return commandInTurn(db, meta, found?.request_id ?? input.seatId, async (tx) => {
    const requestId = await mustSee(tx, found, meta.actor, sees);
    const held = await lockRequest(tx, requestId);
    const others = [input.toPersonId];
    const context = await contextFor(tx, held.before, { actor: meta.actor, now: held.head.now, others });
    const decided = judge(held.before, { type: 'TRANSFER', ...input }, context);
    await apply(tx, held, decided, {
      actor: meta.actor,
      cause: 'TRANSFER',
      correlationId: meta.correlationId,
    });
    return { requestId, seq: decided.after.seq };
  });
}
