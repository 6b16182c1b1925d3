import type { LedgerRules } from '../../domain/receivable/rules.js';

/** processes 3.4: tolerance 1 CNY or 0.1 %, level down at 90 %, buckets and provisions by days past due, write-offs by tiers. */
export const LEDGER_RULES: LedgerRules = {
  application: { levelDropPct: '90', toleranceAmount: { CNY: '1' }, tolerancePct: '0.1' },
  fourEyesAbove: { amount: '100000', currency: 'CNY' },
  writeOffTiers: [
    { upTo: '1000', role: 'FINANCE' },
    { upTo: '50000', role: 'CFO' },
    { upTo: null, role: 'GENERAL_MANAGER' },
  ],
  buckets: [
    { key: '1-30', fromDays: 1, toDays: 30 },
    { key: '31-60', fromDays: 31, toDays: 60 },
    { key: '61-90', fromDays: 61, toDays: 90 },
    { key: '91-180', fromDays: 91, toDays: 180 },
    { key: '181-365', fromDays: 181, toDays: 365 },
    { key: '>365', fromDays: 366, toDays: null },
  ],
  provisionPct: { '1-30': '1', '31-60': '5', '61-90': '10', '91-180': '20', '181-365': '50', '>365': '100' },
};
