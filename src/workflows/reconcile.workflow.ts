import { proxyActivities } from '@temporalio/workflow';
import type { OpsActivities } from '../activities/ops.activities.js';

const { reconcileProcesses } = proxyActivities<OpsActivities>({
  startToCloseTimeout: '50 seconds',
  retry: { maximumAttempts: 1 }, // the schedule is the retry
});

/** Compares what is open in Postgres with what runs in Temporal; tells missing processes again. Every minute by schedule. */
export async function reconcile(): Promise<{ findings: number; retold: number }> {
  return reconcileProcesses();
}
