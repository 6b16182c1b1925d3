import { FACT_SOURCES } from '../domain/approval/fact-source.js';
import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import type { TableProblem } from './problem.js';

const MOST_MINUTES = 525_600;

/** Whether a value has the form of a policy's `sources`. */
export function areSources(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((one: { source?: unknown; snapshotMaxAgeMinutes?: unknown } | null) => {
      const { source, snapshotMaxAgeMinutes: minutes } = one ?? {};
      const isAge = Number.isInteger(minutes) && Number(minutes) > 0 && Number(minutes) <= MOST_MINUTES;
      return typeof source === 'string' && Object.hasOwn(FACT_SOURCES, source) && isAge;
    })
  );
}

/** AE-MGR-3: what is read from the books is an input of the table, once; a stage limits only the age of what is read. */
export function sourceProblems({ sources = [], inputs, stages }: ApprovalPolicyContent): TableProblem[] {
  const twice = sources.filter(
    ({ source }, index) => sources.findIndex((one) => one.source === source) !== index,
  );
  const undeclared = sources.flatMap(({ source }) =>
    FACT_SOURCES[source].inputs
      .filter(({ name, type }) => !inputs.some((input) => input.name === name && input.type === type))
      .map(({ name, type }) => ({
        at: source,
        code: 'SOURCE_INPUT',
        message: `${source} gives ${name}, which is no input of type ${type}`,
      })),
  );
  const idle = stages.filter(
    ({ snapshotMaxAgeMinutes }) => snapshotMaxAgeMinutes !== undefined && sources.length === 0,
  );
  return [
    ...twice.map(({ source }) => ({ at: source, code: 'DUPLICATE', message: 'source used twice' })),
    ...undeclared,
    ...idle.map(({ key }) => ({
      at: key,
      code: 'SNAPSHOT_WITHOUT_SOURCE',
      message: 'snapshotMaxAgeMinutes needs a source of the policy',
    })),
  ];
}
