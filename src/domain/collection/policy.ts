import type { Role } from '../org/directory.js';
import type { LedgerRules } from '../receivable/rules.js';

/** What a step of the ladder does. LEGAL is a decision of people; it comes only after the letter of its level. */
export const LADDER_ACTIONS = ['STATEMENT', 'REMINDER', 'DUE_NOTICE', 'LETTER', 'LEGAL'] as const;
export type LadderAction = (typeof LADDER_ACTIONS)[number];

/** One rung: so many calendar days from the due date, negative before it. */
export interface LadderStep {
  key: string;
  day: number;
  action: LadderAction;
  /** dunning level the item has afterwards, 0–4 */
  level: number;
  /** whose task it is besides the letter: a call, a signature, a decision */
  role: Role;
  /** deliveries on credit stop with it. Left out: no */
  creditHold?: boolean;
}

/** When a letter may go out, and which are worth one. */
export interface LetterRules {
  /** hours of the customer's zone, `HH:MM` */
  from: string;
  to: string;
  /** calendar days between two letters (level 1 and above) to a customer; notices before are not counted */
  minGapDays: number;
  /** overdue below it is not dunned, per currency; a currency not named: only the percent */
  minOverdue: Readonly<Record<string, string>>;
  /** overdue of at most this percent of all that is open is not dunned */
  ignoredPct: string;
  /** an item this many days late when it is first seen enters at the level of its age; otherwise levels come one by one */
  skipOverDays: number;
  /** first and last days without letters (春节), `YYYY-MM-DD`; interest runs. Left out: none */
  freezes?: readonly { from: string; to: string }[];
}

export interface PromiseRules {
  /** calendar days ahead; longer is an instalment plan */
  maxDays: number;
  /** percent of the promised amount that keeps the promise */
  keptPct: string;
  /** working days after the date that money still counts, and the ladder waits */
  graceWorkDays: number;
  /** a broken promise: the next step within so many working days */
  resumeWorkDays: number;
  /** so many not kept on one item raise it to a level, and the credit department hears */
  escalateAfter: number;
  escalateToLevel: number;
}

/** Working days from the opening of a dispute. */
export interface DisputeRules {
  ackWorkDays: number;
  resolveWorkDays: number;
  escalateWorkDays: number;
  /** so many disputes for the same reason within `repeatDays` calendar days are an alert */
  repeatCount: number;
  repeatDays: number;
}

export interface InterestRules {
  /** 1-year LPR, percent a year, from a day on; in order */
  lpr: readonly { from: string; pct: string }[];
  /** without an agreed rate: LPR at the breach × (1 + percent) (judicial interpretation on sales contracts) */
  markupPct: string;
  /** an SME against a large enterprise or a public body, nothing agreed: percent a day (条例 art. 15) */
  smeDailyPct: string;
  yearDays: number;
}

/** Limitation of claims (civil code 188, 189, 195). */
export interface LimitationRules {
  years: number;
  /** months from the start of the clock */
  warnMonths: readonly number[];
}

export interface WorklistRules {
  weights: { amount: string; days: string; classRisk: string; broken: string; limitation: string };
  /** overdue amount (base currency), days, broken promises at which the part is full */
  amountFull: string;
  daysFull: number;
  brokenFull: number;
  /** by credit class, 0–1; a class not named, or none: `unknownRisk` */
  classRisk: Readonly<Record<string, string>>;
  unknownRisk: string;
  /** calendar days before a limitation or legal date from which its part grows */
  limitationDays: number;
  /** cases a collector gets a day */
  perDay: number;
  /** calendar days after a contact without another */
  restDays: number;
}

/** Parameters of collection and of receivables (policy kind `collection`), processes.md 3.4. */
export interface CollectionPolicy extends LedgerRules {
  /** in order of days */
  ladder: readonly LadderStep[];
  /** calendar days after the due date: paid within them there is no interest; once missed they do not shift its start */
  graceDays: number;
  letters: LetterRules;
  promise: PromiseRules;
  dispute: DisputeRules;
  interest: InterestRules;
  limitation: LimitationRules;
  worklist: WorklistRules;
}
