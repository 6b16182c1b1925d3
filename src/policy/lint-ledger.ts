import { ROLES } from '../domain/org/directory.js';
import type { TableProblem } from './problem.js';
import { isRecord, type Rec } from './shape.js';

const DECIMAL = /^\d{1,12}(\.\d{1,8})?$/;

/** What is wrong with the lists of the receivables ledger: write-off tiers, aging buckets, provisions. */
export function ledgerProblems({ writeOffTiers, buckets, provisionPct }: Rec): TableProblem[] {
  return [...tierProblems(writeOffTiers), ...bucketProblems(buckets, provisionPct)];
}

function tierProblems(tiers: unknown): TableProblem[] {
  const sound =
    Array.isArray(tiers) &&
    tiers.length > 0 &&
    tiers.every((tier: unknown, index) => {
      if (!isRecord(tier) || !ROLES.some((role) => role === tier.role)) return false;
      if (index === tiers.length - 1) return tier.upTo === null;
      return (
        isDecimal(tier.upTo) && (index === 0 || Number((tiers[index - 1] as Rec).upTo) < Number(tier.upTo))
      );
    });
  return sound
    ? []
    : [
        problem(
          'writeOffTiers',
          'rising amounts with a role each, the last without an end',
          '应为递增金额及角色，末级无上限',
        ),
      ];
}

/** Buckets cover every day past due once: from 1 on, without a gap, the last without an end. */
function bucketProblems(buckets: unknown, rates: unknown): TableProblem[] {
  let next: number | null = 1;
  const sound =
    Array.isArray(buckets) &&
    buckets.every((bucket: unknown) => {
      if (!isRecord(bucket) || typeof bucket.key !== 'string' || next === null || bucket.fromDays !== next)
        return false;
      next = bucket.toDays === null ? null : Number(bucket.toDays) + 1;
      return (
        bucket.toDays === null ||
        (Number.isInteger(bucket.toDays) && Number(bucket.toDays) >= Number(bucket.fromDays))
      );
    }) &&
    next === null;
  if (!sound)
    return [
      problem('buckets', 'spans of days from 1 without a gap or an end', '应为从 1 起连续且无上限的天数区间'),
    ];
  const known = new Set(['NOT_DUE', ...(buckets as Rec[]).map(({ key }) => key)]);
  const rated =
    isRecord(rates) &&
    Object.entries(rates).every(([key, pct]) => known.has(key) && isDecimal(pct) && Number(pct) <= 100);
  return rated ? [] : [problem('provisionPct', 'percents by bucket', '应为各账龄段的百分数')];
}

function problem(at: string, message: string, zh: string): TableProblem {
  return { at, code: 'PARAMETER', message, zh };
}

function isDecimal(value: unknown): value is string {
  return typeof value === 'string' && DECIMAL.test(value);
}
