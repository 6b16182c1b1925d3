import type { PricingPolicy } from '../../domain/quote/policy.js';

/** processes.md 3.2: valid 30 days, reminded 7 and 2 days before; margin and rates are the demo company's. */
export const PRICING_POLICY: PricingPolicy = {
  baseCurrency: 'CNY',
  ratesToBase: { CNY: '1', USD: '7.1', EUR: '8.2', HKD: '0.91', JPY: '0.047', KWD: '23.2' },
  financingRatePct: '4.5',
  marginTargetPct: '25',
  marginFloorPct: '10',
  budgetMarginPct: '25',
  fxTolerancePct: '2',
  rollingDays: 30,
  vatPct: '13',
  validityDays: 30,
  maxValidityDays: 180,
  expiryReminderDays: [7, 2],
  classTermDays: { A: 90, B: 60, C: 30, D: 0, E: 0 },
  nonStandardClauses: [
    'LIABILITY',
    'INTELLECTUAL_PROPERTY',
    'FOREIGN_LAW',
    'EXCLUSIVITY',
    'PENALTY',
    'OTHER',
  ],
};
