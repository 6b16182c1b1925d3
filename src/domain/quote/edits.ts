/** What of a quotation a policy may let its approvers change with their answer, as pointers into what its owner edits (AE-SUB-2). */
export const QUOTE_WRITABLE = [
  '/lines/*/discountPct',
  '/lines/*/unitNet',
  '/dealDiscountPct',
  '/termDays',
] as const;

/** The pattern a pointer falls under: `/lines/3/unitNet` under `/lines/*\/unitNet`. */
export function patternOf(pointer: string): string {
  return pointer.replace(/\/(0|[1-9]\d{0,3})(?=\/)/, '/*');
}
