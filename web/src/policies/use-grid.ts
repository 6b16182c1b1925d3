import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react';
import {
  blockOf,
  moved,
  textOf,
  withBlock,
  withCell,
  withNewRow,
  withRowCopied,
  withoutRow,
  withRowMoved,
  type CellAt,
} from './grid-text.js';
import type { TableModel, TableRow } from './table-model.js';
import type { DraftEditing } from './use-draft-editing.js';

export interface Grid {
  table: RefObject<HTMLTableElement | null>;
  at: CellAt;
  /** what is being typed into the chosen cell; null: nothing */
  typed: string | null;
  select: (at: CellAt) => void;
  /** begins typing in the chosen cell */
  open: () => void;
  type: (text: string) => void;
  leave: () => void;
  onKey: (event: KeyboardEvent) => void;
  onPaste: (event: ClipboardEvent) => void;
  onCopy: (event: ClipboardEvent) => void;
  addRow: () => void;
  copyRow: () => void;
  removeRow: () => void;
  moveRow: (by: 1 | -1) => void;
}

/** How the table is used without a mouse: arrows, Enter or F2 to type, Escape to give up, Tab to the next, Delete. */
export function useGrid(
  model: TableModel,
  change: (rows: TableRow[]) => void,
  { undo, redo }: Pick<DraftEditing, 'undo' | 'redo'>,
): Grid {
  const table = useRef<HTMLTableElement>(null);
  const wantsFocus = useRef(false);
  const [chosen, setAt] = useState<CellAt>({ row: 0, column: 0 });
  const [typed, setTyped] = useState<string | null>(null);
  const at = {
    row: Math.max(0, Math.min(chosen.row, model.rows.length - 1)),
    column: Math.max(0, Math.min(chosen.column, model.columns.length - 1)),
  };
  const column = model.columns[at.column];
  const text = column ? textOf(column, model.rows[at.row]?.[column.id] ?? '') : '';
  useEffect(() => {
    if (!wantsFocus.current || typed !== null) return;
    wantsFocus.current = false;
    table.current?.querySelector<HTMLElement>(`[data-cell="${at.row}:${at.column}"]`)?.focus();
  });
  const select = (next: CellAt): void => {
    wantsFocus.current = true;
    setAt(next);
  };
  const commit = (): void => {
    if (typed !== null && typed.trim() !== text) change(withCell(model, at, typed));
    setTyped(null);
  };
  const go = (key: string): void => select(moved(at, key, model));
  const typing = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      setTyped(null);
      select(at);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      commit();
      go('ArrowDown');
    } else if (event.key === 'Tab') {
      commit();
      go(event.shiftKey ? 'ArrowLeft' : 'ArrowRight');
    } else return;
    event.preventDefault();
  };
  const choosing = (event: KeyboardEvent): void => {
    const command = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (command && (letter === 'y' || (letter === 'z' && event.shiftKey))) redo();
    else if (command && letter === 'z') undo();
    else if (command || event.altKey) return;
    else if (event.key === 'Enter' || event.key === 'F2') setTyped(text);
    else if (event.key === 'Delete' || event.key === 'Backspace') change(withCell(model, at, ''));
    else if (/^(Arrow|Home$|End$)/.test(event.key)) go(event.key);
    else if (event.key.length === 1) setTyped(event.key);
    else return;
    event.preventDefault();
  };
  return {
    table,
    at,
    typed,
    select,
    open: () => setTyped(text),
    type: setTyped,
    leave: commit,
    onKey: typed === null ? choosing : typing,
    onPaste: (event) => {
      if (typed !== null) return;
      event.preventDefault();
      change(withBlock(model, at, blockOf(event.clipboardData.getData('text/plain'))));
    },
    onCopy: (event) => {
      if (typed !== null) return;
      event.preventDefault();
      event.clipboardData.setData('text/plain', text);
    },
    addRow: () => {
      change(withNewRow(model, at.row));
      select({ row: model.rows.length === 0 ? 0 : at.row + 1, column: at.column });
    },
    copyRow: () => {
      change(withRowCopied(model, at.row));
      select({ row: at.row + 1, column: at.column });
    },
    removeRow: () => change(withoutRow(model, at.row)),
    moveRow: (by) => {
      change(withRowMoved(model, at.row, by));
      select({ row: Math.max(0, Math.min(at.row + by, model.rows.length - 1)), column: at.column });
    },
  };
}
