/**
 * What a process reads from Postgres each time it wakes: what is so, and when time acts next. Plain data, so that it can
 * cross the boundary of a workflow. Instants are ISO, all computed outside the workflow.
 */
export interface ProcessView {
  /** where the process is, a stable word for the stage search attribute */
  stage: string;
  /** usernames of those who may act now */
  waitingOn: string[];
  /** what the people who wait are shown as due */
  dueAt: string | null;
  /** when time acts next: a rung, a reminder, an expiry; null when nothing runs */
  actAt: string | null;
  /** one sentence for operators */
  sentence: string;
  owner: string;
  /** unit codes, own unit first */
  orgPath: string[];
  amountBase: number | null;
  /** why nobody can act, when that is so */
  stuck: string | null;
  /** set once the process is over */
  outcome: string | null;
}

/** An approval request as its process sees it. */
export interface ApprovalProcessView extends ProcessView {
  requestId: string;
  seq: number;
}
