import type { EntityManager } from 'typeorm';
import { nameKey } from '../../domain/import/name.js';
import { readTeam, type TeamDraft } from '../../domain/import/teams.js';
import type { BatchCounts, KindImporter, ReadRow } from './batch.js';
import { TeamStructure } from './team-structure.js';

export const teamsImporter: KindImporter<TeamDraft> = {
  read: readTeam,
  keyOf: ({ agent }) => nameKey(agent),
  store: storeTeams,
};

/** Row by row, since each may create the unit the next one needs; such files have as many rows as there are sellers. */
async function storeTeams(
  tx: EntityManager,
  _jobId: string,
  rows: readonly ReadRow<TeamDraft>[],
): Promise<BatchCounts> {
  const counts: BatchCounts = { created: 0, updated: 0, unchanged: 0 };
  const structure = await TeamStructure.load(tx);
  for (const { draft, issues } of rows) {
    const ambiguous = (['agent', 'manager'] as const).filter((field) => structure.isAmbiguous(draft[field]));
    for (const field of ambiguous) {
      const column = field === 'agent' ? 'sales_agent' : 'manager';
      const message = 'several people have this name; none was chosen';
      issues.push({ column, value: draft[field], rule: 'AMBIGUOUS_PERSON', severity: 'ERROR', message });
    }
    if (ambiguous.length > 0) continue;
    counts[await structure.place(draft)] += 1;
  }
  await structure.announceLine();
  return counts;
}
