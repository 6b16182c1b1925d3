import type { Json } from '../json.js';
import type { SourceRule } from './fact-source.js';
import type { ApprovalState } from './model.js';
import type { Separation } from './separation-rules.js';
import type { DedupeMode, LadderSpec, Resolver, StageSpec } from './stage-spec.js';

/** The retract window where a policy says nothing (AE-TB-1). */
export const RETRACT_MINUTES = 30;

/** What holds for people in several stages where a policy says nothing (AE-DUP-1). */
export const DEDUPE: DedupeMode = 'ADJACENT';

/** One input of a decision table. Facts are checked against this before the table sees them: a typo must not become "no match". */
export interface PolicyInput {
  name: string;
  label: string;
  type: 'decimal' | 'boolean' | 'string' | 'strings';
  /** of a string: every text it may be, so that the linter knows when all are covered; left out: any text */
  values?: readonly string[];
}

/** What a copy is sent at (AE-CC-1). */
export type CcTrigger = 'SUBMIT' | 'STAGE_PASSED' | 'FINAL';

/** Who is sent a copy, when; nobody's choice and no request of its own stands behind it. */
export interface CcRule {
  on: CcTrigger;
  /** of STAGE_PASSED only: which stage; left out: any */
  stageKey?: string;
  to: Exclude<Resolver, { kind: 'INITIATOR_CHOICE' | 'CHILD' }>;
}

/** Which files may be put to a request, and how many. */
export interface AttachmentRule {
  maxBytes: number;
  maxFiles: number;
  mediaTypes: readonly string[];
}

/** A case that whoever wrote the table knows the answer to; it is asked again whenever the table changes (AE-POL-1). */
export interface PolicyCase {
  name: string;
  /** a value for every declared input */
  facts: Readonly<Record<string, string | boolean | readonly string[]>>;
  /** keys of exactly the stages that are asked, in any order; empty: the automatic lane */
  stages: readonly string[];
  /** ids of exactly the rows that count; left out: whichever */
  rows?: readonly string[];
}

/**
 * Content of one immutable version of an approval policy (AE-POL-1): the decision table says which stages a case
 * needs, the stage catalogue says who sits in them and how they decide, the ladders say what time does.
 */
export interface ApprovalPolicyContent {
  /** GoRules JDM document: input, decision-table and output nodes only */
  jdm: Json;
  inputs: readonly PolicyInput[];
  stages: readonly StageSpec[];
  ladders: readonly LadderSpec[];
  withdraw: ApprovalState['withdrawPolicy'];
  /** left out: none */
  cases?: readonly PolicyCase[];
  /** AE-MGR-3: what the table and envelopes are told from the books besides the subject's own facts; left out: nothing */
  sources?: readonly SourceRule[];
  /** AE-SOD-1: what separates duties; left out: only that nobody approves their own request */
  separation?: readonly Separation[];
  /** AE-TB-1: minutes within which whoever approved may take it back; left out, 30; 0: never */
  retractMinutes?: number;
  /** AE-DUP-1: whether whoever sits in several stages is asked in each; left out, ADJACENT */
  dedupe?: DedupeMode;
  /** minutes from the last stage's passing to the approval and what follows from it; left out, 0: at once */
  effectDelayMinutes?: number;
  /** AE-IN-2: working minutes after which a claim on a pool's item ends; left out, CLAIM_WORK_MINUTES */
  claimWorkMinutes?: number;
  /** AE-CC-1: who is sent a copy, and when; left out: nobody but whom submitters name */
  cc?: readonly CcRule[];
  /** AE-CC-1: which parts of the content and which facts somebody sees who only got a copy; left out: all that is not confidential */
  ccFields?: readonly string[];
  /** AE-URGE-1: working minutes for which a seat is left alone after it was urged; left out, URGE_WORK_MINUTES */
  urgeWorkMinutes?: number;
  /** AE-REQ-1: which files may be put to a request; left out: ATTACHMENT_RULE */
  attachments?: AttachmentRule;
  /** AE-RES-1: which version a resubmission is judged by, the one in force then or the one it was submitted under; left out, LATEST */
  resubmitPolicy?: 'LATEST' | 'PINNED';
  /** AE-RES-2: working days after which a returned request that nobody touched expires; left out, it never does */
  returnedWorkDays?: number;
  /** AE-RES-2: working days after which its initiator is reminded, once; fewer than returnedWorkDays */
  returnedReminderWorkDays?: number;
}
