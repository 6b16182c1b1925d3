import type { LadderSpec, QuorumRule, StageSpec } from '../../domain/approval/stage-spec.js';
import type { PolicyInput } from '../../domain/approval/policy.js';
import type { Json } from '../../domain/json.js';

/** A row as a person would write it; empty conditions match everything. */
export interface SeedRow {
  id: string;
  /** input name → cell; decimals are compared as numbers */
  when: Readonly<Record<string, string>>;
  stages: readonly string[];
  rule: string;
  text: string;
  group?: string;
  level?: number;
  quorum?: Readonly<Record<string, QuorumRule>>;
}

/** Plain JDM of one collecting decision table. */
export function decisionTable(inputs: readonly PolicyInput[], rows: readonly SeedRow[]): Json {
  const outputs = ['stages', 'rule', 'text', 'group', 'level', 'quorum'];
  const rules = rows.map((row) => ({
    _id: row.id,
    ...Object.fromEntries(inputs.map(({ name }) => [name, row.when[name] ?? ''])),
    ...Object.fromEntries(outputs.map((name) => [`out-${name}`, literal(row[name as keyof SeedRow])])),
  }));
  return {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'facts', type: 'inputNode', name: 'facts', position: { x: 0, y: 0 }, content: {} },
      {
        id: 'table',
        type: 'decisionTableNode',
        name: 'who must approve',
        position: { x: 300, y: 0 },
        content: {
          hitPolicy: 'collect',
          inputs: inputs.map(({ name, label, type }) => ({
            id: name,
            name: label,
            field: type === 'decimal' ? `number(${name})` : name,
          })),
          outputs: outputs.map((field) => ({ id: `out-${field}`, name: field, field })),
          rules,
        },
      },
      { id: 'rows', type: 'outputNode', name: 'rows', position: { x: 600, y: 0 }, content: {} },
    ],
    edges: [
      { id: 'facts-table', sourceId: 'facts', targetId: 'table', type: 'edge' },
      { id: 'table-rows', sourceId: 'table', targetId: 'rows', type: 'edge' },
    ],
  };
}

function literal(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}

/** One seat of a function's pool may answer; a "no" or a "yes" of whoever comes first stands. */
export const ANY_ONE: QuorumRule = { kind: 'ANY', first: 'ANY_ANSWER' };

/** A stage with the house defaults: nobody approves himself, an empty stage blocks, refusals need words. */
export function stage(
  spec: Pick<StageSpec, 'key' | 'title' | 'block' | 'branch' | 'resolver'> & Partial<StageSpec>,
): StageSpec {
  return {
    rank: 0,
    quorum: ANY_ONE,
    mode: 'PARALLEL',
    resolveAt: 'ACTIVATION',
    empty: { kind: 'BLOCK' },
    self: 'UP_CHAIN',
    onReject: { kind: 'END' },
    onBranchReject: 'FAIL_FAST',
    abstain: 'EXCLUDED',
    minApprovals: 1,
    risk: 'NORMAL',
    ladder: 'STANDARD',
    commentOn: ['REJECT', 'RETURN'],
    resume: 'CHOOSE',
    ...spec,
  };
}

function ladder(key: string, workMinutes: number): LadderSpec {
  return {
    key,
    workMinutes,
    rungs: [
      { id: 'remind-50', kind: 'REMIND', atPercent: 50 },
      { id: 'remind-80', kind: 'REMIND', atPercent: 80 },
      { id: 'escalate-100', kind: 'ESCALATE_ADD', atPercent: 100 },
      { id: 'incident-200', kind: 'INCIDENT', atPercent: 200 },
    ],
  };
}

/** One work day of 7.5 hours; the law department has two. */
export const LADDERS: readonly LadderSpec[] = [ladder('STANDARD', 450), ladder('LEGAL', 900)];
