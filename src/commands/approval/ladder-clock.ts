import type { ApprovalContext, ClockSpec } from '../../domain/approval/command.js';
import type { LadderSpec } from '../../domain/approval/stage-spec.js';
import { addDuration, type WorkCalendar } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors.js';
import type { DirectorySnapshot } from '../../domain/org/directory.js';
import { DEFAULT_OFFICE_KEY } from '../calendar.js';

type Clock = ReturnType<ApprovalContext['ladder']>;

/**
 * Whose hours a stage's clocks run in: one office's, each holder's own, or the company's. An office that is not known
 * counts as the company's: a policy must not stop a request because of it.
 */
export function officeClock(
  calendars: ReadonlyMap<string, WorkCalendar>,
  { people }: DirectorySnapshot,
): ApprovalContext['office'] {
  const own = calendars.get(DEFAULT_OFFICE_KEY);
  if (!own) throw new DomainError('NOT_FOUND', { officeKey: DEFAULT_OFFICE_KEY });
  return ({ calendar }, holderId) => {
    const key = keyOf(calendar, people[holderId]?.officeKey);
    const found = calendars.get(key);
    return found ? { key, calendar: found } : { key: DEFAULT_OFFICE_KEY, calendar: own };
  };
}

function keyOf(calendar: ClockSpec['calendar'], holders: string | undefined): string {
  if (calendar?.kind === 'OFFICE') return calendar.key;
  return (calendar?.kind === 'HOLDER' ? holders : undefined) ?? DEFAULT_OFFICE_KEY;
}

/** Ladders bound to instants by working time (AE-SLA-1). Fifty seats opened together share one reckoning. */
export function ladderClock(
  ladders: readonly LadderSpec[],
  office: ApprovalContext['office'],
): ApprovalContext['ladder'] {
  const known = new Map<string, Clock>();
  return (spec, holderId, from) => {
    const { key, calendar } = office(spec, holderId);
    const name = `${spec.ladder} ${key} ${from}`;
    const clock = known.get(name) ?? bind(ladders, calendar, spec.ladder, from);
    known.set(name, clock);
    return clock;
  };
}

function bind(ladders: readonly LadderSpec[], calendar: WorkCalendar, key: string, from: string): Clock {
  const ladder = ladders.find((candidate) => candidate.key === key);
  if (!ladder) throw new DomainError('POLICY_ERROR', { reason: 'unknown ladder', ladder: key });
  const after = (minutes: number) => addDuration(calendar, from, { unit: 'workMinutes', n: minutes }).at;
  return {
    dueAt: after(ladder.workMinutes),
    rungs: ladder.rungs.map(({ id, kind, atPercent, cap }) => ({
      id,
      kind,
      at: after(Math.round((ladder.workMinutes * atPercent) / 100)),
      firedAt: null,
      ...(cap === undefined ? {} : { cap }),
    })),
  };
}
