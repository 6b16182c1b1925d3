export { anchorAudit, auditRoot } from './audit.workflow.js';
export { calendarChange } from './calendar.workflow.js';
export { dealWatch } from './deal-watch.workflow.js';
export { deliver } from './deliver.workflow.js';
export { generalApproval } from './general-approval.workflow.js';
export { importJob } from './import-job.workflow.js';
export { absence, staffChange } from './people.workflow.js';
export { quoteToContract } from './quote-to-contract.workflow.js';
export { reconcile } from './reconcile.workflow.js';
