import type { JsonObject } from '../../domain/json.js';
import { changesBetween, type ChangeRow } from './changes.js';
import type { ShownForm } from './form.js';
import type { RoundRow } from './rounds.js';

/** What is another thing than in the content a viewer compares with; null: there is none. */
export interface Changes {
  changedSinceLastRound: boolean | null;
  changes: ChangeRow[];
  changesBase: { round: number; label: string } | null;
}

/** Against the content this viewer last approved, else the one before. */
export function changesFor(rounds: readonly RoundRow[], form: ShownForm | null): Changes {
  const current = rounds.at(-1)!;
  const earlier = rounds.slice(0, -1);
  const approved = earlier.filter((round) => round.approved_by_viewer).at(-1);
  const base = approved ?? earlier.at(-1);
  if (!base) return { changedSinceLastRound: null, changes: [], changesBase: null };
  const labels = Object.fromEntries(current.inputs.map(({ name, label }) => [name, label]));
  const versionOf = (round: RoundRow) => ({ ...documentOf(round), facts: round.facts as JsonObject });
  return {
    changedSinceLastRound: current.edit > 0 || current.changed,
    changes: form
      ? form.changes(base.document, current.document)
      : changesBetween(versionOf(base), versionOf(current), labels),
    changesBase: {
      round: base.round,
      label: approved ? 'APPROVED_BY_YOU' : labelOf(current),
    },
  };
}

/** What lies between a content and the one before it. */
function labelOf({ edit, moved }: RoundRow): string {
  if (edit === 0) return 'LAST_ROUND';
  return moved ? 'BEFORE_REFRESH' : 'BEFORE_EDIT';
}

export function documentOf({ document, confidential }: RoundRow): JsonObject {
  return confidential ? { ...document, ...confidential } : document;
}
