import type { PolicyView } from '../api/types.js';

/** A fact the table may see, as the policy declares it. */
export interface PolicyInput {
  name: string;
  label: string;
  type: 'decimal' | 'boolean' | 'string' | 'strings';
  values?: readonly string[];
}

export interface TableColumn {
  id: string;
  /** the fact's or the output's name */
  name: string;
  /** null for an output */
  input: PolicyInput | null;
}

/** A row of plain JDM: `_id` and one text per column. */
export type TableRow = Readonly<Record<string, string>>;

export interface TableModel {
  columns: readonly TableColumn[];
  rows: readonly TableRow[];
}

type Rec = Readonly<Record<string, unknown>>;
type Column = Readonly<{ id: string; field: string }>;

export function isRecord(value: unknown): value is Rec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordsOf(value: unknown): readonly Rec[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isColumn(value: Rec): value is Rec & Column {
  return typeof value.id === 'string' && typeof value.field === 'string';
}

function isRow(value: Rec): value is Rec & TableRow {
  return Object.values(value).every((cell) => typeof cell === 'string');
}

function tableNode(content: unknown): Rec | null {
  const jdm = isRecord(content) && isRecord(content.jdm) ? content.jdm : null;
  const node = recordsOf(jdm?.nodes).find(({ type }) => type === 'decisionTableNode');
  return node && isRecord(node.content) ? node.content : null;
}

const TYPES: readonly string[] = ['decimal', 'boolean', 'string', 'strings'];

function isInput(value: Rec): value is Rec & PolicyInput {
  return (
    typeof value.name === 'string' && typeof value.label === 'string' && TYPES.includes(String(value.type))
  );
}

export function inputsOf(content: unknown): readonly PolicyInput[] {
  return isRecord(content) ? recordsOf(content.inputs).filter(isInput) : [];
}

/** The one decision table of an approval policy; null for policies of another form. */
export function readTable(content: unknown): TableModel | null {
  const node = tableNode(content);
  if (!node) return null;
  const inputs = new Map(inputsOf(content).map((input) => [input.name, input]));
  const named = recordsOf(node.inputs)
    .filter(isColumn)
    .map(({ id, field }): TableColumn => {
      const name = /^number\((\w+)\)$/.exec(field)?.[1] ?? field;
      return { id, name, input: inputs.get(name) ?? { name, label: name, type: 'string' } };
    });
  const outputs = recordsOf(node.outputs)
    .filter(isColumn)
    .map(({ id, field }): TableColumn => ({ id, name: field, input: null }));
  return { columns: [...named, ...outputs], rows: recordsOf(node.rules).filter(isRow) };
}

/** The content with other rows in its table; everything else stays as it is. */
export function withRows(content: PolicyView['content'], rows: readonly TableRow[]): PolicyView['content'] {
  const jdm = isRecord(content.jdm) ? content.jdm : {};
  const nodes = recordsOf(jdm.nodes).map((node) =>
    node.type === 'decisionTableNode' && isRecord(node.content)
      ? { ...node, content: { ...node.content, rules: rows } }
      : node,
  );
  return { ...content, jdm: { ...jdm, nodes } };
}

/** An output cell's value; undefined for an empty or broken one. */
export function outputOf(cell: string | undefined): unknown {
  if (cell === undefined || cell.trim() === '') return undefined;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return undefined;
  }
}

export interface StageName {
  key: string;
  title: string;
}

export function stagesOf(content: unknown): readonly StageName[] {
  if (!isRecord(content)) return [];
  return recordsOf(content.stages).map(({ key, title }) => ({ key: String(key), title: String(title) }));
}
