import type { ProblemTexts } from './text.js';

/** What the rules of an approval refuse: whose turn it is, what was decided, separation of duties, limits. */
export const APPROVAL_PROBLEMS = {
  REQUEST_STATE: {
    title: 'The request has moved on',
    detail: 'The state the request is in does not allow this act; read it again.',
  },
  REQUEST_CLOSED: {
    title: 'The request has ended',
    detail: 'Nothing is decided on a request that has ended; start a new one.',
  },
  STAGE_CLOSED: {
    title: 'The stage has ended',
    detail: 'A stage that has ended takes no more answers; look where the request is now.',
  },
  STAGE_BEGUN: {
    title: 'The stage has begun',
    detail: 'Approvers of a stage are named before it begins; ask an administrator to staff it anew.',
  },
  STAGE_NOT_BLOCKED: {
    title: 'Somebody can decide this stage',
    detail: 'Only a stage that nobody can decide is staffed or moved on by hand; leave it to its approvers.',
  },
  SEAT_DECIDED: {
    title: 'Decided already',
    detail: 'Each seat answers once and `winning` is its answer; nothing is left to do here.',
  },
  SEAT_NOT_OPEN: {
    title: "Not this seat's turn",
    detail: 'The seat is not open for answers now; wait until it is asked.',
  },
  NOT_HOLDER: {
    title: 'This does not wait for you',
    detail: 'Only whoever holds the seat answers for it; read who holds it now.',
  },
  NOT_ACTOR: { title: 'Not your answer', detail: 'Only whoever gave an answer takes it back; ask them.' },
  NOT_INITIATOR: {
    title: 'You did not submit this',
    detail: 'Only the initiator does this; ask them or an administrator.',
  },
  NOT_RETURNED: {
    title: 'The request is not returned',
    detail: 'Only a request that came back is resubmitted; withdraw it first to change it.',
  },
  NOT_APPROVED: {
    title: 'The request is not approved',
    detail: 'This is for approved requests only; withdraw it instead while it is open.',
  },
  NOT_DECIDED: {
    title: 'There is no answer yet',
    detail: 'Only a given answer is taken back; answer instead.',
  },
  NOT_STALE: {
    title: 'Nothing was changed since approval',
    detail: 'The content is still what was approved; an amendment needs a change beyond its envelope.',
  },
  NOT_COVERED: {
    title: 'Not what was approved',
    detail: 'The content is outside what the approval covers; put it to approval again.',
  },
  NOT_REACHABLE: {
    title: 'Cannot go back to that stage',
    detail: 'A request is returned to a stage that it went through; choose one of those.',
  },
  STALE_SUBJECT: {
    title: 'The content changed meanwhile',
    detail:
      'An answer is about one version of the content and there is a newer one; read it and answer anew.',
  },
  STALE_VERSION: {
    title: 'It changed meanwhile',
    detail: 'The version named is not the newest; read the record again and repeat the act.',
  },
  PLAN_CHANGED: {
    title: 'The path has changed',
    detail: 'The approvers are not those you were shown; look at the path again and submit.',
  },
  NO_APPROVER: {
    title: 'Nobody fits a stage',
    detail:
      'The policy finds nobody for a stage and does not skip it; have the policy or the organisation mended.',
  },
  NO_POLICY: {
    title: 'No policy is in force',
    detail: 'Approval needs a policy of this kind that is in force; have an administrator publish one.',
  },
  NO_POLICY_ROW: {
    title: 'No rule fits',
    detail: "No row of the decision table matches these facts; have the policy's authors add one.",
  },
  POLICY_ERROR: {
    title: 'The policy is broken',
    detail: 'The policy could not be evaluated on these facts; have its authors mend what is named.',
  },
  PERSON_UNKNOWN: {
    title: 'Names an unknown person',
    detail:
      'A field from which the policy reads an approver names nobody of the company; correct that field.',
  },
  UNIT_UNKNOWN: {
    title: 'Names an unknown unit',
    detail: 'A field from which the policy reads a unit names none of the company; correct that field.',
  },
  PERSON_INACTIVE: {
    title: 'The person has left',
    detail: 'Only people who are active take part; choose somebody else.',
  },
  APPROVER_NOT_ALLOWED: {
    title: 'This person may not be chosen',
    detail: 'An approver is chosen within the range of the stage; choose another person.',
  },
  ALREADY_IN_STAGE: {
    title: 'Sits in the stage already',
    detail: 'A person sits once in a stage; choose somebody else.',
  },
  ALREADY_INITIATOR: {
    title: 'Is the initiator already',
    detail: 'A request is handed to somebody other than its initiator; choose somebody else.',
  },
  INSUFFICIENT_AUTHORITY: {
    title: 'The authority does not reach',
    detail: "The person's limit does not cover the amount; choose somebody whose limit does.",
  },
  ACTION_NOT_ALLOWED: {
    title: 'Not an answer of this seat',
    detail: 'The stage does not offer this act; take one of those that it does.',
  },
  BULK_NOT_ALLOWED: {
    title: 'Answered by itself only',
    detail: 'The policy keeps this out of bulk answers; open it and answer it there.',
  },
  REQUIREMENT_MISSING: {
    title: 'Something asked for is missing',
    detail: 'The policy asks for what `missing` names with this answer; bring it and answer again.',
  },
  ENVELOPE_INVALID: {
    title: 'Not a limit this can have',
    detail: "A limit of an envelope has the dimension's form and direction; correct what is named.",
  },
  ENVELOPE_BEYOND_AUTHORITY: {
    title: 'Beyond your own authority',
    detail: 'An envelope is not wider than its giver may approve; choose a limit within it.',
  },
  TRANSFER_LIMIT: {
    title: 'Passed on too often',
    detail: 'A seat is transferred as often as the policy allows; answer it, or have it staffed anew.',
  },
  RETURN_LIMIT: {
    title: 'Returned too often',
    detail: 'A request is returned as often as the policy allows; approve or reject it.',
  },
  RETURN_NOT_ALLOWED: {
    title: 'May not be returned here',
    detail: 'Only the first approver of such a stage returns; approve or reject it.',
  },
  ADD_LIMIT: {
    title: 'No more can be added',
    detail: 'The stage has as many added approvers as the policy allows; go on with those.',
  },
  ADD_CONFLICT: {
    title: 'Before and after exclude each other',
    detail: 'A seat has added approvers before it or after it, not both; finish those that are there.',
  },
  REMOVE_FORBIDDEN: {
    title: 'May not be removed',
    detail: 'Approvers are removed by whoever added them or by an administrator; ask one of those.',
  },
  LAST_SEAT: {
    title: 'Nobody would be left',
    detail: 'A stage keeps somebody who can answer; add another approver first.',
  },
  QUORUM_UNREACHABLE: {
    title: 'Too few would be left',
    detail: 'The stage could not reach its quorum any more; add another approver first.',
  },
  OUTCOME_CHANGE: {
    title: 'This would decide the stage',
    detail: 'Taking somebody out alone may not decide the outcome; confirm the outcome named, or leave it.',
  },
  CLAIMED: {
    title: 'Claimed by somebody else',
    detail: 'One person of the pool answers and has claimed it; ask them to release it.',
  },
  NOT_CLAIMED: {
    title: 'Not claimed by you',
    detail: "Only whoever claimed a pool's task releases or answers it; claim it first.",
  },
  URGED_RECENTLY: {
    title: 'Asked a short while ago',
    detail: 'People are urged once per interval; try again after `Retry-After`.',
  },
  NOBODY_TO_URGE: {
    title: 'Nobody owes an answer',
    detail: 'No seat of the request waits for a person now; look what it waits for.',
  },
  WITHDRAW_NOT_ALLOWED: {
    title: 'Cannot be withdrawn now',
    detail: 'The policy allows withdrawal only before the first decision; ask an approver to return it.',
  },
  ALREADY_APPROVED: {
    title: 'Approved already',
    detail: 'An approved request is not withdrawn; ask for its revocation.',
  },
  REVOKE_NOT_ALLOWED: {
    title: 'Cannot be revoked by itself',
    detail: 'Approvals of this kind are undone with the record they are about; change or cancel that.',
  },
  EFFECT_IRREVERSIBLE: {
    title: 'What followed cannot be undone',
    detail: 'An approval whose effect stays is not revoked; put a correction to approval.',
  },
  OPEN_REVOCATION_EXISTS: {
    title: 'A revocation is being decided',
    detail: 'There is one revocation of an approval at a time; wait for its end.',
  },
  OPEN_REQUEST_EXISTS: {
    title: 'An approval is open already',
    detail: 'A record has one open approval at a time; wait for its end or withdraw it.',
  },
  LATER_DECISION: {
    title: 'Somebody decided after you',
    detail: 'An answer is taken back only while nobody built on it; ask a later approver to return it.',
  },
  RETRACT_WINDOW_OVER: {
    title: 'The time is over',
    detail: "An answer is taken back within the policy's window; ask a later approver to return it.",
  },
  WOULD_INVALIDATE: {
    title: 'Other answers would not hold',
    detail: 'Answers in other stages rest on this one; have the request returned instead.',
  },
  EDITED_WITH_ANSWER: {
    title: 'The answer changed the content',
    detail: 'An answer that came with a change stays; change it again in a later task, or return it.',
  },
  CHILD_RUNNING: {
    title: 'Waits for a request of its own',
    detail: 'The seat waits until its own request has ended; decide that one first.',
  },
  MOVE_RETURNED: {
    title: 'A returned request is not moved',
    detail: 'Its resubmission takes the version in force; leave it to the initiator.',
  },
  FIELD_NOT_WRITABLE: {
    title: 'Not your field',
    detail: 'The fields named are filled in by others or at another stage; leave them as they were.',
  },
  LOCKED_BY_APPROVAL: {
    title: 'People are deciding on it',
    detail: 'Content under approval stays as it is; wait for the end, or withdraw it first.',
  },
  ATTACHMENT_TYPE: {
    title: 'This kind of file is not accepted',
    detail: 'Attachments have one of the accepted types and are what their names say; send another file.',
  },
  ATTACHMENT_LIMIT: {
    title: 'No more files',
    detail: 'The request has as many attachments as are allowed; put several into one file.',
  },
  ATTACHMENT_UNKNOWN: {
    title: 'Not a file of this request',
    detail: 'An answer names only files that its giver put to the request; upload it first.',
  },
  LINK_SPENT: {
    title: 'The link was used',
    detail: 'A link from a mail answers once; sign in to see what was answered.',
  },
} satisfies ProblemTexts;
