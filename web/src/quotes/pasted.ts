import type { PriceListView } from '../api/types.js';
import { newLine, type DraftLine } from './draft.js';

export interface PastedRow {
  /** as counted in the block, from 1 */
  row: number;
  text: string;
  line: DraftLine | null;
  problem: 'PRODUCT' | 'QTY' | 'DISCOUNT' | null;
}

const NUMBER = /^\d+(\.\d+)?$/;

/**
 * Lines of a block copied from a spreadsheet: product by code or name, quantity, discount in percent (left out: none), as
 * tab-separated cells. Thousands separators and percent signs are taken off; empty rows are left out.
 */
export function readPasted(text: string, prices: Pick<PriceListView, 'items'>): PastedRow[] {
  const byName = new Map(
    prices.items.flatMap(({ productId, sku, name }) => [
      [sku.toLowerCase(), productId],
      [name.toLowerCase(), productId],
    ]),
  );
  return text.split(/\r?\n/).flatMap((source, index): PastedRow[] => {
    const [product = '', qty = '', discount = ''] = source.split('\t').map((cell) => cell.trim());
    if (product === '' && qty === '') return [];
    const productId = byName.get(product.toLowerCase());
    const units = plain(qty);
    const percent = discount === '' ? '0' : plain(discount.replace('%', '').trim());
    const problem =
      productId === undefined
        ? 'PRODUCT'
        : !isAmount(units)
          ? 'QTY'
          : !isPercent(percent)
            ? 'DISCOUNT'
            : null;
    const line =
      problem === null ? { ...newLine(), productId: productId!, qty: units, value: percent } : null;
    return [{ row: index + 1, text: source, line, problem }];
  });
}

/** The lines without what was pasted: whatever was typed since stays. */
export function withoutPasted(lines: readonly DraftLine[], pasted: readonly DraftLine[]): DraftLine[] {
  const keys = new Set(pasted.map(({ rowKey }) => rowKey));
  const left = lines.filter(({ rowKey }) => !keys.has(rowKey));
  return left.length > 0 ? left : [newLine()];
}

function plain(number: string): string {
  return number.replaceAll(',', '').replaceAll(' ', '');
}

function isAmount(text: string): boolean {
  return NUMBER.test(text) && Number(text) > 0;
}

function isPercent(text: string): boolean {
  return NUMBER.test(text) && Number(text) <= 100;
}
