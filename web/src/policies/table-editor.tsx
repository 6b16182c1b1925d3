import { Button } from 'antd';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyProblem } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { useColumnTitle } from './column-title.js';
import { GridCell } from './grid-cell.js';
import { textOf } from './grid-text.js';
import { tableDiff, type TableDiff } from './policy-diff.js';
import { ProblemList, useProblemText } from './problem-list.js';
import { readTable, stagesOf, withRows, type TableModel } from './table-model.js';
import type { DraftEditing } from './use-draft-editing.js';
import { useGrid, type Grid } from './use-grid.js';

interface TableEditorProps {
  table: TableModel;
  editing: DraftEditing;
}

/** The decision table to write in: every cell is judged as it is written, what differs from the version before is marked. */
export function TableEditor({ table, editing }: TableEditorProps): ReactElement {
  const { t } = useTranslation();
  const titleOf = useColumnTitle();
  const grid = useGrid(table, (rows) => editing.change(withRows(editing.content, rows)), editing);
  const diff = tableDiff(editing.base && readTable(editing.base.content), table);
  const problems = editing.findings?.problems ?? [];
  const pick = ({ row, column }: PolicyProblem): void => {
    const at = table.rows.findIndex((one) => one['_id'] === row);
    const where = table.columns.findIndex(({ name }) => name === column);
    if (at >= 0) grid.select({ row: at, column: Math.max(where, 0) });
  };
  const whereOf = ({ row, column }: PolicyProblem): string | null => {
    const n = table.rows.findIndex((one) => one['_id'] === row) + 1;
    const named = table.columns.find(({ name }) => name === column);
    if (n === 0) return null;
    return named ? t('policyEdit.cell', { n, column: titleOf(named) }) : t('policyEdit.row', { n });
  };
  return (
    <>
      <div className="row policy-tools" role="toolbar" aria-label={t('policyEdit.tools')}>
        <Button onClick={grid.addRow}>{t('policyEdit.addRow')}</Button>
        <Button disabled={table.rows.length === 0} onClick={grid.copyRow}>
          {t('policyEdit.copyRow')}
        </Button>
        <Button disabled={grid.at.row === 0} onClick={() => grid.moveRow(-1)}>
          {t('policyEdit.rowUp')}
        </Button>
        <Button disabled={grid.at.row >= table.rows.length - 1} onClick={() => grid.moveRow(1)}>
          {t('policyEdit.rowDown')}
        </Button>
        <Button disabled={table.rows.length === 0} onClick={grid.removeRow}>
          {t('policyEdit.removeRow')}
        </Button>
        <Button disabled={!editing.canUndo} onClick={editing.undo}>
          {t('policyEdit.undo')}
        </Button>
        <Button disabled={!editing.canRedo} onClick={editing.redo}>
          {t('policyEdit.redo')}
        </Button>
      </div>
      <CellBar table={table} grid={grid} diff={diff} problems={problems} />
      <EditorGrid table={table} editing={editing} grid={grid} diff={diff} />
      <Removed table={table} diff={diff} />
      <ProblemList problems={problems} onPick={pick} whereOf={whereOf} />
    </>
  );
}

interface EditorGridProps extends TableEditorProps {
  grid: Grid;
  diff: TableDiff;
}

function EditorGrid({ table, editing, grid, diff }: EditorGridProps): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  const titleOf = useColumnTitle();
  const stages = new Map(stagesOf(editing.content).map(({ key, title }) => [key, text(title)]));
  const problems = new Map(
    [...(editing.findings?.problems ?? [])]
      .reverse()
      .map((problem) => [`${problem.row}/${problem.column}`, problem]),
  );
  return (
    <div className="policy-scroll">
      <table
        ref={grid.table}
        role="grid"
        className="policy-table policy-editor"
        aria-label={t('policy.tab.table')}
        onPaste={grid.onPaste}
        onCopy={grid.onCopy}
      >
        <thead>
          <tr>
            <th scope="col">{t('policyTable.rowNumber')}</th>
            {table.columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={column.input ? undefined : `policy-out policy-out-${column.name}`}
              >
                {titleOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={row['_id'] ?? index} className={diff.isNew(row) ? 'policy-new' : undefined}>
              <th scope="row">
                {index + 1}
                {diff.isNew(row) ? <span className="visually-hidden"> {t('policyEdit.newRow')}</span> : null}
              </th>
              {table.columns.map((column, at) => (
                <GridCell
                  key={column.id}
                  at={`${index}:${at}`}
                  column={column}
                  title={t('policyEdit.cell', { n: index + 1, column: titleOf(column) })}
                  cell={row[column.id] ?? ''}
                  was={diff.was(row, column.id)}
                  problem={problems.get(`${row['_id']}/${column.name}`)}
                  stages={stages}
                  active={grid.at.row === index && grid.at.column === at}
                  typed={grid.typed}
                  onSelect={() => grid.select({ row: index, column: at })}
                  onOpen={grid.open}
                  onType={grid.type}
                  onKey={grid.onKey}
                  onLeave={grid.leave}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellBarProps {
  table: TableModel;
  grid: Grid;
  diff: TableDiff;
  problems: readonly PolicyProblem[];
}

/** What the chosen cell is, how it is written, and what it was before. */
function CellBar({ table, grid, diff, problems }: CellBarProps): ReactElement | null {
  const { t } = useTranslation();
  const titleOf = useColumnTitle();
  const problemText = useProblemText();
  const column = table.columns[grid.at.column];
  const row = table.rows[grid.at.row];
  if (!column || !row) return null;
  const was = diff.was(row, column.id);
  const here = problems.filter((problem) => problem.row === row['_id'] && problem.column === column.name);
  return (
    <p className="small quiet policy-cell-bar">
      <span className="strong">{t('policyEdit.cell', { n: grid.at.row + 1, column: titleOf(column) })}</span>
      <span>{t(`policyEdit.form.${column.input?.type ?? 'output'}`)}</span>
      {was === null ? null : (
        <span>{t('policyEdit.was', { text: textOf(column, was) || t('policyTable.any') })}</span>
      )}
      {here.map((problem) => (
        <span key={problem.code} className={problem.severity === 'ERROR' ? 'field-error' : 'strong'}>
          {problemText(problem)}
        </span>
      ))}
    </p>
  );
}

function Removed({ table, diff }: { table: TableModel; diff: TableDiff }): ReactElement | null {
  const { t } = useTranslation();
  const rule = table.columns.find(({ input, name }) => !input && name === 'rule');
  if (diff.removed.length === 0) return null;
  return (
    <p className="small">
      {t('policyEdit.removed', { n: diff.removed.length })}{' '}
      {diff.removed
        .map((row) => (rule ? textOf(rule, row[rule.id] ?? '') : row['_id']))
        .join(t('app.separator'))}
    </p>
  );
}
