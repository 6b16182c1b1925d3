/** How large a customer is by head count: micro < 20, small < 300, medium < 1,000, large from 1,000 (统计上大中小微型企业划分办法). */
export type SizeClass = 'MICRO' | 'SMALL' | 'MEDIUM' | 'LARGE';

/** @returns null when the head count is not known */
export function sizeClass(employees: number | null): SizeClass | null {
  if (employees === null) return null;
  if (employees < 20) return 'MICRO';
  if (employees < 300) return 'SMALL';
  return employees < 1_000 ? 'MEDIUM' : 'LARGE';
}
