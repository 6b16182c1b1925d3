import type { Role } from '../org/directory.js';
import type { Actor } from '../actor.js';

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

/**
 * How votes become a stage's outcome (AE-Q-1). Weights are integers ≥ 1.
 * `reject` VETO: one "no" rejects; IMPOSSIBLE: reject once the rule cannot be reached any more (AE-Q-2).
 */
export type QuorumRule =
  | { kind: 'ALL'; reject?: RejectRule }
  | { kind: 'ANY'; first: 'ANY_ANSWER' | 'UNTIL_ALL_NO' }
  | { kind: 'COUNT'; count: number; reject?: RejectRule }
  | { kind: 'RATIO'; percent: number; strict: boolean; reject?: RejectRule }
  | { kind: 'WEIGHT'; weight: number; reject?: RejectRule }
  | { kind: 'PER_GROUP'; groups: Readonly<Record<string, QuorumRule>>; reject?: RejectRule };
export type RejectRule = 'VETO' | 'IMPOSSIBLE';

/** Who approves (4.8). Scopes are relative to the subject's unit. */
export type Resolver =
  /** holders of the role whose grant covers the subject's unit; NEAREST keeps only those with the closest scope */
  | { kind: 'ROLE'; role: Role; take: 'NEAREST' | 'EVERY' }
  /** the manager `levels` up from the initiator */
  | { kind: 'MANAGER'; levels: number }
  /** walk managers until authority ≥ exposure (AE-MGR-1); nobody strong enough ⇒ topRole, else the empty policy */
  | { kind: 'CHAIN_TO_LIMIT'; mode: 'EVERY_LEVEL' | 'FINAL_ONLY' | 'FIRST_AND_FINAL'; topRole: Role | null }
  | { kind: 'PERSON'; personIds: readonly string[]; weights?: Readonly<Record<string, number>> }
  /** the initiator's choice, valid only among holders of `among` (AE-PLAN-5) */
  | { kind: 'INITIATOR_CHOICE'; among: Role }
  /** several resolvers in one stage; each seat carries its group's name, for PER_GROUP quorums */
  | { kind: 'GROUPS'; groups: Readonly<Record<string, Resolver>> }
  /** nobody of this request: the stage is a request of its own, routed by another policy (AE-CHILD-1) */
  | { kind: 'CHILD'; policyKind: string };

/** Nobody to ask (AE-EMPTY-1). SKIP is only for `risk: LOW`. */
export type EmptyPolicy =
  | { kind: 'BLOCK' }
  | { kind: 'FALLBACK'; role: Role }
  | { kind: 'UP_CHAIN' }
  | { kind: 'ADMIN_QUEUE' }
  | { kind: 'SKIP' };
/** Approver would be the initiator (AE-SELF-1). */
export type SelfPolicy =
  'UP_CHAIN' | 'REMOVE_IF_OTHERS' | 'BLOCK' | { kind: 'ALLOW'; cap: string; currency: string };
export type OnReject = { kind: 'END' } | { kind: 'RETURN_INITIATOR' } | { kind: 'RETURN_STAGE'; key: string };

/** One stage as the policy version defines it. */
export interface StageSpec {
  key: string;
  title: string;
  /** stages of one block run after all earlier blocks; inside a block, branches run in parallel (AE-PAR-1) */
  block: number;
  branch: string;
  /** order inside a branch */
  rank: number;
  quorum: QuorumRule;
  /** 依次: only the first undecided seat is OPEN (AE-SEQ-1) */
  mode: 'PARALLEL' | 'SEQUENTIAL';
  resolver: Resolver;
  resolveAt: 'ACTIVATION' | 'SUBMIT';
  empty: EmptyPolicy;
  self: SelfPolicy;
  onReject: OnReject;
  /** branch rejected: cancel siblings, or collect their opinions first (AE-PAR-1) */
  onBranchReject: 'FAIL_FAST' | 'WAIT_ALL';
  abstain: 'EXCLUDED' | 'COUNTS_AS_NO';
  minApprovals: number;
  risk: 'LOW' | 'NORMAL';
  ladder: string;
  /** actions whose comment is mandatory */
  commentOn: readonly DecisionAction[];
  /** what the holder may answer with a RETURN */
  resume: 'CHOOSE' | 'NEXT' | 'TO_RETURNER';
}

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

export type RungKind =
  'REMIND' | 'CC_MANAGER' | 'ESCALATE_ADD' | 'ESCALATE_REPLACE' | 'AUTO_REJECT' | 'EXPIRE' | 'INCIDENT';
/** One rung of a ladder, as policy data: after how much of the stage's time it fires (AE-SLA-2). */
export interface RungSpec {
  id: string;
  kind: RungKind;
  /** percent of the ladder's duration; above 100 is past due */
  atPercent: number;
}
export interface LadderSpec {
  key: string;
  /** time allowed, business minutes (AE-SLA-1) */
  workMinutes: number;
  rungs: readonly RungSpec[];
}
/** A rung bound to an instant for one seat and visit; fires at most once. */
export interface Rung {
  id: string;
  kind: RungKind;
  at: string;
  firedAt: string | null;
}

/** OPINION: what an adviser answers; never a vote (AE-DLG-1). */
export type DecisionAction = 'APPROVE' | 'REJECT' | 'RETURN' | 'ABSTAIN' | 'OPINION';
export interface SeatDecision {
  action: DecisionAction;
  actor: Actor['id'];
  onBehalfOf: string | null;
  comment: string | null;
  subjectHash: string;
  at: string;
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

/** One owed vote. `owner` was named by the policy, `holder` may act now; a tree by `parentId`. */
export interface Seat {
  id: string;
  stageId: string;
  parentId: string | null;
  ownerId: string;
  holderId: string;
  weight: number;
  /** how often its holders have passed it on (AE-XFER-1) */
  hops: number;
  group: string | null;
  origin: 'POLICY' | 'ESCALATION' | 'RESTAFFED' | 'ADDED';
  /** of origin ADDED only */
  added: Added | null;
  /** position in a SEQUENTIAL stage */
  ordinal: number;
  visit: number;
  /** grows with every change of the seat; callers send it back as expectedSeatVersion */
  version: number;
  state: SeatState;
  code: string | null;
  why: readonly SeatReason[];
  openedAt: string | null;
  dueAt: string | null;
  rungs: readonly Rung[];
  decision: SeatDecision | null;
  closedAt: string | null;
}

export interface Stage {
  id: string;
  spec: StageSpec;
  /** why the stage exists: the matched rows that asked for it */
  why: readonly SeatReason[];
  /** persons fixed at submit (resolveAt SUBMIT) or chosen by the initiator */
  fixedPersonIds: readonly string[] | null;
  /** persons whose earlier yes on the same content is carried into the next visit (AE-RET-3) */
  carriedYes: readonly string[];
  /** the request that decides this stage, when the stage is one (AE-CHILD-1) */
  childId: string | null;
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
  unitId: string;
  exposure: { amount: string; currency: string } | null;
  subjectHash: string;
  policy: { kind: string; version: number; id: string };
  withdrawPolicy: 'ANYTIME' | 'BEFORE_FIRST_DECISION' | 'NEVER';
  returns: number;
  pendingReturn: PendingReturn | null;
  /** when the initiator was reminded of the present return; null before */
  remindedAt: string | null;
  stages: readonly Stage[];
  seats: readonly Seat[];
  submittedAt: string;
  closedAt: string | null;
}
