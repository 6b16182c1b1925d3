import { DomainError } from '../errors.js';
import type { ApprovalContext } from './command.js';
import type { ApprovalEvent } from './events.js';
import { evolve } from './evolve.js';
import type { ApprovalState, Seat, Stage } from './model.js';
import { isLive, seatsOf } from './seats.js';

/** One command's way through the request: what is so, what has happened so far in this command. */
export class Transition {
  readonly events: ApprovalEvent[] = [];
  private current: ApprovalState | null;

  constructor(
    before: ApprovalState | null,
    readonly context: ApprovalContext,
  ) {
    this.current = before;
  }

  /** @throws DomainError NOT_FOUND before the first event of a new request */
  get state(): ApprovalState {
    if (!this.current) throw new DomainError('NOT_FOUND');
    return this.current;
  }

  emit(event: ApprovalEvent): void {
    this.events.push(event);
    this.current = evolve(this.current, event);
  }

  stage(id: string): Stage {
    const stage = this.state.stages.find((candidate) => candidate.id === id);
    if (!stage) throw new DomainError('NOT_FOUND', { stageId: id });
    return stage;
  }

  seat(id: string): Seat {
    const seat = this.state.seats.find((candidate) => candidate.id === id);
    if (!seat) throw new DomainError('NOT_FOUND', { seatId: id });
    return seat;
  }

  /** Live seats of the stage's visit end with the stage, in the same seq (AE-Q-5). */
  cancelLiveSeats(stage: Stage, code: string): void {
    for (const seat of seatsOf(this.state, stage).filter(isLive)) this.closeSeat(seat, code);
  }

  closeSeat(seat: Seat, code: string): void {
    this.emit({ type: 'seat.closed', seatId: seat.id, state: 'CANCELLED', code, at: this.context.now });
  }

  closeStage(
    stage: Stage,
    state: Extract<ApprovalEvent, { type: 'stage.closed' }>['state'],
    code: string | null,
    carriedYes: readonly string[] = [],
  ): void {
    this.emit({ type: 'stage.closed', stageId: stage.id, state, code, carriedYes, at: this.context.now });
  }

  /** The round is over. One that would have changed an approval and ends without one leaves the approval as it was (AE-ENV-3). */
  closeRequest(
    state: Extract<ApprovalEvent, { type: 'request.closed' }>['state'],
    code: string | null,
    reason: string | null,
    onBehalfOf: string | null = null,
  ): void {
    const { actor, now } = this.context;
    const { amends } = this.state;
    if (amends && state !== 'APPROVED') {
      const { round: toRound } = amends;
      this.emit({
        type: 'request.reverted',
        outcome: state,
        toRound,
        by: actor.id,
        onBehalfOf,
        reason,
        at: now,
      });
      return;
    }
    this.emit({ type: 'request.closed', state, code, by: actor.id, onBehalfOf, reason, at: now });
  }
}
