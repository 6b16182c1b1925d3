import { evaluateExpressionSync, evaluateUnaryExpressionSync } from '@gorules/zen-engine';
import type { ApprovalPolicyContent, PolicyInput } from '../domain/approval/policy.js';
import { checkFacts, factText, type Facts } from './facts.js';
import { readTable, type Column } from './table.js';

/** The first condition of a row that did not hold, and what it was tested on. */
export interface UnmetCondition {
  input: Pick<PolicyInput, 'name' | 'label'>;
  /** the cell as the policy writes it */
  cell: string;
  /** the fact in words */
  value: string;
}

/** One row of a table and why it did not count; null: every condition held. */
export interface RowVerdict {
  rowId: string;
  rule: string;
  stageKeys: readonly string[];
  unmet: UnmetCondition | null;
}

/**
 * Row by row, in table order, the first condition that the facts did not meet. Cells run one by one, by the engine itself:
 * only for tables that were linted.
 * @throws DomainError POLICY_ERROR a fact is missing or mistyped
 */
export function explainRows(
  content: Pick<ApprovalPolicyContent, 'jdm' | 'inputs' | 'stages'>,
  facts: Facts,
): RowVerdict[] {
  const checked = checkFacts(content.inputs, facts);
  return readTable(content).rows.map(({ answer, cells }) => {
    const failed = cells.find(({ column, expression }) => !holds(column, expression, checked));
    const { rowId, rule, stageKeys } = answer;
    return { rowId, rule, stageKeys, unmet: failed ? conditionOf(failed, checked) : null };
  });
}

function conditionOf(
  { column, expression }: { column: Column; expression: string },
  facts: Facts,
): UnmetCondition {
  const { name, label } = column.input;
  return { input: { name, label }, cell: expression, value: factText(facts[name]!) };
}

/** A cell that names `$` is an expression of its own, any other a test of its column. */
function holds({ field }: Column, cell: string, facts: Facts): boolean {
  try {
    const scope = { ...facts, $: evaluateExpressionSync(field, facts) as unknown };
    return cell.includes('$')
      ? evaluateExpressionSync(cell, scope) === true
      : evaluateUnaryExpressionSync(cell, scope);
  } catch {
    return false; // the table does not match such a cell either
  }
}
