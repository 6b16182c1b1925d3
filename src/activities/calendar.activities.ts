import { Context } from '@temporalio/activity';
import type { DataSource } from 'typeorm';
import { applyCalendarChange } from '../commands/approval/calendar-change.js';
import type { ProcessView } from '../domain/process/view.js';
import { calendarProcess } from '../queries/process/calendar-process.js';
import type { StepKey } from './process.activities.js';
import { refusals } from './refusals.js';

export interface CalendarActivities {
  /** What is so with an edit of an office's calendar; null when there is no such edit. */
  readCalendarChange(changeId: string): Promise<ProcessView | null>;
  /** Moves what is due, request by request. A repeat goes on where it was and moves nothing twice. */
  applyCalendarChange(step: StepKey, changeId: string): Promise<void>;
}

export function createCalendarActivities({ dataSource }: { dataSource: DataSource }): CalendarActivities {
  return refusals<CalendarActivities>({
    readCalendarChange(changeId) {
      return calendarProcess(dataSource, changeId);
    },
    async applyCalendarChange(step, changeId) {
      await applyCalendarChange(dataSource, step, changeId, (requestId) => {
        Context.current().heartbeat(requestId);
        Context.current().cancellationSignal.throwIfAborted();
      });
    },
  });
}
