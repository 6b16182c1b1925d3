export { generalApproval } from './general-approval.workflow.js';
export { anchorAudit, reconcile } from './reconcile.workflow.js';
