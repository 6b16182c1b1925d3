import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleOptions,
} from '@temporalio/client';
import { TASK_QUEUE } from './workflows/messages.js';

/** What runs by the clock and not for a case. Created and updated when a worker starts; an operator's pause is kept. */
const SCHEDULES: readonly ScheduleOptions[] = [
  regularly('reconcile', 'reconcile', { intervals: [{ every: '1 minute' }] }),
  regularly('audit-root', 'auditRoot', { calendars: [{ hour: 3, minute: 37 }] }),
  regularly('audit-anchor', 'anchorAudit', { intervals: [{ every: '1 hour', offset: '7 minutes' }] }),
];

function regularly(scheduleId: string, workflowType: string, spec: ScheduleOptions['spec']): ScheduleOptions {
  return {
    scheduleId,
    spec,
    action: { type: 'startWorkflow', workflowType, workflowId: scheduleId, taskQueue: TASK_QUEUE, args: [] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
  };
}

/** Idempotent: creates what is missing, brings the rest to this version's definition. */
export async function syncSchedules(client: Client): Promise<void> {
  for (const schedule of SCHEDULES) {
    try {
      await client.schedule.create(schedule);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await client.schedule.getHandle(schedule.scheduleId).update(({ state }) => ({
        ...schedule,
        action: { ...schedule.action, workflowType: workflowTypeOf(schedule), args: [] },
        state,
      }));
    }
  }
}

function workflowTypeOf({ action }: ScheduleOptions): string {
  return typeof action.workflowType === 'string' ? action.workflowType : action.workflowType.name;
}
