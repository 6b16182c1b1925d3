import { DomainError } from '../domain/errors.js';
import type { Json, JsonObject } from '../domain/json.js';

const ROW = 'row';

/**
 * The same table with nothing but the row's number as its answer: the engine says which rows match without the trace that
 * costs five times as much. What a row answers is read from the document itself, since output cells are JSON values.
 * @param jdm a document that `readTable` has accepted
 */
export function numbered(jdm: Json): Json {
  const { nodes, ...rest } = jdm as JsonObject & { nodes: JsonObject[] };
  return {
    ...rest,
    nodes: nodes.map((node) =>
      node.type === 'decisionTableNode' ? { ...node, content: numberedRows(node.content as RawTable) } : node,
    ),
  };
}

type RawTable = JsonObject & {
  inputs: { id: string }[];
  outputs: { id: string }[];
  rules: Record<string, string>[];
};

function numberedRows({ inputs, outputs, rules, ...rest }: RawTable): JsonObject {
  const replaced = new Set(outputs.map(({ id }) => id));
  const column = inputs.reduce((id, input) => (input.id.startsWith(id) ? `${input.id}-` : id), ROW);
  return {
    ...rest,
    inputs,
    outputs: [{ id: column, name: ROW, field: ROW }],
    rules: rules.map((rule, index) => ({
      ...Object.fromEntries(Object.entries(rule).filter(([id]) => !replaced.has(id))),
      [column]: String(index),
    })),
  };
}

/** Positions of the rows that matched, in table order. @throws DomainError POLICY_ERROR the answer is not the table's */
export function rowNumbers(result: unknown): number[] {
  if (!Array.isArray(result)) throw new DomainError('POLICY_ERROR', { reason: 'the engine named no rows' });
  return result.map((hit: unknown) => {
    const number = typeof hit === 'object' && hit !== null ? (hit as Record<string, unknown>)[ROW] : null;
    return typeof number === 'number' ? number : -1;
  });
}
