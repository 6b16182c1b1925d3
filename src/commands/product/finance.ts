import type { DataSource, EntityManager } from 'typeorm';
import { DomainError, type FieldError } from '../../domain/errors.js';
import { amountProblem, currencyExponent, decimalProblem } from '../../domain/money.js';
import { isCalendarDate } from '../../domain/quote/validity.js';
import { transactionTime } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { holdFrom, type EffectiveTable, type Validity } from './effective.js';
import { missing, type Named } from './named.js';
import { tellOfChange, type PriceChange } from './price-change.js';

/** From when on something holds; null: at once. ISO instants. */
export interface Wanted {
  validFrom: string | null;
  validTo: string | null;
  source: string;
}

export type Entered = { count: number };

/** What products cost from an instant on. @throws DomainError VALIDATION · EFFECTIVE_OVERLAP */
export function enterCosts(
  db: DataSource,
  meta: CommandMeta,
  { costs, ...wanted }: Wanted & { costs: readonly { productId: string; currency: string; cost: string }[] },
): Promise<Answer<Entered>> {
  const problems = costs.flatMap(({ currency, cost }, index) => [
    currencyProblem(currency, `/costs/${index}/currency`) ??
      amountProblem(cost, currency, `/costs/${index}/cost`),
  ]);
  return enter(db, meta, wanted, {
    table: 'product_cost',
    problems: [
      ...problems,
      ...doubles(
        costs.map(({ productId, currency }) => `${productId}/${currency}`),
        (index) => `/costs/${index}`,
      ),
    ],
    named: costs.map(({ productId }, index) => ({
      table: 'product',
      id: productId,
      pointer: `/costs/${index}/productId`,
    })),
    rows: costs.map(({ productId, currency, cost }) => ({ product_id: productId, currency, cost })),
    change: {
      kind: 'COST',
      text: `cost of ${costs.length}`,
      productIds: costs.map(({ productId }) => productId),
    },
  });
}

/** What currencies are worth in base currency from an instant on. @throws DomainError VALIDATION · EFFECTIVE_OVERLAP */
export function enterRates(
  db: DataSource,
  meta: CommandMeta,
  { rates, ...wanted }: Wanted & { rates: readonly { currency: string; rate: string; asOf: string }[] },
): Promise<Answer<Entered>> {
  const problems = rates.flatMap(({ currency, rate, asOf }, index) => [
    currencyProblem(currency, `/rates/${index}/currency`),
    decimalProblem(rate, { maxScale: 8, min: '0.00000001', max: '999999999' }, `/rates/${index}/rate`),
    isCalendarDate(asOf)
      ? null
      : { pointer: `/rates/${index}/asOf`, code: 'INVALID', rule: 'a day of the calendar' },
  ]);
  return enter(db, meta, wanted, {
    table: 'fx_rate',
    problems: [
      ...problems,
      ...doubles(
        rates.map(({ currency }) => currency),
        (index) => `/rates/${index}/currency`,
      ),
    ],
    named: [],
    rows: rates.map(({ currency, rate, asOf }) => ({ currency, rate, as_of: asOf })),
    change: {
      kind: 'FX',
      text: rates
        .map(({ currency, rate }) => `${currency} ${rate}`)
        .join(', ')
        .slice(0, 200),
      currency: rates.length === 1 ? rates[0]!.currency : null,
    },
  });
}

/** What is paid back to a customer, on a product, or both, from an instant on. @throws DomainError VALIDATION · EFFECTIVE_OVERLAP */
export function enterRebate(
  db: DataSource,
  meta: CommandMeta,
  {
    rebate,
    ...wanted
  }: Wanted & {
    rebate: { customerId: string | null; productId: string | null; fromAmount: string; pct: string };
  },
): Promise<Answer<Entered>> {
  const { customerId, productId, fromAmount, pct } = rebate;
  const about = customerId === null && productId === null;
  return enter(db, meta, wanted, {
    table: 'rebate',
    problems: [
      about ? { pointer: '/customerId', code: 'INVALID', rule: 'a customer, a product or both' } : null,
      decimalProblem(fromAmount, { maxScale: 4, min: '0', max: '999999999999' }, '/fromAmount'),
      decimalProblem(pct, { maxScale: 6, min: '0.000001', max: '100' }, '/pct'),
    ],
    named: [
      ...(customerId === null
        ? []
        : [{ table: 'customer' as const, id: customerId, pointer: '/customerId' }]),
      ...(productId === null ? [] : [{ table: 'product' as const, id: productId, pointer: '/productId' }]),
    ],
    rows: [{ customer_id: customerId, product_id: productId, from_amount: fromAmount, pct }],
    change: {
      kind: 'REBATE',
      text: `rebate ${pct} %`,
      customerId,
      productIds: productId === null ? null : [productId],
    },
  });
}

interface Entry {
  table: EffectiveTable;
  problems: readonly (FieldError | null)[];
  /** what must be there */
  named: readonly Named[];
  rows: readonly Record<string, string | null>[];
  change: Omit<PriceChange, 'refId' | 'at' | 'by'>;
}

function enter(db: DataSource, meta: CommandMeta, wanted: Wanted, entry: Entry): Promise<Answer<Entered>> {
  return runCommand(db, meta, async (tx) => {
    const problems = entry.problems.filter((problem) => problem !== null);
    problems.push(...(await missing(tx, entry.named)));
    if (problems.length > 0) throw new DomainError('VALIDATION', {}, problems);
    const validity = await validityOf(tx, wanted);
    const origin = { source: wanted.source, by: meta.actor.id, jobId: null };
    const [firstId] = await holdFrom(tx, entry.table, entry.rows, validity, origin);
    const change = { ...entry.change, refId: firstId!, by: meta.actor.id };
    await tellOfChange(tx, { ...change, at: validity.from }, meta.correlationId);
    if (validity.to !== null) await tellOfChange(tx, { ...change, at: validity.to }, meta.correlationId);
    return { count: entry.rows.length };
  });
}

/** @throws DomainError VALIDATION it begins in the past, or ends before it begins */
async function validityOf(tx: EntityManager, { validFrom, validTo }: Wanted): Promise<Validity> {
  const now = await transactionTime(tx);
  const from = validFrom ?? now;
  const problem = (pointer: string, rule: string): FieldError => ({ pointer, code: 'PAST', rule });
  if (from < now) throw new DomainError('VALIDATION', { now }, [problem('/validFrom', 'not in the past')]);
  if (validTo !== null && validTo <= from)
    throw new DomainError('VALIDATION', { now }, [problem('/validTo', 'after validFrom')]);
  return { from, to: validTo };
}

function currencyProblem(currency: string, pointer: string): FieldError | null {
  try {
    currencyExponent(currency);
    return null;
  } catch {
    return { pointer, code: 'CURRENCY_UNKNOWN', rule: 'an ISO 4217 code that is in use here' };
  }
}

/** One thing twice in one entry: which of the two would hold? */
function doubles(keys: readonly string[], pointer: (index: number) => string): FieldError[] {
  return keys.flatMap((key, index) =>
    keys.indexOf(key) === index
      ? []
      : [{ pointer: pointer(index), code: 'DOUBLE', rule: `not what entry ${keys.indexOf(key)} is about` }],
  );
}
