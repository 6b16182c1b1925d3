import type { DataSource } from 'typeorm';
import type { ApprovalCommand } from '../../domain/approval/command.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { judge } from './apply.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { recheckedAfter } from './recheck.js';
import { findSeat, lockRequest, mustSee, type ReadRight } from './request-lock.js';
import { commandInTurn } from './turn.js';

type Input<T extends ApprovalCommand['type']> = Omit<Extract<ApprovalCommand, { type: T }>, 'type'>;

export type SeatsChanged = { requestId: string; seq: number };

/** The holder hands a seat to somebody else (AE-XFER-1). @throws DomainError NOT_FOUND · as the engine's transferSeat */
export function transferSeat(
  db: DataSource,
  meta: CommandMeta,
  input: Input<'TRANSFER'>,
  sees?: ReadRight,
): Promise<Answer<SeatsChanged>> {
  return changeSeats(db, meta, { type: 'TRANSFER', ...input }, [input.toPersonId], sees);
}

/** The holder asks others in (AE-ADD-1). @throws DomainError NOT_FOUND · as the engine's addSeats */
export function addSeats(
  db: DataSource,
  meta: CommandMeta,
  input: Input<'ADD'>,
  sees?: ReadRight,
): Promise<Answer<SeatsChanged>> {
  return changeSeats(db, meta, { type: 'ADD', ...input }, input.personIds, sees);
}

/** An open seat is taken out of its stage (AE-REM-1). @throws DomainError NOT_FOUND · as the engine's removeSeat */
export function removeSeat(
  db: DataSource,
  meta: CommandMeta,
  input: Input<'REMOVE'>,
  sees?: ReadRight,
): Promise<Answer<SeatsChanged>> {
  return changeSeats(db, meta, { type: 'REMOVE', ...input }, [], sees);
}

/** One of a pool takes its item, or gives it up (AE-IN-2). @throws DomainError NOT_FOUND · as the engine's claimSeat and releaseSeat */
export function claimSeat(
  db: DataSource,
  meta: CommandMeta,
  command: Extract<ApprovalCommand, { type: 'CLAIM' | 'RELEASE' }>,
  sees?: ReadRight,
): Promise<Answer<SeatsChanged>> {
  return changeSeats(db, meta, command, [], sees);
}

async function changeSeats(
  db: DataSource,
  meta: CommandMeta,
  command: Extract<ApprovalCommand, { type: 'TRANSFER' | 'ADD' | 'REMOVE' | 'CLAIM' | 'RELEASE' }>,
  others: readonly string[],
  sees?: ReadRight,
): Promise<Answer<SeatsChanged>> {
  const found = await findSeat(db, command.seatId, meta.actor);
  return recheckedAfter(db, meta, found?.request_id, () =>
    commandInTurn(db, meta, found?.request_id ?? command.seatId, async (tx) => {
      const requestId = await mustSee(tx, found, meta.actor, sees);
      const held = await lockRequest(tx, requestId);
      const { actor, correlationId } = meta;
      const context = await contextFor(tx, held.before, { actor, now: held.head.now, others });
      const decided = judge(held.before, command, context);
      await apply(tx, held, decided, { actor, cause: command.type, correlationId });
      return { requestId, seq: decided.after.seq };
    }),
  );
}
