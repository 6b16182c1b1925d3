import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { CalendarActivities } from '../activities/calendar.activities.js';
import { MOVING_SEATS, READING, READING_PATIENTLY } from './activity-options.js';
import type { CalendarChangeInput } from './messages.js';
import { Watch } from './watch.js';

const { readCalendarChange } = proxyLocalActivities<CalendarActivities>(READING);
const { readCalendarChange: readPatiently } = proxyActivities<CalendarActivities>(READING_PATIENTLY);
const { applyCalendarChange } = proxyActivities<CalendarActivities>(MOVING_SEATS);

/**
 * An office works at other times: what is due on open requests moves with it, and a second look a little later finds
 * seats that were being opened just then (AE-SLA-5).
 * @returns how it ended
 */
export async function calendarChange(input: CalendarChangeInput): Promise<string> {
  const { changeId, wakesPerRun } = input;
  const watch = new Watch({
    process: 'calendarChange',
    read: () => readCalendarChange(changeId),
    readPatiently: () => readPatiently(changeId),
    oneAggregate: false,
    wakesPerRun,
  });
  for (;;) {
    const change = await watch.read();
    if (change.outcome) return change.outcome;

    const step = await watch.stepDue(change);
    if (step) {
      const options = { ...MOVING_SEATS, summary: `Moves what is due, ${step.at}` };
      await watch.take(step, (by) => applyCalendarChange.executeWithOptions(options, [by, changeId]));
    }
    if (watch.isRunLong) await continueAsNew<typeof calendarChange>(input);
  }
}
