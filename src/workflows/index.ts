export { generalApproval } from './general-approval.workflow.js';
