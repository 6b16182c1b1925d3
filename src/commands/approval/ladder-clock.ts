import type { ApprovalContext } from '../../domain/approval/command.js';
import type { LadderSpec } from '../../domain/approval/stage-spec.js';
import { addDuration, type WorkCalendar } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors.js';

type Clock = ReturnType<ApprovalContext['ladder']>;

/** Ladders bound to instants by the working calendar (AE-SLA-1). Fifty seats opened together share one reckoning. */
export function ladderClock(
  ladders: readonly LadderSpec[],
  calendar: WorkCalendar,
): ApprovalContext['ladder'] {
  const known = new Map<string, Clock>();
  return (key, from) => {
    const name = `${key} ${from}`;
    const clock = known.get(name) ?? bind(ladders, calendar, key, from);
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
