import { workMinutesBetween, type WorkCalendar } from '../calendar.js';
import { evolve } from './evolve.js';
import type { ApprovalEvent } from './events.js';
import type { ApprovalState, Seat } from './model.js';
import type { DecisionAction } from './stage-spec.js';

/** What a request waited for: a holder, seats added to another's, somebody to staff a stage, its initiator. */
export const WAIT_CAUSES = ['HOLDER', 'PARKED', 'BLOCKED', 'RETURNED', 'OTHER'] as const;
export type WaitCause = (typeof WAIT_CAUSES)[number];

/** One seat from OPEN to its answer, or to now (AE-STAT-1). Seats that end without an answer took nobody's time. */
export interface Task {
  stageKey: string;
  stageTitle: string;
  /** the matched rows of the policy's table that asked for the stage, `<policy kind>/<row>` */
  rows: readonly string[];
  ownerId: string;
  /** who answered, `system:…` for time; who holds it now */
  actorId: string;
  /** null: still running */
  endedAt: string | null;
  action: DecisionAction | null;
  /** business minutes it was open, without those in which it was parked */
  minutes: number;
  clock: TaskClock | null;
}

/** The stored clock of an answered task, in business minutes since it was last opened afresh. */
export interface TaskClock {
  answered: number;
  due: number;
  /** rungs of its ladder; null: it was answered before */
  rungs: readonly { id: string; fired: number | null }[];
}

/** All of one request that figures are made of. */
export interface RequestFigures {
  tasks: readonly Task[];
  /** business minutes by cause, within the period */
  lost: Readonly<Record<WaitCause, number>>;
}

/** An event as the chain holds it. */
export interface LoggedEvent {
  event: ApprovalEvent;
  /** ISO instant of its command */
  at: string;
}

export interface Period {
  /** ISO instants; `to` is outside */
  from: string;
  to: string;
}

/** Replays a request's log. @param calendar working time of the company's office @param asOf ISO instant to which running tasks count */
export function figuresOf(
  log: readonly LoggedEvent[],
  calendar: WorkCalendar,
  { from, to }: Period,
  asOf: string,
): RequestFigures {
  const lost: Record<WaitCause, number> = { HOLDER: 0, PARKED: 0, BLOCKED: 0, RETURNED: 0, OTHER: 0 };
  const done: Task[] = [];
  const open = new Map<string, number>();
  let state: ApprovalState | null = null;
  let since = '';
  const pass = (until: string): void => {
    if (!state || until <= since) return;
    const cause = causeOf(state);
    if (cause) lost[cause] += between(calendar, later(since, from), earlier(until, to));
    const minutes = workMinutesBetween(calendar, since, until);
    for (const { id, state: seat } of state.seats)
      if (seat === 'OPEN') open.set(id, (open.get(id) ?? 0) + minutes);
    since = until;
  };
  for (const { event, at } of log) {
    pass(at);
    if (event.type === 'seat.decided' && state) {
      const seat = state.seats.find(({ id }) => id === event.seatId);
      if (seat) done.push(answered(state, seat, event.decision, open.get(seat.id) ?? 0, calendar));
      open.delete(event.seatId);
    }
    state = evolve(state, event);
    since = since === '' ? at : later(since, at);
  }
  pass(asOf);
  const running = (state?.seats ?? [])
    .filter(({ state: seat }) => state?.state === 'PENDING' && (seat === 'OPEN' || seat === 'PARKED'))
    .map((seat): Task => ({
      ...taskOf(state!, seat),
      actorId: seat.holderId,
      minutes: open.get(seat.id) ?? 0,
    }));
  return { tasks: [...done, ...running], lost };
}

function taskOf(state: ApprovalState, seat: Seat): Omit<Task, 'actorId' | 'minutes'> {
  const stage = state.stages.find(({ id }) => id === seat.stageId)!;
  const rows = new Set(stage.why.map(({ rowId }) => `${state.policy.kind}/${rowId}`));
  return {
    stageKey: stage.spec.key,
    stageTitle: stage.spec.title,
    rows: [...rows],
    ownerId: seat.ownerId,
    endedAt: null,
    action: null,
    clock: null,
  };
}

function answered(
  state: ApprovalState,
  seat: Seat,
  { actor, action, at }: { actor: string; action: DecisionAction; at: string },
  minutes: number,
  calendar: WorkCalendar,
): Task {
  const { openedAt, dueAt } = seat;
  const sinceOpened = (instant: string) => workMinutesBetween(calendar, openedAt!, instant);
  const clock = openedAt &&
    dueAt && {
      answered: sinceOpened(at),
      due: sinceOpened(dueAt),
      rungs: seat.rungs.map(({ id, firedAt }) => ({ id, fired: firedAt && sinceOpened(firedAt) })),
    };
  return {
    ...taskOf(state, seat),
    actorId: actor,
    endedAt: at,
    action,
    minutes,
    clock: clock || null,
  } as Task;
}

function causeOf({ state, stages, seats }: ApprovalState): WaitCause | null {
  if (state === 'RETURNED') return 'RETURNED';
  if (state !== 'PENDING') return null;
  if (stages.some((stage) => stage.state === 'BLOCKED')) return 'BLOCKED';
  if (seats.some((seat) => seat.state === 'OPEN')) return 'HOLDER';
  return seats.some((seat) => seat.state === 'PARKED') ? 'PARKED' : 'OTHER';
}

function between(calendar: WorkCalendar, a: string, b: string): number {
  return a < b ? workMinutesBetween(calendar, a, b) : 0;
}

function later(a: string, b: string): string {
  return a < b ? b : a;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

/** What an earlier or later rung would have changed. */
export interface Counterfactual {
  /** answers of people to tasks whose ladder has the rung */
  considered: number;
  /** of them, answered after the rung had fired */
  rung: number;
  onTime: number;
  wouldBeOnTime: number;
  /** median business minutes from the rung to the answer, of those answered after it */
  reactionMinutes: number | null;
}

/**
 * If the ladder had rung `rungId` at `atMinutes`: who answered after the rung would have answered as many business minutes
 * after it as they did; who answered before it would have answered as they did. Counts stored clocks only.
 */
export function counterfactual(tasks: readonly Task[], rungId: string, atMinutes: number): Counterfactual {
  const cases = tasks.flatMap(({ clock, actorId }) => {
    const rung = clock?.rungs.find(({ id }) => id === rungId);
    return clock && rung && !actorId.startsWith('system:') ? [{ ...clock, fired: rung.fired }] : [];
  });
  const reactions = cases.flatMap(({ answered, fired }) => (fired === null ? [] : [answered - fired]));
  const would = cases.map(({ answered, due, fired }) => ({
    due,
    answered: fired === null ? answered : atMinutes + (answered - fired),
  }));
  const onTime = (all: readonly { answered: number; due: number }[]) =>
    all.filter(({ answered, due }) => answered <= due).length;
  return {
    considered: cases.length,
    rung: reactions.length,
    onTime: onTime(cases),
    wouldBeOnTime: onTime(would),
    reactionMinutes: percentile(
      reactions.sort((a, b) => a - b),
      50,
    ),
  };
}

/** Nearest rank: a time that really occurred. @param sorted ascending */
export function percentile(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null;
}
