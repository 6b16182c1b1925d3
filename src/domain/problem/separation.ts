import type { ProblemTexts } from './text.js';

/** What the separation of duties refuses (AE-SOD). */
export const SEPARATION_PROBLEMS = {
  SOD_VIOLATION: {
    title: 'Separation of duties forbids it',
    detail: 'The duties of this request are kept apart from each other; somebody else has to do this.',
  },
  SOD_INITIATOR: {
    title: 'Nobody approves their own request',
    detail: 'Initiator and approver are different persons; somebody else has to approve.',
  },
  SOD_BENEFICIARY: {
    title: 'Nobody approves for themselves',
    detail: 'Who profits from a request does not approve it; somebody else has to approve.',
  },
  SOD_DISTINCT: {
    title: 'One person, two stages',
    detail: 'The policy wants different persons in these stages; somebody else has to approve this one.',
  },
  SOD_MIN_PERSONS: {
    title: 'Too few different persons',
    detail: 'The policy wants a number of different approvers; somebody who has not approved yet has to.',
  },
  SOD_NOT_BOTH: {
    title: 'Holds two roles kept apart',
    detail: 'Nobody who holds both roles of the constraint approves; somebody else has to.',
  },
  SOD_REPORT_OF_INITIATOR: {
    title: 'Reports to the initiator',
    detail: 'Nobody approves what comes from above them in the line; somebody outside it has to.',
  },
} satisfies ProblemTexts;
