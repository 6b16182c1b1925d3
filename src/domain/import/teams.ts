import { CellReader } from './cell-reader.js';
import { nameKey } from './name.js';
import { hasError, type Cells, type RowReading } from './row.js';

/** One sales agent, the team lead above and the region above both. */
export interface TeamDraft {
  agent: string;
  manager: string;
  region: string;
}

/** A row of the teams file. */
export function readTeam(cells: Cells): RowReading<TeamDraft> {
  const reader = new CellReader(cells);
  const agent = reader.mandatoryText('sales_agent', 80);
  const manager = reader.mandatoryText('manager', 80);
  const region = reader.mandatoryText('regional_office', 80);
  if (agent !== null && manager !== null && nameKey(agent) === nameKey(manager))
    reader.report('manager', 'OWN_MANAGER', 'nobody is their own manager');
  if (agent === null || manager === null || region === null || hasError(reader.issues))
    return { draft: null, issues: reader.issues };
  return { draft: { agent, manager, region }, issues: reader.issues };
}
