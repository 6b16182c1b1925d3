/**
 * What a process reads from Postgres each time it wakes: what is so, and what time does next. Plain data, so that it can
 * cross the boundary of a workflow. Instants are ISO, all computed outside the workflow.
 */
export interface ProcessView {
  /** grows with every change of what the process follows */
  seq: number;
  /** where the process is, a stable word for the stage search attribute */
  stage: string;
  /** usernames of those who may act now */
  waitingOn: string[];
  /** what the people who wait are shown as due */
  dueAt: string | null;
  /** what time does next: a rung, a reminder, an expiry; null when nothing runs */
  next: NextStep | null;
  /** one sentence for operators, safe as markdown */
  sentence: string;
  /** username of the subject's owner */
  owner: string;
  /** unit codes, own unit first */
  orgPath: string[];
  /** in the base currency, for sorting in lists of operators only */
  amountBase: number | null;
  /** why nobody can act, when that is so */
  stuck: string | null;
  /** set once the process is over */
  outcome: string | null;
}

/** What happens by itself when an instant comes and nobody has acted before it. */
export interface NextStep {
  kind: StepKind;
  /** names this step within the process for ever: `rungs/7/…`, `quote-reminder/7`; part of its idempotency key */
  key: string;
  at: string;
  /** milliseconds from the reading to `at` by Postgres' clock; zero or less when it is due */
  inMs: number;
  /** of a reminder: which of the policy's days it is */
  days: number | null;
  /** who or what it concerns: the request, quotation or contract */
  subjectId: string;
}

export type StepKind =
  /** the ladder of an approval: reminders, escalation, expiry of seats that nobody answered */
  | 'LADDER'
  /** a returned request that its initiator forgot */
  | 'EXPIRE_RETURNED'
  /** everybody has approved, and the wait until the approval is over */
  | 'TAKE_EFFECT'
  /** what a revoked approval had brought about is still to be undone */
  | 'COMPENSATE'
  /** the seats of somebody who has left, or got or lost a role */
  | 'MOVE_SEATS'
  /** what is due by the hours of an office that has changed them */
  | 'MOVE_CLOCKS'
  | 'REASSESS'
  /** tells the owner that a quotation is about to expire */
  | 'REMIND_QUOTE'
  /** the end of a quotation's validity */
  | 'EXPIRE_QUOTE'
  /** the same while people still decide on it */
  | 'EXPIRE_IN_APPROVAL'
  /** its owner has left: it goes to their heir */
  | 'HAND_OVER_QUOTE'
  | 'HAND_OVER_CONTRACT'
  /** the contract that follows from an accepted quotation */
  | 'DRAFT_CONTRACT'
  /** tells the seal keepers that an approved contract waits for the seal */
  | 'REMIND_SEAL'
  /** tells the owner that the customer has not signed yet */
  | 'REMIND_SIGNATURE'
  /** the customer never signed */
  | 'LAPSE_CONTRACT'
  /** tells whoever is in charge, and from a day late on their manager, of a date of a contract in force */
  | 'ALERT_CONTRACT'
  /** the end of a contract's term */
  | 'EXPIRE_CONTRACT'
  /** a contract that has ended goes to the archive */
  | 'ARCHIVE_CONTRACT'
  /** a document for signers is given to its provider */
  | 'OPEN_SIGNING'
  /** the provider is asked how a document stands with its signers */
  | 'CHECK_SIGNING'
  /** nobody is to sign any more what no longer waits for it */
  | 'END_SIGNING'
  /** the provider hears that nobody is to sign any more */
  | 'WITHDRAW_SIGNING'
  /** the next letter of the ladder */
  | 'SEND_LETTER'
  /** promises to pay are kept, or their time is over */
  | 'JUDGE_PROMISES'
  /** disputes of items that nobody resolved in time */
  | 'ESCALATE_DISPUTES'
  /** a pause of collection is over, or nothing is open any more */
  | 'COLLECTION_SETTLES'
  /** deals nobody has been in contact about for days, told to the manager */
  | 'DEALS_QUIET'
  /** deals whose close date has passed, told to their owner */
  | 'DEALS_SLIPPED'
  /** deals that stayed past their close date: they count as PIPELINE from then on */
  | 'DEALS_DROPPED'
  /** deals on hold that are to be looked at again */
  | 'DEALS_RESUMED'
  /** another version of a pipeline begins: what is due is read anew */
  | 'DEALS_RULES';
