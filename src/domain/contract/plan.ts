import { DateTime } from 'luxon';
import { DomainError } from '../errors.js';
import { allocate, Exact, formatAmount } from '../money.js';

/** WARRANTY is the retention (质保金), due after the warranty period has ended. */
export type PlanTrigger = 'SIGNING' | 'DELIVERY' | 'ACCEPTANCE' | 'WARRANTY' | 'DATE';

/** One instalment as agreed: a percent of the total, due some calendar days after its trigger. */
export interface Instalment {
  trigger: PlanTrigger;
  /** percent of the total, decimal string */
  pct: string;
  /** calendar days after the trigger; for DATE after effectiveness */
  days: number;
}

/** One row of the payment plan (期数). `dueOn` is null until its trigger has happened. */
export interface PlanRow {
  seq: number;
  trigger: PlanTrigger;
  pct: string;
  amount: string;
  dueOn: string | null;
}

export interface PlanBasis {
  total: string;
  currency: string;
  /** credit term of the contract, calendar days: due date of a single payment */
  termDays: number;
  /** office-zone date on which the contract became effective, `YYYY-MM-DD` */
  effectiveOn: string;
  /** planned delivery date */
  deliveryOn: string;
}

/**
 * Payment plan of a contract: amounts by largest remainder, so that Σ amount = total exactly (processes.md 3.2, After signing).
 * Without agreed instalments the whole is due `termDays` after delivery.
 * @throws DomainError PLAN_NOT_WHOLE the percents do not add up to 100
 */
export function paymentPlan(instalments: readonly Instalment[], basis: PlanBasis): PlanRow[] {
  const agreed: readonly Instalment[] =
    instalments.length > 0 ? instalments : [{ trigger: 'DELIVERY', pct: '100', days: basis.termDays }];
  const whole = Exact.sum(...agreed.map(({ pct }) => pct));
  if (!whole.equals(100)) throw new DomainError('PLAN_NOT_WHOLE', { pct: whole.toFixed() });
  const amounts = allocate(
    basis.total,
    agreed.map(({ pct }) => pct),
    basis.currency,
  );
  return agreed.map(({ trigger, pct, days }, index) => ({
    seq: index + 1,
    trigger,
    pct,
    amount: formatAmount(amounts[index]!, basis.currency),
    dueOn: dueOn(trigger, days, basis),
  }));
}

/** Calendar days after the trigger, as is: no shift off non-working days (contract flag AS_IS). */
function dueOn(trigger: PlanTrigger, days: number, basis: PlanBasis): string | null {
  switch (trigger) {
    case 'SIGNING':
    case 'DATE':
      return addDays(basis.effectiveOn, days);
    case 'DELIVERY':
      return addDays(basis.deliveryOn, days);
    case 'ACCEPTANCE':
    case 'WARRANTY':
      return null;
  }
}

/** The last day of a term of months that begins on `date`: the day before the same day of the month. */
export function lastDayOfTerm(date: string, months: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ months }).minus({ days: 1 }).toISODate() ?? date;
}

/** A date some calendar days later; dates have no zone. */
export function addDays(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate() ?? date;
}
