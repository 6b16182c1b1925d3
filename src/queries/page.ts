/** Where a keyset page begins and how long it may be. `after` is the position of the last row seen, as strings. */
export interface Slice {
  limit: number;
  after: readonly string[] | null;
}

/** Rows of one page, and the position of the last one when there are more. */
export interface Sliced<T> {
  items: T[];
  next: readonly string[] | null;
}

/** From `limit + 1` rows read: the page, and whether another follows. */
export function cutSlice<R, T>(
  rows: readonly R[],
  limit: number,
  view: (row: R) => T,
  position: (row: R) => readonly string[],
): Sliced<T> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return {
    items: kept.map(view),
    next: rows.length > limit && last !== undefined ? position(last) : null,
  };
}
