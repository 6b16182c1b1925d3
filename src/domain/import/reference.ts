import { matchKey, nameKey } from './name.js';
import type { RowIssue } from './row.js';

/** Something a row may name: a product, an account, an agent. */
export interface Named {
  id: string;
  name: string;
}

/** What is known under the names of a batch: by match key, and the most similar name for those nobody has. */
export interface KnownNames<T extends Named> {
  byMatchKey: ReadonlyMap<string, readonly T[]>;
  similar: ReadonlyMap<string, string>;
}

/**
 * Finds what a cell names. An equal name (but for case and doubled spaces) is taken silently; one that is equal only
 * without spaces and punctuation is taken and reported (NORMALISED, `GTXPro` → `GTX Pro`); anything else is an error
 * with a suggestion (UNKNOWN_<THING>), and so is a name that several have (AMBIGUOUS_<THING>).
 */
export function resolveName<T extends Named>(
  cell: { column: string; value: string; thing: 'PRODUCT' | 'ACCOUNT' | 'AGENT' },
  known: KnownNames<T>,
): { found: T | null; issue: RowIssue | null } {
  const { column, value, thing } = cell;
  const candidates = known.byMatchKey.get(matchKey(value)) ?? [];
  const exact = candidates.filter(({ name }) => nameKey(name) === nameKey(value));
  const matches = exact.length > 0 ? exact : candidates;
  const [found] = matches;
  if (matches.length > 1)
    return {
      found: null,
      issue: {
        column,
        value,
        rule: `AMBIGUOUS_${thing}`,
        severity: 'ERROR',
        message: `${matches.length} have this name; none was chosen`,
      },
    };
  if (!found) {
    const similar = known.similar.get(value);
    const message = similar ? `not known; did you mean "${similar}"?` : 'not known';
    return { found: null, issue: { column, value, rule: `UNKNOWN_${thing}`, severity: 'ERROR', message } };
  }
  if (exact.length > 0) return { found, issue: null };
  const message = `did you mean "${found.name}"? imported as that`;
  return { found, issue: { column, value, rule: 'NORMALISED', severity: 'WARNING', message } };
}
