import type { Actor } from '../actor.js';
import type { Separation } from './separation-rules.js';
import type { Approved, CarriedVote, Stale } from './earlier.js';
import type { FactSnapshot } from './fact-source.js';
import type { Envelope, Measured } from './envelope.js';
import type { Cap, DecisionAction, DedupeMode, QuorumRule, RungKind, StageSpec } from './stage-spec.js';

/** The words of approvals.md 4.0. Terminal: APPROVED, REJECTED, WITHDRAWN, TERMINATED, EXPIRED, REVOKED. */
export type RequestState =
  'PENDING' | 'RETURNED' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN' | 'TERMINATED' | 'EXPIRED' | 'REVOKED';

export type StageState =
  | 'PLANNED'
  | 'ACTIVE'
  | 'BLOCKED'
  | 'PASSED'
  | 'REJECTED'
  | 'RETURNED'
  | 'SKIPPED'
  | 'INVALIDATED'
  | 'CANCELLED';

export type SeatState =
  | 'WAITING'
  | 'OPEN'
  | 'PARKED'
  | 'APPROVED'
  | 'REJECTED'
  | 'ABSTAINED'
  | 'AUTO_APPROVED'
  | 'CANCELLED'
  | 'REMOVED';

/** Why a seat exists, in words and in values. */
export interface SeatReason {
  rule: string;
  text: string;
  inputs: Readonly<Record<string, string>>;
  policyVersion: number;
  rowId: string;
}

/** One row of the decision table that matched, and the stages it asks for. */
export interface MatchedRow {
  rowId: string;
  rule: string;
  text: string;
  stageKeys: readonly string[];
  /** quorum this row asks for instead of the stage's own; of several, the stricter wins (AE-PLAN-3) */
  quorum?: Readonly<Record<string, QuorumRule>>;
  inputs: Readonly<Record<string, string>>;
}

/** A rung bound to an instant for one seat and visit; fires at most once. */
export interface Rung {
  id: string;
  kind: RungKind;
  at: string;
  firedAt: string | null;
  /** the last change of an office's working time that moved it */
  movedBy?: string;
  /** of AUTO_APPROVE only: up to which exposure, inclusive */
  cap?: Cap;
}

export interface SeatDecision {
  action: DecisionAction;
  actor: Actor['id'];
  onBehalfOf: string | null;
  comment: string | null;
  subjectHash: string;
  /** of an approval: what it covers (AE-ENV-1); left out by answers from before there were envelopes */
  envelope?: Envelope;
  at: string;
  /** of an approval whose holder changed the content with it; left out: they did not (AE-SUB-2) */
  edited?: true;
  /** files it rests on; left out: none (AE-REQ-1) */
  attachments?: readonly AttachmentRef[];
  /** compact JWS of the server upon this answer; left out: not signed */
  signature?: string;
}

/** A file put to a request: what it is, and the digest of what it says. */
export interface AttachmentRef {
  id: string;
  name: string;
  mediaType: string;
  /** bytes */
  size: number;
  /** hex */
  sha256: string;
}

/** How an added seat came about and what it means for the seat it was added to (AE-ADD-1). */
export interface Added {
  /** who added it: the holder of that seat then */
  by: string;
  /**
   * BEFORE: that seat waits for it · AFTER: that seat's yes is provisional until it has said yes · PARALLEL: beside it
   * · CONSULT: that seat waits for its opinion, with its clock running
   */
  relation: 'BEFORE' | 'AFTER' | 'PARALLEL' | 'CONSULT';
  /** how several added seats decide together */
  rule: 'ALL' | 'ANY';
  reason: string;
}

/** For whom a seat is held while they are away, and by which absences; it goes back when those end (AE-ABS-2). */
export interface StandIn {
  forId: string;
  absenceIds: readonly string[];
}

/**
 * Why its holder is not asked in this seat (AE-DUP-1, AE-DUP-4): they said yes in a stage before, by that decision, or will
 * be asked in a later one.
 */
export type SameAs =
  | { kind: 'EARLIER'; seatId: string; stageKey: string; actor: Actor['id']; at: string }
  | { kind: 'LATER'; stageKey: string };

/** One owed vote. `owner` was named by the policy, `holder` may act now; a tree by `parentId`. */
export interface Seat {
  id: string;
  stageId: string;
  parentId: string | null;
  ownerId: string;
  holderId: string;
  weight: number;
  /** until when it is left alone after its initiator urged it; left out or null: it was not (AE-URGE-1) */
  urgeAgainAt?: string | null;
  /** how often its holders have passed it on (AE-XFER-1) */
  hops: number;
  group: string | null;
  /** SHARED: held besides the seat above it by a stand-in of its holder */
  origin: 'POLICY' | 'ESCALATION' | 'RESTAFFED' | 'ADDED' | 'SHARED';
  /** of origin ADDED only */
  added: Added | null;
  /** who held it before; they go on seeing the request, and hear what became of it (AE-LINK-2) */
  pastHolderIds?: readonly string[];
  /** left out or null: nobody is away */
  standIn?: StandIn | null;
  /** position in a SEQUENTIAL stage */
  ordinal: number;
  visit: number;
  /** grows with every change of the seat; callers send it back as expectedSeatVersion */
  version: number;
  /** how many of its answers in this visit were taken back; left out: none (AE-TB-1) */
  retractions?: number;
  state: SeatState;
  code: string | null;
  /** left out or null: asked for itself */
  sameAs?: SameAs | null;
  why: readonly SeatReason[];
  openedAt: string | null;
  dueAt: string | null;
  rungs: readonly Rung[];
  decision: SeatDecision | null;
  /** a yes that what separates duties would refuse by now, and which constraint; it stands (table of 4.5) */
  sodDrift?: Separation['kind'];
  /** what a yes without an answer of its own covers; left out or null: it has an answer, or is no yes (AE-ENV-2) */
  envelope?: Envelope | null;
  closedAt: string | null;
}

/** One member of a pool has taken its item, until an instant (AE-IN-2). */
export interface Claim {
  seatId: string;
  personId: string;
  until: string;
}

export interface Stage {
  id: string;
  spec: StageSpec;
  /** why the stage exists: the matched rows that asked for it */
  why: readonly SeatReason[];
  /** persons fixed at submit (resolveAt SUBMIT) or chosen by the initiator */
  fixedPersonIds: readonly string[] | null;
  /** whom an admin named before it began, in place of its rule, or a late choice of the initiator; left out or null: nobody did */
  named?: { personIds: readonly string[]; byId: string; reason: string } | null;
  /** persons whose earlier yes on the same content is carried into the next visit (AE-RET-3) */
  carriedYes: readonly string[];
  /**
   * each yes it had when it passed in an earlier round, which stands: who gave it, then for whom; left out: it has passed
   * in none
   */
  passedBy?: readonly (readonly string[])[];
  /** the yes-votes of an earlier round that still cover the subject; left out: none (AE-RET-3, AE-ENV-3) */
  carried?: readonly CarriedVote[];
  /** the request that decides this stage, when the stage is one (AE-CHILD-1) */
  childId: string | null;
  /** left out or null: nobody of the pool has taken it; one that ran out may still stand here */
  claim?: Claim | null;
  visit: number;
  state: StageState;
  code: string | null;
  openedAt: string | null;
  closedAt: string | null;
}

/** What a returning seat asked for, until the returned-to stage has passed again (AE-RET-3). */
export interface PendingReturn {
  /** stage whose holder returned, and the seat that did */
  fromStageKey: string;
  fromSeatId: string | null;
  fromHolderId: string | null;
  to: 'INITIATOR' | string;
  resume: 'NEXT' | 'TO_RETURNER';
}

/** One approval request with the stages and seats of its current round. */
export interface ApprovalState {
  id: string;
  state: RequestState;
  seq: number;
  round: number;
  initiatorId: string;
  /** everyone who counts as initiator for AE-SELF-1: submitter, subject owner, beneficiaries (aliases are resolved by identity) */
  selfIds: readonly string[];
  /** whom it is for, besides the initiator */
  beneficiaryIds: readonly string[];
  /** the constraints of its policy version (AE-SOD-1) */
  separation: readonly Separation[];
  unitId: string;
  exposure: { amount: string; currency: string } | null;
  subjectHash: string;
  /** what envelopes are held against; left out by requests from before there were any */
  measured?: Measured;
  /** what its policy's sources said, and when; left out by requests whose policy has none (AE-MGR-3) */
  snapshots?: readonly FactSnapshot[];
  policy: { kind: string; version: number; id: string };
  /** the request kind it is of, `request.expense`; left out: it is of none */
  requestKind?: string;
  withdrawPolicy: 'ANYTIME' | 'BEFORE_FIRST_DECISION' | 'NEVER';
  /** for how many minutes an approval can be taken back by whoever gave it; 0: never (AE-TB-1) */
  retractMinutes: number;
  /** minutes between the last stage's passing and the request's approval with all it brings about */
  effectDelayMinutes: number;
  /** whether whoever sits in several stages is asked in each of them (AE-DUP-1) */
  dedupe: DedupeMode;
  /** who was sent a copy, in the order they were; left out: nobody (AE-CC-1) */
  copiedTo?: readonly string[];
  /** all stages have passed, and this is when the request is approved; null: they have not, or it has ended */
  effectAt: string | null;
  /** of an approved request whose subject was changed beyond what was approved; left out or null: it was not */
  stale?: Stale | null;
  /** what was approved before this round; left out or null: nothing */
  amends?: Approved | null;
  returns: number;
  pendingReturn: PendingReturn | null;
  /** when the initiator was reminded of the present return; null before */
  remindedAt: string | null;
  stages: readonly Stage[];
  seats: readonly Seat[];
  submittedAt: string;
  closedAt: string | null;
}
