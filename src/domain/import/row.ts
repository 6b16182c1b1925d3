/** The files that can be imported. */
export const IMPORT_KINDS = [
  'accounts',
  'products',
  'teams',
  'opportunities',
  'prices',
  'costs',
  'rates',
] as const;
/** Kept by whoever keeps prices; all others by whoever may import everything. */
export const PRICE_KINDS: readonly (typeof IMPORT_KINDS)[number][] = ['prices', 'costs', 'rates'];
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** ERROR: the row was not imported. WARNING: it was, and somebody should look at this value. */
export type Severity = 'ERROR' | 'WARNING';

/** One flaw of one value of one row, in words its owner can act on. */
export interface RowIssue {
  column: string;
  /** as found in the file */
  value: string;
  /** stable code, e.g. `DATE_FORMAT` */
  rule: string;
  severity: Severity;
  message: string;
}

/** One row as the file has it, by column name. A column the file lacks reads as empty. */
export type Cells = Readonly<Record<string, string>>;

/** What a row says (null when it cannot be imported) and every flaw found in it: all of them, not only the first. */
export interface RowReading<T> {
  draft: T | null;
  issues: RowIssue[];
}

/** Columns of each kind as the files of the trade name them. A file without a mandatory one is refused as a whole. */
export const IMPORT_COLUMNS: Readonly<
  Record<ImportKind, { mandatory: readonly string[]; optional: readonly string[] }>
> = {
  accounts: {
    mandatory: ['account'],
    optional: [
      'sector',
      'year_established',
      'revenue',
      'employees',
      'office_location',
      'subsidiary_of',
      'tier',
      'region',
    ],
  },
  products: {
    mandatory: ['product', 'series', 'sales_price'],
    optional: ['sku', 'currency', 'floor_price', 'cost'],
  },
  teams: { mandatory: ['sales_agent', 'manager', 'regional_office'], optional: [] },
  opportunities: {
    mandatory: ['opportunity_id', 'sales_agent', 'product', 'account', 'deal_stage'],
    optional: ['engage_date', 'close_date', 'close_value', 'currency', 'lost_reason'],
  },
  prices: {
    mandatory: ['product', 'list_price', 'floor_price'],
    optional: ['currency', 'from_qty', 'tier', 'region'],
  },
  costs: { mandatory: ['product', 'cost'], optional: ['currency'] },
  rates: { mandatory: ['currency', 'rate', 'as_of'], optional: [] },
};

/** An error keeps a row out; warnings alone do not. */
export function hasError(issues: readonly RowIssue[]): boolean {
  return issues.some(({ severity }) => severity === 'ERROR');
}
