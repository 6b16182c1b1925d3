import { isSameContent } from './same-content.js';
import { isRecord, readTable, type TableModel, type TableRow } from './table-model.js';

/** What a table says differently from the one it was made from. */
export interface TableDiff {
  /** the cell's text before; null: it is as it was, or its row is new */
  was(row: TableRow, columnId: string): string | null;
  isNew(row: TableRow): boolean;
  removed: readonly TableRow[];
}

export function tableDiff(base: TableModel | null, table: TableModel): TableDiff {
  const before = new Map((base?.rows ?? []).map((row) => [row['_id'], row]));
  const now = new Set(table.rows.map((row) => row['_id']));
  return {
    was: (row, columnId) => {
      const old = before.get(row['_id']);
      if (!old) return null;
      const text = old[columnId] ?? '';
      return text === (row[columnId] ?? '') ? null : text;
    },
    isNew: (row) => base !== null && !before.has(row['_id']),
    removed: (base?.rows ?? []).filter((row) => !now.has(row['_id'])),
  };
}

/** One thing a policy says differently; null: it was not there, or is there no more. */
export interface Difference {
  /** where it is, from the outside in: `stages`, `TEAM_LEAD`, `quorum` */
  path: readonly string[];
  before: unknown;
  after: unknown;
}

function keyOf(value: unknown): string | null {
  if (!isRecord(value)) return null;
  const key = value['_id'] ?? value['key'] ?? value['name'] ?? value['id'];
  return typeof key === 'string' ? key : null;
}

/** Lists of named things are compared by name, so that an insertion is one difference. */
export function named(value: unknown): ReadonlyMap<string, unknown> | null {
  if (isRecord(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value) || value.length === 0) return null;
  const keys = value.map(keyOf);
  return keys.some((key) => key === null) || new Set(keys).size < keys.length
    ? null
    : new Map(value.map((item, index) => [keys[index] ?? '', item as unknown]));
}

const DEEPEST = 3;

/** Everything outside the table that differs, down to the fields of stages and ladders. */
export function differences(before: unknown, after: unknown, path: readonly string[] = []): Difference[] {
  if (isSameContent(before, after)) return [];
  const [old, now] = [named(before), named(after)];
  if (!old || !now || path.length >= DEEPEST) return [{ path, before: before ?? null, after: after ?? null }];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    path.length === 0 && key === 'jdm' ? [] : differences(old.get(key), now.get(key), [...path, key]),
  );
}

/** The table of the version a draft was made from, and of the draft. */
export function tablesOf(base: unknown, content: unknown): { diff: TableDiff; table: TableModel } | null {
  const table = readTable(content);
  return table && { table, diff: tableDiff(readTable(base), table) };
}
