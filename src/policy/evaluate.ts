import { ZenEngine, type ZenDecision } from '@gorules/zen-engine';
import type { MatchedRow } from '../domain/approval/model.js';
import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import { DomainError } from '../domain/errors.js';
import { checkFacts, factText, type Facts } from './facts.js';
import { numbered, rowNumbers } from './numbered.js';
import { readTable, type DecisionTable, type Row } from './table.js';

type Prepared = { table: DecisionTable; decision: ZenDecision };

const engine = new ZenEngine();
/** Published content is immutable, so one reading of it serves for as long as its object lives. */
const prepared = new WeakMap<object, Prepared>();

/**
 * Runs a case through an approval policy's decision table and says which rows matched, in table order. Of the rows of
 * one group only the highest level counts. A row with no stages is the automatic lane.
 * @param facts decimals as strings, exact at the boundary: `15.0001` is above 15, `14.9999` below
 * @throws DomainError POLICY_ERROR table not allowed, fact missing or mistyped, engine failed · NO_POLICY_ROW
 */
export async function evaluateTable(content: ApprovalPolicyContent, facts: Facts): Promise<MatchedRow[]> {
  return (await weighTable(content, facts)).rows;
}

/** As evaluateTable, with the rows that matched too but lie below a higher level of their group. */
export async function weighTable(
  content: ApprovalPolicyContent,
  facts: Facts,
): Promise<{ rows: MatchedRow[]; outranked: MatchedRow[] }> {
  const { table, decision } = prepare(content);
  const checked = checkFacts(content.inputs, facts);
  const matched = await matchingRows(table, decision, checked);
  if (matched.length === 0) throw new DomainError('NO_POLICY_ROW', { facts: inWords(checked) });
  const counting = new Set(highestOfEachGroup(matched));
  const explained = (which: readonly Row[]) => which.map((row) => explain(row, checked));
  return {
    rows: explained(matched.filter((row) => counting.has(row))),
    outranked: explained(matched.filter((row) => !counting.has(row))),
  };
}

function prepare(content: ApprovalPolicyContent): Prepared {
  const known = prepared.get(content);
  if (known) return known;
  const table = readTable(content);
  const fresh = { table, decision: createDecision(content) };
  prepared.set(content, fresh);
  return fresh;
}

function createDecision(content: ApprovalPolicyContent): ZenDecision {
  try {
    return engine.createDecision(Buffer.from(JSON.stringify(numbered(content.jdm))));
  } catch {
    throw new DomainError('POLICY_ERROR', { reason: 'the engine does not read the table' });
  }
}

async function matchingRows(table: DecisionTable, decision: ZenDecision, facts: Facts): Promise<Row[]> {
  let result: unknown;
  try {
    ({ result } = await decision.evaluate(facts));
  } catch {
    // the engine's own text carries a native stack trace: it goes nowhere
    throw new DomainError('POLICY_ERROR', {
      reason: 'the engine failed on these facts',
      facts: inWords(facts),
    });
  }
  return rowsAt(table, rowNumbers(result));
}

/** @throws DomainError POLICY_ERROR there is no such row */
export function rowsAt(table: DecisionTable, numbers: readonly number[]): Row[] {
  return numbers.map((number) => {
    const row = table.rows[number];
    if (!row) throw new DomainError('POLICY_ERROR', { reason: 'the engine named an unknown row' });
    return row;
  });
}

/** Of the rows of one group only those of the highest level. */
export function highestOfEachGroup(rows: readonly Row[]): Row[] {
  const highest = new Map<string, number>();
  for (const { answer } of rows) {
    if (answer.group !== null)
      highest.set(answer.group, Math.max(answer.level, highest.get(answer.group) ?? answer.level));
  }
  return rows.filter(({ answer }) => answer.group === null || answer.level === highest.get(answer.group));
}

function explain({ answer, cells }: Row, facts: Facts): MatchedRow {
  const words = inWords(facts);
  return {
    rowId: answer.rowId,
    rule: answer.rule,
    text: answer.text.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? ''),
    stageKeys: answer.stageKeys,
    ...(answer.quorum ? { quorum: answer.quorum } : {}),
    inputs: Object.fromEntries(
      cells.map(({ column }) => [column.input.name, words[column.input.name] ?? '']),
    ),
  };
}

function inWords(facts: Facts): Record<string, string> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, factText(value)]));
}

/** The rules that would ask for a stage: the answer to "why was the CFO not asked?" is that none of these holds. */
export function rulesAskingFor(content: ApprovalPolicyContent, stageKey: string): string[] {
  return prepare(content)
    .table.rows.filter(({ answer }) => answer.stageKeys.includes(stageKey))
    .map(({ answer }) => answer.rule);
}
