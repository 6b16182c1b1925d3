import { proxyActivities } from '@temporalio/workflow';
import type { AuditActivities } from '../activities/audit.activities.js';

const { anchorAuditChains } = proxyActivities<AuditActivities>({ startToCloseTimeout: '5 minutes' });
const { publishAuditRoot } = proxyActivities<AuditActivities>({
  startToCloseTimeout: '10 minutes',
  scheduleToCloseTimeout: '20 hours', // the next day's root says more than a late one
  retry: { initialInterval: '30 seconds', backoffCoefficient: 2, maximumInterval: '30 minutes' },
});

/** Pins all event chains written so far. Every hour by schedule. */
export async function anchorAudit(): Promise<number> {
  return anchorAuditChains();
}

/** Says outside what the audit chains are. Every day by schedule. @returns where the root went */
export async function auditRoot(): Promise<string[]> {
  return (await publishAuditRoot()).publishedTo;
}
