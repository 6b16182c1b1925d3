import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import type { TableColumn } from './table-model.js';

/** A column's heading in the reader's language. */
export function useColumnTitle(): (column: TableColumn) => string {
  const text = useServerText();
  const words = useCodeText();
  return ({ input, name }) => (input ? text(input.label) : words('policyTable.output', name));
}
