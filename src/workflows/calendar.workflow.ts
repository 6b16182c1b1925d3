import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { CalendarActivities } from '../activities/calendar.activities.js';
import { MOVING_SEATS, READING, READING_PATIENTLY } from './activity-options.js';
import type { CalendarChangeInput } from './messages.js';
import { follow } from './watch.js';

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
  return follow({
    process: 'calendarChange',
    read: () => readCalendarChange(changeId),
    readPatiently: () => readPatiently(changeId),
    oneAggregate: false,
    wakesPerRun,
    take: ({ at }, by) =>
      applyCalendarChange.executeWithOptions({ ...MOVING_SEATS, summary: `Moves what is due, ${at}` }, [
        by,
        changeId,
      ]),
    again: () => continueAsNew<typeof calendarChange>(input),
  });
}
