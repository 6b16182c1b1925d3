import type { Role } from '../org/directory.js';
import type { ExposureKind } from './exposure.js';

export const CREDIT_CLASSES = ['A', 'B', 'C', 'D', 'E'] as const;
/** A: best; E: cash only, or nothing. */
export type CreditClass = (typeof CREDIT_CLASSES)[number];
export type ByClass<T> = Readonly<Record<CreditClass, T>>;

/** One input of the score: no points at `zero`, all of `weight` at `full`, linear between; `zero` may be the larger. */
export interface ScoreInput {
  key: string;
  weight: string;
  zero: string;
  full: string;
}

export interface ScoreGroup {
  key: string;
  /** of a customer nothing at all is known of here, the other groups are weighed to 100 and the class is capped: a new customer */
  isHistory: boolean;
  inputs: readonly ScoreInput[];
}

export interface ClassRules {
  /** least score of the class; the last has 0 */
  from: string;
  termDays: number;
  /** of the order before delivery, percent */
  depositPct: string;
  /** risk factor of the limit formula */
  k: string;
  /** what is secured raises the limit */
  countsSecured: boolean;
  reviewMonths: number;
  /** a review not done within the grace */
  onOverdueReview: 'FROZEN' | 'WATCH';
}

export interface LimitRules {
  /** the limit is rounded down to a multiple of it */
  step: string;
  /** days of one month of the term */
  monthDays: number;
  /** percent of the customer's net assets, where they are known */
  netAssetsPct: string;
  /** percent of all our receivables */
  concentrationPct: string;
  /** factor of what is secured */
  securedFactor: string;
  newCustomer: NewCustomerRules;
}

export interface NewCustomerRules {
  bestClass: CreditClass;
  /** of the monthly sales expected */
  expectedFactor: string;
  /** the limit grows by so many percent, compounded, with every so many cycles paid on time */
  growthPct: string;
  cycles: number;
}

export interface TemporaryLimitRules {
  /** percent of the limit */
  maxPct: string;
  maxDays: number;
  perYear: number;
}

export const CREDIT_CHECKS = [
  'UTILISATION_PCT',
  'OLDEST_OVERDUE_DAYS',
  'OVERDUE_SHARE_PCT',
  'DUNNING_LEVEL',
  'BROKEN_PROMISES',
  'NEW_CUSTOMER_DOCUMENT',
  'REVIEW_OVERDUE_DAYS',
] as const;
export type CreditCheck = (typeof CREDIT_CHECKS)[number];
export const REACTIONS = ['NONE', 'WARN', 'BLOCK'] as const;
export type Reaction = (typeof REACTIONS)[number];

/** From one of these on (`FROM`), or only above it (`OVER`). Steps come in order, each as severe as the one before or more. */
export interface CheckStep {
  at: 'FROM' | 'OVER';
  value: string;
  reaction: Reaction;
}

export interface CheckRules {
  check: CreditCheck;
  steps: readonly CheckStep[];
  /** of a class that has its own */
  byClass?: Readonly<Partial<Record<CreditClass, readonly CheckStep[]>>>;
}

/** Who decides a limit of at most `upTo` (inclusive, base currency; null: any): so many different people of these roles. */
export interface LimitTier {
  upTo: string | null;
  roles: readonly Role[];
  quorum: number;
}

export const REVIEW_TRIGGERS = [
  'NEW_CUSTOMER',
  'PERIODIC',
  'LIMIT_REQUEST',
  'ORDER_BLOCK',
  'OVERDUE',
  'BROKEN_PROMISES',
  'BOUNCED_BILL',
  'EXTERNAL_ALERT',
  'SALES_GROWTH',
  'DORMANT',
  'TIER_CHANGE',
] as const;
export type ReviewTrigger = (typeof REVIEW_TRIGGERS)[number];

/** Parameters of credit (policy kind `credit`), processes.md 3.3. */
export interface CreditPolicy {
  /** weights add up to 100 */
  score: readonly ScoreGroup[];
  /** whatever the score, the class is E */
  hardStops: readonly string[];
  classes: ByClass<ClassRules>;
  limit: LimitRules;
  temporaryLimit: TemporaryLimitRules;
  /** share of each kind that counts as exposure, 0–1; the sign is the entry's */
  exposureWeights: Readonly<Record<ExposureKind, string>>;
  /** calendar days: what is delivered later does not count yet */
  horizonDays: number;
  /** calendar days after which a reservation ends */
  reservationDays: number;
  checks: readonly CheckRules[];
  /** months broken promises are counted over */
  promiseMonths: number;
  /** ascending, the last without a bound; it also decides what is above the formula */
  tiers: readonly LimitTier[];
  triggers: {
    /** beyond which values a review begins by itself */
    overdueDays: number;
    brokenPromises: number;
    salesGrowthPct: string;
    dormantDays: number;
    /** kinds of news from outside that begin one */
    alerts: readonly string[];
    enabled: readonly ReviewTrigger[];
  };
  timers: {
    gatherWorkDays: number;
    scoreWorkDays: number;
    decideWorkDays: number;
    blockedLookWorkHours: number;
    blockedDecisionWorkDays: number;
    /** calendar days before a review is due, the earliest first */
    reviewReminderDays: readonly number[];
    /** calendar days after it was due */
    reviewGraceDays: number;
  };
}
