import { useMemo, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../api/types.js';
import { Panel } from '../ui/panel.js';
import { SheetButtons } from './sheet-buttons.js';
import { TableEditor } from './table-editor.js';
import { readTable } from './table-model.js';
import { TableReading } from './table-reading.js';
import { useBase } from './base-version.js';
import { useEditing } from './use-draft-editing.js';

export function TablePane({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const editing = useEditing();
  const base = useBase();
  const content = editing?.content ?? policy.content;
  const table = useMemo(() => readTable(content), [content]);
  const before = useMemo(() => (base ? readTable(base.content) : null), [base]);
  return (
    <Panel title={t('policy.tab.table')} note={t('policyTable.rows', { n: table?.rows.length ?? 0 })}>
      <SheetButtons policy={policy} writable={editing !== null && !editing.dirty} />
      {table && editing ? <TableEditor table={table} editing={editing} /> : null}
      {table && !editing ? <TableReading table={table} content={content} before={before} /> : null}
    </Panel>
  );
}
