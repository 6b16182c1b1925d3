import type { Role } from '../org/directory.js';

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
  /**
   * the initiator's choice, valid only among holders of `among` (AE-PLAN-5): whose grant covers the subject's unit, or with
   * scope EVERYWHERE any unit; left out, SUBJECT
   */
  | { kind: 'INITIATOR_CHOICE'; among: Role; scope?: 'SUBJECT' | 'EVERYWHERE' }
  /** whoever leads the initiator's unit, or the one a fact names; where that is vacant the deputy, then the next unit up */
  | { kind: 'HEAD'; unit: 'INITIATOR' | { input: string }; unitId?: string }
  /** the persons a fact names; `personIds`: who that is in this round */
  | { kind: 'FORM_FIELD'; input: string; personIds?: readonly string[] }
  /** what an expression over the facts gives: persons, or roles whose nearest holders are asked; `found`: in this round */
  | { kind: 'EXPRESSION'; yields: 'PERSONS' | 'ROLES'; expression: string; found?: readonly string[] }
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

/**
 * Whoever sits in several stages (AE-DUP-1). NONE: is asked in each · ADJACENT: not again in the stage right after ·
 * FIRST_COUNTS: not again · LAST_COUNTS: only in the last.
 */
export type DedupeMode = 'NONE' | 'ADJACENT' | 'FIRST_COUNTS' | 'LAST_COUNTS';

export type OnReject = { kind: 'END' } | { kind: 'RETURN_INITIATOR' } | { kind: 'RETURN_STAGE'; key: string };

/** The hours of one office, wherever its approvers sit, or those of each holder's own office. */
export type StageCalendar = { kind: 'OFFICE'; key: string } | { kind: 'HOLDER' };

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
  /** whose working time its clocks run in; left out: the company's own (AE-SLA-1) */
  calendar?: StageCalendar;
  /** actions whose comment is mandatory */
  commentOn: readonly DecisionAction[];
  /** what an answer must bring along, by action, besides commentOn (AE-REQ-1); left out: nothing */
  requires?: Readonly<Partial<Record<Exclude<DecisionAction, 'OPINION'>, readonly Requirement[]>>>;
  /** for how long a proof of who one is counts, minutes; left out: STEP_UP_MINUTES */
  stepUpMinutes?: number;
  /** its approvers are a pool with one item, which one of them claims (AE-IN-2); left out: no pool */
  pool?: boolean;
  /** whoever loses the role loses the seat too, which is then staffed anew; left out: the seat is kept */
  strictRole?: boolean;
  /** its open seats follow the reporting line when that changes (AE-MGR-2); left out: they stay, and the drift is shown */
  strictReporting?: boolean;
  /** for how long a yes here may rest on what the policy's sources said, if shorter than they say (AE-MGR-3) */
  snapshotMaxAgeMinutes?: number;
  /** INITIATOR_CHOICE only: the choice may be changed until the stage begins; left out: it may not */
  lateChoice?: boolean;
  /** a yes given in an earlier stage does not count here (AE-DUP-1); left out: it may */
  freshLook?: boolean;
  /** each item is decided by itself (AE-BULK-1); left out: several may be decided together */
  noBulk?: boolean;
  /** exposure up to which items are decided together, base currency, decimal string; left out: BULK_LIMIT, none at low risk */
  bulkLimit?: string;
  /**
   * who of a countersign may return it (AE-RET-4): ANY holder · MAJORITY: once more than half of the weight asks for it ·
   * LEAD: whoever sits first; left out: ANY
   */
  returnRule?: 'ANY' | 'MAJORITY' | 'LEAD';
  /** what the holder may answer with a RETURN */
  resume: 'CHOOSE' | 'NEXT' | 'TO_RETURNER';
  /**
   * what its holders may change with their approval (AE-SUB-2), as pointers into what the subject's owner edits, `*` for
   * every item of a list; left out: nothing. Of request kinds the kind says it.
   */
  writes?: readonly string[];
  /** what its approvals bind (AE-ENV-1); left out: the very content, so that any change of it is asked again */
  envelope?: readonly DimensionSpec[];
}

/**
 * What a subject may become and still be covered: AT_MOST and AT_LEAST what was approved, a set WITHIN it, or the SAME.
 */
export type Direction = 'AT_MOST' | 'AT_LEAST' | 'WITHIN' | 'SAME';

/** One dimension that a stage answers for. How far its approvers may go beyond what they see is policy data, too. */
export interface DimensionSpec {
  /** which value of the subject: a fact, or another one its owner measures */
  name: string;
  direction: Direction;
  /** of texts, from least to most; left out: decimals */
  order?: readonly string[];
  /** money of the subject: another currency breaks it, whatever the number */
  money?: boolean;
  /** as far as its approvers may widen it; left out, and not byAuthority: not at all */
  widest?: string | readonly string[];
  /** they may widen it up to their own money limit, in the currency of the exposure */
  byAuthority?: boolean;
}

/** SIGNATURE: the server's seal upon exactly this answer, after a step-up · STEP_UP: proved anew who one is */
export type Requirement = 'COMMENT' | 'ATTACHMENT' | 'SIGNATURE' | 'STEP_UP';

export type RungKind =
  | 'REMIND'
  | 'CC_MANAGER'
  | 'ESCALATE_ADD'
  | 'ESCALATE_REPLACE'
  | 'AUTO_REJECT'
  | 'AUTO_APPROVE'
  | 'EXPIRE'
  | 'INCIDENT';

/** Up to which exposure something is allowed: decimal string, inclusive, in that currency. */
export interface Cap {
  amount: string;
  currency: string;
}

/** One rung of a ladder, as policy data: after how much of the stage's time it fires (AE-SLA-2). */
export interface RungSpec {
  id: string;
  kind: RungKind;
  /** percent of the ladder's duration; above 100 is past due */
  atPercent: number;
  /** AUTO_APPROVE only, and needed there; a larger exposure becomes an incident instead */
  cap?: Cap;
}

export interface LadderSpec {
  key: string;
  /** time allowed, business minutes (AE-SLA-1) */
  workMinutes: number;
  rungs: readonly RungSpec[];
}

/** OPINION: what an adviser answers; never a vote (AE-DLG-1). */
export type DecisionAction = 'APPROVE' | 'REJECT' | 'RETURN' | 'ABSTAIN' | 'OPINION';
