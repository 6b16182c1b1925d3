import type { ComponentType } from 'react';
import type { PolicyView } from '../api/types.js';
import { CasesPane } from './cases-pane.js';
import { ChangesPane } from './changes-pane.js';
import { OpenRequestsPane } from './open-requests-pane.js';
import { RawPane } from './raw-pane.js';
import { StagesPane } from './stages-pane.js';
import { TablePane } from './table-pane.js';
import { WhatIfPane } from './what-if-pane.js';

/** One tab of a policy's page. Its name is the text `policy.tab.<key>`. */
export interface PolicyPane {
  key: 'table' | 'stages' | 'cases' | 'changes' | 'whatIf' | 'open' | 'raw';
  Pane: ComponentType<{ policy: PolicyView }>;
  shown: (policy: PolicyView) => boolean;
}

/** An approval policy has a table and stages; parameters are shown as they are. */
export function isTablePolicy({ kind }: PolicyView): boolean {
  return kind.startsWith('approval.');
}

export const PANES: readonly PolicyPane[] = [
  { key: 'raw', Pane: RawPane, shown: (policy) => !isTablePolicy(policy) },
  { key: 'table', Pane: TablePane, shown: isTablePolicy },
  { key: 'stages', Pane: StagesPane, shown: isTablePolicy },
  { key: 'cases', Pane: CasesPane, shown: isTablePolicy },
  { key: 'changes', Pane: ChangesPane, shown: ({ draft }) => draft !== null },
  { key: 'whatIf', Pane: WhatIfPane, shown: isTablePolicy },
  {
    key: 'open',
    Pane: OpenRequestsPane,
    shown: (policy) => isTablePolicy(policy) && (policy.state === 'ACTIVE' || policy.state === 'SCHEDULED'),
  },
];
