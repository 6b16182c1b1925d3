import { addDuration, workMinutesBetween, type WorkCalendar } from '../calendar.js';
import type { CalendarChange } from './command.js';
import type { Rung, Seat, Stage } from './model.js';
import { isLive, seatsOf, stageOf } from './seats.js';
import type { Transition } from './transition.js';

type Clock = Pick<Seat, 'rungs' | 'dueAt'>;

/**
 * AE-SLA-5: nobody could decide while the stage was blocked, so its clocks stood still: what was left of them in working
 * minutes is left from now on.
 * @param since ISO instant at which it was blocked
 */
export function resumeClocks(transition: Transition, stage: Stage, since: string): void {
  const { now, office } = transition.context;
  for (const seat of seatsOf(transition.state, stage).filter(hasClock)) {
    const { calendar } = office(stage.spec, seat.holderId);
    const later = (at: string) => (at <= since ? at : minutesOn(calendar, since, at, calendar, now));
    retime(transition, seat, 'UNBLOCKED', {
      dueAt: seat.dueAt && later(seat.dueAt),
      rungs: seat.rungs.map((rung) => (rung.firedAt === null ? { ...rung, at: later(rung.at) } : rung)),
    });
  }
}

/**
 * AE-SLA-5: an office works at other times from an instant on. Rungs that lay behind it keep as many working minutes as
 * they had then; those before it, and those that have fired, stay. Told twice, it moves nothing twice.
 */
export function retimeClocks(transition: Transition, change: CalendarChange): void {
  const { state, context } = transition;
  if (state.state !== 'PENDING') return;
  for (const seat of state.seats.filter(hasClock)) {
    const { spec } = stageOf(state, seat);
    if (context.office(spec, seat.holderId).key !== change.officeKey) continue;
    const known = seat.openedAt !== null && seat.openedAt < change.at;
    retime(transition, seat, 'CALENDAR', known ? moved(seat, change) : reckoned(transition, seat, change));
  }
}

function moved({ rungs, dueAt }: Seat, { id, at, before, after }: CalendarChange): Clock {
  if (rungs.some(({ movedBy }) => movedBy === id)) return { rungs, dueAt };
  const later = (instant: string) => (instant <= at ? instant : minutesOn(before, at, instant, after, at));
  return {
    dueAt: dueAt && later(dueAt),
    rungs: rungs.map((rung) =>
      rung.firedAt === null && rung.at > at ? { ...rung, at: later(rung.at), movedBy: id } : rung,
    ),
  };
}

/** Opened while the change came: by whichever times its command had read. Those of now are what counts. */
function reckoned({ state, context }: Transition, seat: Seat, { id }: CalendarChange): Clock {
  const { spec } = stageOf(state, seat);
  const clock = context.ladder(spec, seat.holderId, seat.openedAt ?? context.now);
  const fresh = new Map(clock.rungs.map((rung) => [rung.id, rung.at]));
  const asNow = (rung: Rung): Rung => {
    const at = fresh.get(rung.id);
    return rung.firedAt === null && at !== undefined && at !== rung.at ? { ...rung, at, movedBy: id } : rung;
  };
  const rungs = seat.rungs.map(asNow);
  return rungs.every((rung, index) => rung === seat.rungs[index]) ? seat : { rungs, dueAt: clock.dueAt };
}

/** The instant as many working minutes after `to` as lie between two instants. */
function minutesOn(
  before: WorkCalendar,
  from: string,
  until: string,
  after: WorkCalendar,
  to: string,
): string {
  const n = workMinutesBetween(before, from, until);
  return addDuration(after, to, { unit: 'workMinutes', n }).at;
}

function hasClock(seat: Seat): boolean {
  return isLive(seat) && seat.openedAt !== null && seat.rungs.some(({ firedAt }) => firedAt === null);
}

function retime(
  transition: Transition,
  seat: Seat,
  cause: 'UNBLOCKED' | 'CALENDAR',
  { rungs, dueAt }: Clock,
): void {
  const same = dueAt === seat.dueAt && rungs.every(({ at }, index) => at === seat.rungs[index]?.at);
  if (same) return;
  transition.emit({ type: 'seat.retimed', seatId: seat.id, cause, rungs, dueAt, at: transition.context.now });
}
