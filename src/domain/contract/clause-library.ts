import type { ClauseTemplate, LibraryClause } from './policy.js';
import { normaliseText, type Clause } from './text.js';

/** What the library offers on a day: of each key the highest version valid then, in the order of the library. */
export function libraryOn(library: readonly LibraryClause[], day: string): LibraryClause[] {
  const valid = library.filter((clause) => isValid(clause, day));
  return valid.filter((clause) =>
    valid.every((other) => other.key !== clause.key || versionOf(other) <= versionOf(clause)),
  );
}

/** The clauses of a new contract. */
export function standardClauses(library: readonly LibraryClause[], day: string): Clause[] {
  return libraryOn(library, day)
    .filter(({ onDemand, standard }) => onDemand !== true && standard !== false)
    .map(taken);
}

/**
 * The clauses a draft will have. Words a contract already holds stay what they were when it took them, whatever the library
 * says since; words of a version that is valid on the day are that version; any others are nobody's: non-standard.
 */
export function markStandard(
  edited: readonly ClauseTemplate[],
  { library, day, held = [] }: { library: readonly LibraryClause[]; day: string; held?: readonly Clause[] },
): Clause[] {
  return edited.map((clause) => {
    const kept = held.find((before) => isSame(before, clause));
    const model = library.find((offered) => isValid(offered, day) && isSame(offered, clause));
    if (kept && (kept.standard || !model)) return kept;
    const { key, title, text } = clause;
    return model ? { ...taken(model), text } : { key, title, text, standard: false };
  });
}

export function versionOf({ version = 1 }: LibraryClause): number {
  return version;
}

function taken(clause: LibraryClause): Clause {
  const { key, title, text, standard = true } = clause;
  return { key, title, text, standard, version: versionOf(clause) };
}

function isValid({ validFrom, validUntil }: LibraryClause, day: string): boolean {
  return (validFrom === undefined || validFrom <= day) && (validUntil === undefined || day <= validUntil);
}

function isSame(a: ClauseTemplate, b: ClauseTemplate): boolean {
  return a.key === b.key && a.title === b.title && normaliseText(a.text) === normaliseText(b.text);
}
