import { useMemo, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../api/types.js';
import { Panel } from '../ui/panel.js';
import { readTable } from './table-model.js';
import { TableReading } from './table-reading.js';

export function TablePane({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const table = useMemo(() => readTable(policy.content), [policy.content]);
  return (
    <Panel title={t('policy.tab.table')} note={t('policyTable.rows', { n: table?.rows.length ?? 0 })}>
      {table ? <TableReading table={table} content={policy.content} /> : null}
    </Panel>
  );
}
