import type { DataSource, EntityManager } from 'typeorm';
import type { ApprovalState, Seat } from '../../domain/approval/model.js';
import { isDecidedByChild } from '../../domain/approval/seats.js';
import { isLeftAlone, urgeable } from '../../domain/approval/urge.js';
import { DomainError } from '../../domain/errors.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { judge } from './apply.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { lockVisible } from './request-lock.js';
import type { OnRequest } from './takeback.js';
import { commandInTurn } from './turn.js';

/** One who was asked again, or was left alone because they had been asked too lately. */
export type Urged = {
  requestId: string;
  seatId: string;
  person: { id: string; name: string; title: string | null };
  stage: string;
  /** ISO instant from which this seat may be urged again */
  againAt: string;
};

export type UrgeResult = { notified: Urged[]; leftAlone: Urged[] };

export interface UrgeInput extends OnRequest {
  /** only this seat, or those it waits for; null: everybody who owes an answer */
  seatId: string | null;
  comment: string | null;
}

/**
 * AE-URGE-1: the initiator asks for the answers that are owed; where a stage is a request of its own, of those it waits
 * for. One transaction: who is told and that they were told are one fact.
 * @throws DomainError NOT_FOUND · as the engine's urge
 */
export function urgeRequest(
  db: DataSource,
  meta: CommandMeta,
  input: UrgeInput,
): Promise<Answer<UrgeResult>> {
  return commandInTurn(db, meta, input.requestId, async (tx) => {
    const asked = await urgeOne(tx, meta, input);
    const children = asked.state.stages.filter(isDecidedByChild).flatMap(({ childId }) => childId ?? []);
    const below = [];
    for (const requestId of input.seatId === null ? children : [])
      below.push(await urgeOne(tx, meta, { ...input, requestId }));
    const all = [asked, ...below];
    const notified = all.flatMap((one) => one.notified);
    if (notified.length === 0)
      throw all.find(({ refusal }) => refusal?.code === 'URGED_RECENTLY')?.refusal ?? asked.refusal!;
    return { notified, leftAlone: all.flatMap((one) => one.leftAlone) };
  });
}

interface UrgedOne extends UrgeResult {
  state: ApprovalState;
  /** nobody here could be urged now; a request may still wait for another one that can */
  refusal: DomainError | null;
}

async function urgeOne(
  tx: EntityManager,
  { actor, correlationId }: CommandMeta,
  input: UrgeInput,
): Promise<UrgedOne> {
  const { requestId, seatId, comment, sees } = input;
  const held = await lockVisible(tx, requestId, actor, sees);
  const { before: state, head } = held;
  const context = await contextFor(tx, state, { actor, now: head.now });
  const view = (seat: Seat, againAt: string): Urged => {
    const { name = '', title = null } = context.directory.people[seat.holderId] ?? {};
    const stage = state.stages.find(({ id }) => id === seat.stageId)?.spec.title ?? '';
    return { requestId, seatId: seat.id, person: { id: seat.holderId, name, title }, stage, againAt };
  };
  const leftAlone = urgeable(state, seatId)
    .filter((seat) => isLeftAlone(seat, head.now))
    .map((seat) => view(seat, seat.urgeAgainAt ?? head.now));
  try {
    const decided = judge(state, { type: 'URGE', seatId, comment }, context);
    await apply(tx, held, decided, { actor, cause: 'URGE', correlationId });
    const notified = decided.events.flatMap((event) => {
      const seat = event.type === 'seat.urged' && state.seats.find(({ id }) => id === event.seatId);
      return seat ? [view(seat, event.againAt)] : [];
    });
    return { state, notified, leftAlone, refusal: null };
  } catch (error) {
    if (error instanceof DomainError && (error.code === 'URGED_RECENTLY' || error.code === 'NOBODY_TO_URGE'))
      return { state, notified: [], leftAlone, refusal: error };
    throw error;
  }
}
