import { currencyExponent, Exact, formatAmount } from '../money.js';
import { CellReader } from './cell-reader.js';
import { matchKey, nameKey, tidyName } from './name.js';
import { hasError, type Cells, type RowReading } from './row.js';

/** Currency of files that name none. The sample files carry bare numbers; they are read as yuan by decision. */
export const FILE_CURRENCY = 'CNY';
/** Shares of the list price taken as floor and cost of a new product when the file gives none; reported as ASSUMED. */
const ASSUMED_FLOOR = '0.70';
const ASSUMED_COST = '0.55';

/** One product with its price as the file describes it; floor and cost are null when the file has none. */
export interface ProductDraft {
  /** article number; null when the file has none: then the name decides */
  sku: string | null;
  name: string;
  nameKey: string;
  matchKey: string;
  series: string;
  currency: string;
  list: string;
  floor: string | null;
  cost: string | null;
}

/** `GTX Plus Pro` → `GTX-PLUS-PRO`: the article number of a product whose file has none. */
export function skuOfName(name: string): string {
  return tidyName(name).toUpperCase().replaceAll(' ', '-');
}

/** Floor and cost of a product that has none yet, as shares of its list price. */
export function assumedPrices(list: string, currency: string): { floor: string; cost: string } {
  return {
    floor: formatAmount(new Exact(list).times(ASSUMED_FLOOR), currency),
    cost: formatAmount(new Exact(list).times(ASSUMED_COST), currency),
  };
}

/** A row of the products file. */
export function readProduct(cells: Cells): RowReading<ProductDraft> {
  const reader = new CellReader(cells);
  const name = reader.mandatoryText('product', 120);
  const series = reader.mandatoryText('series', 60);
  const currency = readCurrency(reader);
  const sku = reader.text('sku', 60);
  const list = reader.amount('sales_price', currency);
  if (list === null && !reader.issues.some(({ column }) => column === 'sales_price'))
    reader.report('sales_price', 'REQUIRED', 'must not be empty');
  const floor = reader.amount('floor_price', currency);
  const cost = reader.amount('cost', currency);
  if (list !== null && floor !== null && new Exact(floor).gt(list))
    reader.report('floor_price', 'FLOOR_ABOVE_LIST', 'the floor must not be above the list price');
  if (name === null || series === null || list === null || hasError(reader.issues))
    return { draft: null, issues: reader.issues };
  return {
    draft: {
      sku,
      name,
      nameKey: nameKey(name),
      matchKey: matchKey(name),
      series,
      currency,
      list,
      floor,
      cost,
    },
    issues: reader.issues,
  };
}

/** The `currency` column, else yuan. An unknown code is an error of the row. */
export function readCurrency(reader: CellReader): string {
  const code = reader.text('currency', 10);
  if (code === null) return FILE_CURRENCY;
  try {
    currencyExponent(code);
    return code;
  } catch {
    reader.report('currency', 'CURRENCY_UNKNOWN', 'an ISO 4217 code that is in use here, e.g. CNY');
    return FILE_CURRENCY;
  }
}
