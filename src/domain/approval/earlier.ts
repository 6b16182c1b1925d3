import type { Breach, Envelope } from './envelope.js';
import type { ApprovalState, Stage } from './model.js';

/** Somebody's yes of an earlier round, and what it covers. */
export interface CarriedVote {
  /** the seat it was given for */
  seatId: string;
  holderId: string;
  /** who answered; null: nobody, it was carried or given by the system */
  actor: string | null;
  /** null: from before there were envelopes */
  envelope: Envelope | null;
}

/** A stage whose earlier approvals do not count in the new round, and why. */
export interface BrokenStage {
  stageKey: string;
  /**
   * OUTSIDE an envelope · PLAN: asked in another way now, or not asked before · SELF: whoever approved counts as initiator now ·
   * SEPARATION: a constraint that is new with the policy would refuse their yes */
  code: 'OUTSIDE' | 'PLAN' | 'SELF' | 'SEPARATION';
  /** each dimension once, by the first envelope it broke */
  breaches: readonly Breach[];
}

/** What an earlier round had settled of one stage. */
export type Settled = Pick<
  Stage,
  'spec' | 'fixedPersonIds' | 'state' | 'childId' | 'openedAt' | 'closedAt'
> & {
  votes: readonly CarriedVote[];
  /** each yes it has, by whom: who gave it, then for whom */
  passedBy: readonly (readonly string[])[];
  /** passed without people who were left to a later stage: asked again, but for those who have said yes (AE-DUP-4) */
  isOpen: boolean;
};

export interface Earlier {
  subjectHash: string;
  stages: readonly Settled[];
}

/** What an approval stands on, kept while a new round of the same request would change it (AE-ENV-3). */
export interface Approved
  extends Earlier, Pick<ApprovalState, 'measured' | 'snapshots' | 'exposure' | 'policy' | 'unitId'> {
  /** the round that was approved */
  round: number;
  /** the first round that would change it */
  since: number;
}

/** An approved subject is not any more what was approved: by which change, and what of the approval that broke. */
export interface Stale {
  subjectHash: string;
  broken: readonly BrokenStage[];
  at: string;
}
