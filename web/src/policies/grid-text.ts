import { outputOf, type TableColumn, type TableModel, type TableRow } from './table-model.js';

const LIST = /[,，、]/;

/** A cell as people write it: outputs without the quotes and brackets of JSON. */
export function textOf({ input, name }: TableColumn, cell: string): string {
  if (input) return cell;
  const value = outputOf(cell);
  if (value === undefined) return cell;
  if (name === 'stages' && Array.isArray(value)) return value.length === 0 ? '[]' : value.join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : cell;
}

/** The cell for what somebody wrote. What is neither form stays as it is, for the linter to name. */
export function cellOf({ input, name }: TableColumn, text: string): string {
  const bare = text.trim();
  if (input || bare === '') return bare;
  if (name === 'stages') return bare.startsWith('[') ? bare : JSON.stringify(itemsOf(bare));
  if (name === 'level' || name === 'quorum') return bare;
  return JSON.stringify(bare);
}

function itemsOf(text: string): string[] {
  return text
    .split(LIST)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export interface CellAt {
  row: number;
  column: number;
}

/** Where an arrow leads, inside the table. */
export function moved({ row, column }: CellAt, key: string, { rows, columns }: TableModel): CellAt {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    Home: [0, -columns.length],
    End: [0, columns.length],
  };
  const [down, right] = steps[key] ?? [0, 0];
  const inside = (value: number, size: number) => Math.min(Math.max(value, 0), size - 1);
  return { row: inside(row + down, rows.length), column: inside(column + right, columns.length) };
}

export function withCell(table: TableModel, at: CellAt, text: string): TableRow[] {
  return withBlock(table, at, [[text]]);
}

/** A block as a spreadsheet copies it, from one cell on; lines below the last row become rows, columns beside it are left out. */
export function withBlock(
  { rows, columns }: TableModel,
  at: CellAt,
  block: readonly (readonly string[])[],
): TableRow[] {
  let grown = [...rows];
  while (grown.length < at.row + block.length) grown = withNewRow({ rows: grown, columns }, grown.length - 1);
  return grown.map((row, index) => {
    const line = block[index - at.row];
    if (!line) return row;
    const cells = line.flatMap((text, offset) => {
      const column = columns[at.column + offset];
      return column ? [[column.id, cellOf(column, text)] as const] : [];
    });
    return { ...row, ...Object.fromEntries(cells) };
  });
}

/** Tab-separated lines; a cell with line breaks or quotes comes quoted. */
export function blockOf(clipboard: string): string[][] {
  const lines: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const text = clipboard.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (quoted && char === '"' && text.charAt(index + 1) === '"') {
      cell += '"';
      index += 1;
    } else if (char === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && (char === '\t' || char === '\n')) {
      lines.at(-1)?.push(cell);
      cell = '';
      if (char === '\n') lines.push([]);
    } else cell += char;
  }
  lines.at(-1)?.push(cell);
  return lines;
}

/** An empty row after one, with an id of its own. */
export function withNewRow({ rows, columns }: TableModel, after: number): TableRow[] {
  const fresh = Object.fromEntries(columns.map(({ id }) => [id, '']));
  return withRowAfter(rows, after, fresh);
}

/** A copy of a row right after it. */
export function withRowCopied({ rows }: TableModel, index: number): TableRow[] {
  const row = rows[index];
  return row ? withRowAfter(rows, index, row) : [...rows];
}

function withRowAfter(rows: readonly TableRow[], after: number, row: TableRow): TableRow[] {
  const taken = new Set(rows.map((one) => one['_id']));
  let number = rows.length + 1;
  while (taken.has(`row-${number}`)) number += 1;
  return [...rows.slice(0, after + 1), { ...row, _id: `row-${number}` }, ...rows.slice(after + 1)];
}

export function withoutRow({ rows }: TableModel, index: number): TableRow[] {
  return rows.filter((_, at) => at !== index);
}

/** The row one place up (-1) or down (1); at the end nothing changes. */
export function withRowMoved({ rows }: TableModel, index: number, by: 1 | -1): TableRow[] {
  const one = rows[index];
  const other = rows[index + by];
  if (!one || !other) return [...rows];
  return rows.map((row, at) => (at === index ? other : at === index + by ? one : row));
}
