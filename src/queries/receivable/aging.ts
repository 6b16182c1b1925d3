import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { formatAmount, sumAmounts } from '../../domain/money.js';
import { NOT_DUE, provision, type AgedAmount, type AgingBucket } from '../../domain/receivable/aging.js';
import type { Viewer } from '../org/scope.js';
import { customersWithin } from './reach.js';

export interface AgingFilter {
  companyId?: string;
  customerId?: string;
}

/** Open amounts of one currency by age. */
export interface CurrencyAging {
  currency: string;
  buckets: AgedAmount[];
  outstanding: string;
  provision: { parts: AgedAmount[]; total: string };
  /** money on account that is not applied; not part of the buckets */
  unapplied: string;
}

/** The day it is where the company is, or the default one. @throws DomainError NOT_FOUND */
export async function todayOfCompany(
  db: Pick<DataSource, 'query'>,
  companyId: string | null,
): Promise<string> {
  const [row] = await db.query<{ day: string }[]>(
    `SELECT (now() AT TIME ZONE zone)::date::text AS day FROM company
     WHERE CASE WHEN $1::uuid IS NULL THEN is_default ELSE id = $1 END`,
    [companyId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { companyId });
  return row.day;
}

/**
 * What was open on a day by days past due, as the entries with a value date up to it say: the sum of entries is the sum of
 * items, so that no item is looked at.
 */
export async function agingAsOf(
  db: Pick<DataSource, 'query'>,
  viewer: Viewer,
  { companyId, customerId }: AgingFilter,
  rules: { asOf: string; buckets: readonly AgingBucket[]; provisionPct: Readonly<Record<string, string>> },
): Promise<CurrencyAging[]> {
  const scope = reachOf(viewer, 5);
  const rows = await db.query<{ currency: string; place: number; amount: string }[]>(
    `SELECT currency, width_bucket($1::date - due_on, $2::int[]) AS place, sum(amount)::text AS amount FROM receivable_entry
     WHERE value_date <= $1::date AND ($3::uuid IS NULL OR company_id = $3) AND ($4::uuid IS NULL OR customer_id = $4) AND ${scope.sql}
     GROUP BY 1, 2`,
    [
      rules.asOf,
      rules.buckets.map(({ fromDays }) => fromDays),
      companyId ?? null,
      customerId ?? null,
      ...scope.params,
    ],
  );
  const onAccount = await unappliedAsOf(db, viewer, { companyId, customerId }, rules.asOf);
  const currencies = [...new Set([...rows.map(({ currency }) => currency), ...onAccount.keys()])].sort();
  return currencies.map((currency) => {
    const keys = [NOT_DUE, ...rules.buckets.map(({ key }) => key)];
    const buckets = keys.map((bucket, place) => {
      const found = rows.find((row) => row.currency === currency && row.place === place);
      return { bucket, amount: formatAmount(found?.amount ?? '0', currency) };
    });
    return {
      currency,
      buckets,
      outstanding: formatAmount(sumAmounts(buckets.map(({ amount }) => amount)), currency),
      provision: provision(buckets, rules.provisionPct, currency),
      unapplied: formatAmount(onAccount.get(currency) ?? '0', currency),
    };
  });
}

/** Scope by customer; whoever sees all is not asked whose it is. */
export function reachOf(
  viewer: Viewer,
  firstParam: number,
  column = 'customer_id',
): { sql: string; params: unknown[] } {
  if (viewer.permissions['receivable:read'] === 'ALL') return { sql: 'TRUE', params: [] };
  const seen = customersWithin(viewer, firstParam);
  return { sql: `${column} IN (SELECT c.id FROM customer c WHERE ${seen.sql})`, params: seen.params };
}

/** Money paid by a day and not applied to what was open then, by currency. */
async function unappliedAsOf(
  db: Pick<DataSource, 'query'>,
  viewer: Viewer,
  { companyId, customerId }: AgingFilter,
  asOf: string,
): Promise<Map<string, string>> {
  const scope = reachOf(viewer, 4);
  const rows = await db.query<{ currency: string; amount: string }[]>(
    `SELECT p.currency, sum(p.amount + coalesce((
         SELECT sum(e.amount) FROM allocation a JOIN receivable_entry e ON e.ref_id = a.id AND e.kind = 'PAYMENT'
         WHERE a.payment_id = p.id AND e.value_date <= $1::date), 0))::text AS amount
     FROM payment p WHERE (p.state = 'POSTED' OR p.reversed_on > $1::date) AND p.value_date <= $1::date
       AND ($2::uuid IS NULL OR company_id = $2) AND ($3::uuid IS NULL OR customer_id = $3) AND ${scope.sql}
     GROUP BY 1`,
    [asOf, companyId ?? null, customerId ?? null, ...scope.params],
  );
  return new Map(rows.map(({ currency, amount }) => [currency, amount]));
}
