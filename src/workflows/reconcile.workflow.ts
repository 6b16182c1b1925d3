import { proxyActivities } from '@temporalio/workflow';
import type { OpsActivities } from '../activities/ops.activities.js';

const { reconcileProcesses } = proxyActivities<OpsActivities>({
  startToCloseTimeout: '50 seconds',
  retry: { maximumAttempts: 1 }, // the schedule is the retry
});
const { anchorAuditChains } = proxyActivities<OpsActivities>({ startToCloseTimeout: '5 minutes' });

/** Compares what is open in Postgres with what runs in Temporal; tells missing processes again. Every minute by schedule. */
export async function reconcile(): Promise<{ findings: number; retold: number }> {
  return reconcileProcesses();
}

/** Pins all event chains written so far. Every hour by schedule. */
export async function anchorAudit(): Promise<number> {
  return anchorAuditChains();
}
