import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { ProcessActivities } from '../activities/process.activities.js';
import { ACTING, READING, READING_PATIENTLY } from './activity-options.js';
import type { GeneralApprovalInput } from './messages.js';
import { Watch } from './watch.js';

const { readApproval } = proxyLocalActivities<ProcessActivities>(READING);
const { readApproval: readPatiently } = proxyActivities<ProcessActivities>(READING_PATIENTLY);
const { fireDueRungs } = proxyActivities<ProcessActivities>(ACTING);

/**
 * One request of kind GENERAL: waits until people have decided, and lets the ladder act when they take too long.
 * @returns the request's outcome
 */
export async function generalApproval(input: GeneralApprovalInput): Promise<string> {
  const { requestId, wakesPerRun } = input;
  const watch = new Watch({
    process: 'generalApproval',
    read: () => readApproval(requestId),
    readPatiently: () => readPatiently(requestId),
    oneAggregate: true,
    wakesPerRun,
  });
  for (;;) {
    const request = await watch.read();
    if (request.outcome) return request.outcome;

    const overdue = await watch.stepDue(request);
    if (overdue) {
      const summary = `Ladder of the approval, due ${overdue.at}`;
      await watch.take(overdue, (by) =>
        fireDueRungs.executeWithOptions({ ...ACTING, summary }, [by, requestId]),
      );
    }
    if (watch.isRunLong) await continueAsNew<typeof generalApproval>(input);
  }
}
