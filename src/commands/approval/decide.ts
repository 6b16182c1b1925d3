import type { DataSource, EntityManager } from 'typeorm';
import type { RequestState, SeatState, StageState } from '../../domain/approval/model.js';
import type { DecisionAction } from '../../domain/approval/stage-spec.js';
import { DomainError } from '../../domain/errors.js';
import type { DirectorySnapshot } from '../../domain/org/directory.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { judge, type Decided } from './apply.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { findSeat, lockRequest, mustSee, type ReadRight } from './request-lock.js';
import { commandInTurn } from './turn.js';

export interface SeatDecisionInput {
  seatId: string;
  action: DecisionAction;
  expectedSeatVersion: number;
  subjectHash: string;
  comment: string | null;
  returnTo?: 'INITIATOR' | string | undefined;
  resume?: 'NEXT' | 'TO_RETURNER' | undefined;
  /** one of several answered in one call (AE-BULK-1) */
  bulk?: boolean | undefined;
}

export type SeatDecided = {
  requestId: string;
  seq: number;
  requestState: RequestState;
  stageState: StageState | null;
  seatState: SeatState | null;
};

/**
 * A holder answers for a seat. Checks in the order of AE-CMD-4: the request is visible (else NOT_FOUND), then the
 * engine's own. Commands on one request queue on its lock; who comes second is judged on what the first has left.
 * @throws DomainError NOT_FOUND NOT_HOLDER SEAT_DECIDED STAGE_CLOSED REQUEST_CLOSED SEAT_NOT_OPEN STALE_VERSION
 *   STALE_SUBJECT REQUIREMENT_MISSING SOD_INITIATOR NOT_REACHABLE RETURN_LIMIT COMMAND_BUSY KEY_REUSED
 */
export async function decideSeat(
  db: DataSource,
  meta: CommandMeta,
  input: SeatDecisionInput,
  sees?: ReadRight,
  /** what must hold in the same transaction, or the decision is refused with it */
  first?: (tx: EntityManager) => Promise<void>,
): Promise<Answer<SeatDecided>> {
  const found = await findSeat(db, input.seatId, meta.actor);
  return commandInTurn(db, meta, found?.request_id ?? input.seatId, async (tx) => {
    const requestId = await mustSee(tx, found, meta.actor, sees);
    await first?.(tx);
    return answerSeat(tx, meta, input, requestId);
  });
}

async function answerSeat(
  tx: EntityManager,
  meta: CommandMeta,
  input: SeatDecisionInput,
  requestId: string,
): Promise<SeatDecided> {
  const held = await lockRequest(tx, requestId);
  const context = await contextFor(tx, held.before, { actor: meta.actor, now: held.head.now });
  const { returnTo, resume, bulk, ...required } = input;
  const command = {
    type: 'DECIDE' as const,
    ...required,
    ...(returnTo === undefined ? {} : { returnTo }),
    ...(resume === undefined ? {} : { resume }),
    ...(bulk === undefined ? {} : { bulk }),
  };
  const decided = withNames(context.directory, meta.actor.id, () => judge(held.before, command, context));
  await apply(tx, held, decided, { actor: meta.actor, cause: 'DECIDE', correlationId: meta.correlationId });
  return answer(decided, input.seatId);
}

function answer({ after }: Decided, seatId: string): SeatDecided {
  const seat = after.seats.find(({ id }) => id === seatId);
  const stage = after.stages.find(({ id }) => id === seat?.stageId);
  return {
    requestId: after.id,
    seq: after.seq,
    requestState: after.state,
    stageState: stage?.state ?? null,
    seatState: seat?.state ?? null,
  };
}

/** Losers are told by name who won, and whether it was themselves (AE-CMD-5). */
function withNames<T>({ people }: DirectorySnapshot, actorId: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const winning =
      error instanceof DomainError
        ? (error.details['winning'] as { actor: string } | null | undefined)
        : null;
    if (!(error instanceof DomainError) || !winning) throw error;
    const by = people[winning.actor];
    throw new DomainError(
      error.code,
      {
        ...error.details,
        winning: { ...winning, by: by ? { id: by.id, name: by.name, title: by.title } : null },
        byYou: winning.actor === actorId,
      },
      error.fields,
    );
  }
}
