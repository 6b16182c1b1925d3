import { continueAsNew, proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { ApprovalActivities } from '../activities/process.activities.js';
import type { GeneralApprovalInput } from './messages.js';
import { stepKey, Watch } from './watch.js';

const { readApproval } = proxyLocalActivities<ApprovalActivities>({ startToCloseTimeout: '10 seconds' });
const { fireApprovalRungs } = proxyActivities<ApprovalActivities>({ startToCloseTimeout: '30 seconds' });

/**
 * One request of kind GENERAL: waits until people have decided, and lets the ladder act when they take too long.
 * @returns the request's outcome
 */
export async function generalApproval({ requestId }: GeneralApprovalInput): Promise<string> {
  const watch = new Watch('generalApproval');
  for (;;) {
    const request = await watch.read(() => readApproval(requestId, 'approval'));
    if (request.outcome) return request.outcome;
    if (await watch.timeCame(request)) {
      await fireApprovalRungs(requestId, stepKey(`rungs/${request.seq}/${request.actAt}`));
    }
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof generalApproval>({ requestId });
  }
}
