/** Parameters of quotations (policy kind `pricing`); percents and rates are decimal strings. */
export interface PricingPolicy {
  /** currency in which amounts are compared with thresholds */
  baseCurrency: string;
  /** budget rates: one unit of the currency in base currency; quotations take the day's rate where finance has entered one */
  ratesToBase: Readonly<Record<string, string>>;
  /** yearly cost of money as a percent, for the financing cost of payment terms */
  financingRatePct: string;
  /** margin at or above it is GREEN */
  marginTargetPct: string;
  /** margin below it is RED */
  marginFloorPct: string;
  /** a line may lie below its floor price when the whole deal's margin is at or above it; left out: there is no such exception */
  budgetMarginPct?: string;
  /** how far a rate may move before a quotation is priced anew or its owner accepts the move; left out: as far as it likes */
  fxTolerancePct?: string;
  /** deals of one customer within these calendar days count together for thresholds; left out: each for itself */
  rollingDays?: number;
  /** value added tax contained in every price, percent; left out: documents say nothing of tax */
  vatPct?: string;
  /** calendar days a quotation stays valid when nobody names a date, and the most anybody may name */
  validityDays: number;
  maxValidityDays: number;
  /** calendar days before the end of validity at which the owner is reminded */
  expiryReminderDays: readonly number[];
  /** whether the customer is reminded by mail as well, where the offer went out by mail; left out: the owner alone */
  remindsCustomer?: boolean;
  /** longest payment term in days by credit class; a class not listed has none */
  classTermDays: Readonly<Record<string, number>>;
  /** text modules that exist; naming another one on a quotation is refused */
  nonStandardClauses: readonly string[];
}
