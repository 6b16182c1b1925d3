import type { CreditPolicy } from '../../domain/credit/policy.js';

/** Credit as processes.md 3.3 has it. Where it gives only a group's points, how they are shared out inside is ours. */
export const CREDIT_POLICY: CreditPolicy = {
  score: [
    {
      key: 'behaviour',
      isHistory: true,
      inputs: [
        { key: 'onTimePct', weight: '15', zero: '0', full: '100' },
        { key: 'daysLate', weight: '10', zero: '60', full: '0' },
        { key: 'promisesKeptPct', weight: '5', zero: '0', full: '100' },
        { key: 'rejectedDisputes', weight: '5', zero: '3', full: '0' },
      ],
    },
    {
      key: 'financial',
      isHistory: false,
      inputs: [
        { key: 'currentRatio', weight: '6', zero: '1', full: '2' },
        { key: 'debtRatioPct', weight: '7', zero: '80', full: '40' },
        { key: 'profitTrendPct', weight: '6', zero: '-20', full: '10' },
        { key: 'netAssets', weight: '6', zero: '1000000', full: '50000000' },
      ],
    },
    {
      key: 'relationship',
      isHistory: false,
      inputs: [
        { key: 'years', weight: '5', zero: '0', full: '5' },
        { key: 'walletSharePct', weight: '5', zero: '0', full: '50' },
        { key: 'growthPct', weight: '5', zero: '0', full: '20' },
      ],
    },
    {
      key: 'external',
      isHistory: false,
      inputs: [
        { key: 'rating', weight: '5', zero: '0', full: '100' },
        { key: 'lawsuits', weight: '4', zero: '3', full: '0' },
        { key: 'companyAge', weight: '3', zero: '0', full: '10' },
        { key: 'paidInCapital', weight: '3', zero: '0', full: '10000000' },
      ],
    },
    {
      key: 'security',
      isHistory: false,
      inputs: [
        { key: 'guaranteedPct', weight: '4', zero: '0', full: '100' },
        { key: 'depositPct', weight: '3', zero: '0', full: '30' },
        { key: 'insuredPct', weight: '3', zero: '0', full: '90' },
      ],
    },
  ],
  hardStops: ['DISHONEST_DEBTOR', 'INSOLVENCY', 'BLACKLIST', 'SANCTION', 'LICENCE_REVOKED'],
  classes: {
    A: rules('85', 60, '0', '1.5', 12, 'WATCH'),
    B: rules('70', 45, '0', '1', 12),
    C: rules('55', 30, '0', '0.6', 6),
    D: rules('40', 0, '30', '0', 3),
    E: { ...rules('0', 0, '100', '0', 3), countsSecured: false },
  },
  limit: {
    step: '1000',
    monthDays: 30,
    netAssetsPct: '10',
    concentrationPct: '15',
    securedFactor: '0.8',
    newCustomer: { bestClass: 'B', expectedFactor: '0.5', growthPct: '20', cycles: 2 },
  },
  temporaryLimit: { maxPct: '20', maxDays: 30, perYear: 2 },
  exposureWeights: {
    RESERVATION: '1',
    ORDER: '1',
    UNBILLED: '1',
    RECEIVABLE: '1',
    BILL_COMMERCIAL: '1',
    BILL_BANK: '0.2',
    RECOURSE: '1',
    ADVANCE: '1',
    CREDIT_NOTE: '1',
    INSURED: '1',
  },
  horizonDays: 90,
  reservationDays: 30,
  checks: [
    {
      check: 'UTILISATION_PCT',
      steps: [
        { at: 'FROM', value: '80', reaction: 'WARN' },
        { at: 'OVER', value: '100', reaction: 'BLOCK' },
      ],
    },
    {
      check: 'OLDEST_OVERDUE_DAYS',
      steps: [{ at: 'OVER', value: '30', reaction: 'BLOCK' }],
      byClass: {
        A: [{ at: 'OVER', value: '45', reaction: 'BLOCK' }],
        C: [{ at: 'OVER', value: '15', reaction: 'BLOCK' }],
      },
    },
    {
      check: 'OVERDUE_SHARE_PCT',
      steps: [
        { at: 'OVER', value: '20', reaction: 'WARN' },
        { at: 'OVER', value: '40', reaction: 'BLOCK' },
      ],
    },
    { check: 'DUNNING_LEVEL', steps: [{ at: 'FROM', value: '3', reaction: 'BLOCK' }] },
    { check: 'BROKEN_PROMISES', steps: [{ at: 'FROM', value: '2', reaction: 'BLOCK' }] },
    { check: 'NEW_CUSTOMER_DOCUMENT', steps: [{ at: 'OVER', value: '50000', reaction: 'BLOCK' }] },
    { check: 'REVIEW_OVERDUE_DAYS', steps: [{ at: 'OVER', value: '30', reaction: 'BLOCK' }] },
  ],
  promiseMonths: 6,
  tiers: [
    { upTo: '500000', roles: ['CREDIT'], quorum: 1 },
    { upTo: '2000000', roles: ['CFO'], quorum: 1 },
    { upTo: null, roles: ['CREDIT', 'CFO', 'GENERAL_MANAGER'], quorum: 2 },
  ],
  triggers: {
    overdueDays: 30,
    brokenPromises: 2,
    salesGrowthPct: '50',
    dormantDays: 180,
    alerts: [
      'DISHONEST_DEBTOR',
      'ABNORMAL_OPERATION',
      'LITIGATION',
      'EQUITY_FREEZE',
      'LEGAL_REPRESENTATIVE_CHANGED',
    ],
    enabled: [
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
    ],
  },
  timers: {
    gatherWorkDays: 3,
    scoreWorkDays: 1,
    decideWorkDays: 2,
    blockedLookWorkHours: 4,
    blockedDecisionWorkDays: 1,
    reviewReminderDays: [30, 15, 5],
    reviewGraceDays: 30,
  },
};

function rules(
  from: string,
  termDays: number,
  depositPct: string,
  k: string,
  reviewMonths: number,
  onOverdueReview: 'FROZEN' | 'WATCH' = 'FROZEN',
) {
  return { from, termDays, depositPct, k, countsSecured: true, reviewMonths, onOverdueReview };
}
