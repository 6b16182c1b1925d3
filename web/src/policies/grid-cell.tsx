import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyProblem } from '../api/types.js';
import { CellText } from './cell-text.js';
import { textOf } from './grid-text.js';
import { useProblemText } from './problem-list.js';
import type { TableColumn } from './table-model.js';

interface GridCellProps {
  at: string;
  column: TableColumn;
  title: string;
  cell: string;
  was: string | null;
  problem: PolicyProblem | undefined;
  stages: ReadonlyMap<string, string>;
  active: boolean;
  /** what is being typed here; null: nobody types */
  typed: string | null;
  onSelect: () => void;
  onOpen: () => void;
  onType: (text: string) => void;
  onKey: (event: KeyboardEvent) => void;
  onLeave: () => void;
}

/** One cell of the editor: read, chosen, or typed in. */
export function GridCell(props: GridCellProps): ReactElement {
  const { at, column, title, cell, was, problem, stages, active, typed } = props;
  const { t } = useTranslation();
  const problemText = useProblemText();
  const input = useRef<HTMLInputElement>(null);
  const typing = active && typed !== null;
  // a click chooses; a click on what was chosen before it types
  const chosenBefore = useRef(false);
  useEffect(() => {
    if (typing) input.current?.focus();
  }, [typing]);
  const marks = [
    column.input ? '' : 'policy-out',
    was === null ? '' : 'policy-changed',
    problem ? `policy-${problem.severity.toLowerCase()}` : '',
    active ? 'policy-active' : '',
  ];
  const note = [
    ...(problem ? [problemText(problem)] : []),
    ...(was === null ? [] : [t('policyEdit.was', { text: textOf(column, was) || t('policyTable.any') })]),
  ].join('\n');
  return (
    <td
      role="gridcell"
      data-cell={at}
      tabIndex={active && !typing ? 0 : -1}
      aria-selected={active}
      aria-invalid={problem?.severity === 'ERROR'}
      className={marks.filter((mark) => mark !== '').join(' ')}
      title={note === '' ? undefined : note}
      onMouseDown={({ currentTarget }) => {
        chosenBefore.current = document.activeElement === currentTarget;
      }}
      onClick={() => (chosenBefore.current ? props.onOpen() : props.onSelect())}
      onKeyDown={typing ? undefined : props.onKey}
    >
      {typing ? (
        <input
          ref={input}
          className="policy-cell-input"
          aria-label={title}
          value={typed}
          onChange={(event) => props.onType(event.target.value)}
          onKeyDown={props.onKey}
          onBlur={props.onLeave}
          onClick={(event) => event.stopPropagation()}
        />
      ) : (
        <>
          <CellText column={column} cell={cell} stages={stages} />
          {note === '' ? null : <span className="visually-hidden"> {note}</span>}
        </>
      )}
    </td>
  );
}
