import { currencyExponent, Exact } from '../money.js';
import { CellReader } from './cell-reader.js';
import { nameKey } from './name.js';
import { readCurrency } from './products.js';
import { hasError, type Cells, type RowReading } from './row.js';

/** A product as a price or cost file names it: by its article number or its name. */
export interface ProductNamed {
  product: string;
  productKey: string;
}

/** One price of a list, from so many units on. */
export interface PriceDraft extends ProductNamed {
  currency: string;
  tier: string;
  region: string;
  minQty: string;
  list: string;
  floor: string;
}

export interface CostDraft extends ProductNamed {
  currency: string;
  cost: string;
}

export interface RateDraft {
  currency: string;
  rate: string;
  asOf: string;
}

export function readPrice(cells: Cells): RowReading<PriceDraft> {
  const reader = new CellReader(cells);
  const product = reader.mandatoryText('product', 120);
  const currency = readCurrency(reader);
  const list = required(reader, 'list_price', reader.amount('list_price', currency));
  const floor = required(reader, 'floor_price', reader.amount('floor_price', currency));
  const minQty = reader.decimal('from_qty') ?? '0';
  const tier = reader.text('tier', 10) ?? '';
  const region = reader.text('region', 40) ?? '';
  if (list !== null && floor !== null && new Exact(floor).gt(list))
    reader.report('floor_price', 'FLOOR_ABOVE_LIST', 'the floor must not be above the list price');
  if (product === null || list === null || floor === null || hasError(reader.issues))
    return { draft: null, issues: reader.issues };
  return {
    draft: { product, productKey: nameKey(product), currency, tier, region, minQty, list, floor },
    issues: reader.issues,
  };
}

export function readCost(cells: Cells): RowReading<CostDraft> {
  const reader = new CellReader(cells);
  const product = reader.mandatoryText('product', 120);
  const currency = readCurrency(reader);
  const cost = required(reader, 'cost', reader.amount('cost', currency));
  if (product === null || cost === null || hasError(reader.issues))
    return { draft: null, issues: reader.issues };
  return { draft: { product, productKey: nameKey(product), currency, cost }, issues: reader.issues };
}

export function readRate(cells: Cells): RowReading<RateDraft> {
  const reader = new CellReader(cells);
  const currency = reader.mandatoryText('currency', 10);
  if (currency !== null && !isCurrency(currency))
    reader.report('currency', 'CURRENCY_UNKNOWN', 'an ISO 4217 code that is in use here, e.g. USD');
  const rate = required(reader, 'rate', reader.decimal('rate', 8));
  if (rate !== null && !new Exact(rate).gt(0)) reader.report('rate', 'RATE', 'a rate is above zero');
  const asOf = required(reader, 'as_of', reader.date('as_of'));
  if (currency === null || rate === null || asOf === null || hasError(reader.issues))
    return { draft: null, issues: reader.issues };
  return { draft: { currency, rate, asOf }, issues: reader.issues };
}

function required(reader: CellReader, column: string, value: string | null): string | null {
  if (value === null && !reader.issues.some((issue) => issue.column === column))
    reader.report(column, 'REQUIRED', 'must not be empty');
  return value;
}

function isCurrency(code: string): boolean {
  try {
    currencyExponent(code);
    return true;
  } catch {
    return false;
  }
}
