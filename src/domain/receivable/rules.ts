import type { Money } from '../money.js';
import type { Role } from '../org/directory.js';
import type { AgingBucket } from './aging.js';
import type { ApplicationRules } from './application.js';

/** Who may write off how much of an item at once. */
export interface WriteOffTier {
  /** inclusive, in base currency; null: any amount */
  upTo: string | null;
  role: Role;
}

/** Thresholds of the receivables ledger. */
export interface LedgerRules {
  application: ApplicationRules;
  /** a payment above it, in base currency, is booked by two persons */
  fourEyesAbove: Money;
  /** ascending; the last has no bound */
  writeOffTiers: readonly WriteOffTier[];
  /** without gaps from day 1 on; the last has no end */
  buckets: readonly AgingBucket[];
  /** bad-debt provision by bucket, percent */
  provisionPct: Readonly<Record<string, string>>;
}
