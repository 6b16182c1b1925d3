import type { QuorumRule } from '../domain/approval/stage-spec.js';

const KINDS = new Set<unknown>(['ALL', 'ANY', 'COUNT', 'RATIO', 'WEIGHT', 'PER_GROUP']);
const REJECTS = new Set<unknown>([undefined, 'VETO', 'IMPOSSIBLE']);
const MOST = 1_000_000;
const GROUPS = 50;

/** Whether something that came from outside is a rule for counting votes. */
export function isQuorum(value: unknown): value is QuorumRule {
  if (!isRecord(value) || !KINDS.has(value.kind) || !REJECTS.has(value.reject)) return false;
  switch (value.kind) {
    case 'ANY':
      return value.first === 'ANY_ANSWER' || value.first === 'UNTIL_ALL_NO';
    case 'COUNT':
      return isCount(value.count);
    case 'WEIGHT':
      return isCount(value.weight);
    case 'RATIO':
      return isCount(value.percent) && Number(value.percent) <= 100 && typeof value.strict === 'boolean';
    case 'PER_GROUP':
      return isRecord(value.groups) && areGroupRules(Object.values(value.groups));
    default:
      return true;
  }
}

/** One level: a group's own rule has no groups. */
function areGroupRules(rules: readonly unknown[]): boolean {
  return (
    rules.length > 0 &&
    rules.length <= GROUPS &&
    rules.every((rule) => isQuorum(rule) && rule.kind !== 'PER_GROUP')
  );
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
