import type { causes as zh } from '../zh/causes.js';

export const causes: typeof zh = {
  cause: {
    EMPTY: 'nobody fits the rule',
    SELF: 'the only approver is the requester',
    QUORUM_UNREACHABLE: 'too few who may approve',
    MIN_PERSONS: 'a further person has to approve',
    SOD_DRIFT: 'separation of duties left nobody',
    LEAVER: 'a leaver still owed an answer',
    ORG_CHANGED: 'the organisation has changed',
    ALL_ABSTAINED: 'everybody abstained',
    BLOCKED: 'nobody can approve',
    LADDER_EXHAUSTED: 'reminders used up',
    SOD_FLAGGED: 'approved, and kept out by now',
    WORKFLOW_TASK_FAILING: 'workflow code fails',
    ACTIVITY_RETRYING: 'a step keeps failing',
    OUTBOX_BEHIND: 'messages delayed',
    OUTBOX_PARKED: 'message parked',
    COMPENSATION_FAILED: 'the revoked approval could not be undone',
    NO_LIVE_SEAT: 'nobody holds it',
    NO_WORKFLOW: 'no workflow',
    NO_OPEN_ROW: 'workflow without request',
    NO_WORKER: 'no worker',
  },
  causeText: {
    BLOCKED: 'No person fits the rule: name an approver or correct the organisation.',
    LADDER_EXHAUSTED: 'Reminders and escalations are used up: talk to them, or put somebody else in.',
    SOD_FLAGGED:
      'What separates duties would refuse an approval that was given: it stands; ask whether it may.',
    WORKFLOW_TASK_FAILING: 'The workflow code fails; it goes on by itself once repaired.',
    ACTIVITY_RETRYING: 'A background step keeps failing and is being retried: see the reason.',
    OUTBOX_BEHIND: 'Changes in the database have not reached the engine: check the relay and Temporal.',
    OUTBOX_PARKED: 'A message failed too often and was parked; deliver it again once the cause is gone.',
    COMPENSATION_FAILED:
      'The approval is revoked, but what followed from it could not be undone; it is tried again.',
    NO_LIVE_SEAT: 'The approval is open but nobody holds it: it must be moved on.',
    NO_WORKFLOW: 'The approval is open but has no workflow: it can be started again.',
    NO_OPEN_ROW: 'A workflow still runs, but its approval is not open any more.',
    NO_WORKER: 'No worker takes tasks: nothing will move.',
  },
  opsAction: {
    RESTAFF: 'Name approvers',
    TRANSFER: 'Hand over',
    RETELL: 'Notify the workflow again',
    TERMINATE: 'Terminate',
  },
  opsActionText: {
    RESTAFF: 'Puts named people into the stage nobody can approve.',
    TRANSFER: 'Gives tasks of the holder to somebody else.',
    RETELL: 'The workflow reads the state again; no data changes, no step is repeated.',
    TERMINATE: 'Ends the approval; this cannot be undone.',
  },
};
