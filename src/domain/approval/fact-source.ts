import type { Reassessment } from './reassessment.js';
import { minutesAfter } from './clock.js';
import type { ApprovalState } from './model.js';
import type { PolicyInput } from './policy.js';
import type { StageSpec } from './stage-spec.js';

/**
 * What a policy can be told besides what the subject says, read from the books at an instant (AE-MGR-3), and the inputs it
 * gives. OPEN_CONTRACTS: what the customer's other contracts are worth that are approved, sealed or in effect, base currency.
 */
export const FACT_SOURCES = {
  OPEN_CONTRACTS: { inputs: [{ name: 'openContracts', type: 'decimal' }] },
} as const satisfies Readonly<Record<string, { inputs: readonly Pick<PolicyInput, 'name' | 'type'>[] }>>;

export type FactSourceKey = keyof typeof FACT_SOURCES;

/** A source that a policy reads, and for how long a yes may rest on what was read. */
export interface SourceRule {
  source: FactSourceKey;
  snapshotMaxAgeMinutes: number;
}

/** What was read, as it is stored: `id` names it, `asOf` is the instant it was so. */
export interface FactSnapshot {
  id: string;
  source: FactSourceKey;
  asOf: string;
  maxAgeMinutes: number;
  facts: Readonly<Record<string, string | boolean | readonly string[]>>;
}

/** The first snapshot that is older at an instant than a yes in the stage may rest on; null: none. */
export function staleSnapshot(
  { snapshots = [] }: Pick<ApprovalState, 'snapshots'>,
  { snapshotMaxAgeMinutes }: Pick<StageSpec, 'snapshotMaxAgeMinutes'>,
  now: string,
): FactSnapshot | null {
  const least = ({ maxAgeMinutes }: FactSnapshot) =>
    Math.min(maxAgeMinutes, snapshotMaxAgeMinutes ?? maxAgeMinutes);
  return snapshots.find((one) => Date.parse(now) > Date.parse(minutesAfter(one.asOf, least(one)))) ?? null;
}

/** What all snapshots say together. */
export function factsOfSnapshots(snapshots: readonly FactSnapshot[]): FactSnapshot['facts'] {
  return Object.assign({}, ...snapshots.map(({ facts }) => facts)) as FactSnapshot['facts'];
}

/** The inputs a policy wants of the subject itself, not of a source. */
export function inputsOfSubject<T extends Pick<PolicyInput, 'name'>>(
  inputs: readonly T[],
  sources: readonly Pick<SourceRule, 'source'>[] | null | undefined,
): T[] {
  const given = new Set<string>(
    (sources ?? []).flatMap(({ source }) => FACT_SOURCES[source].inputs.map(({ name }) => name)),
  );
  return inputs.filter(({ name }) => !given.has(name));
}

/** A refresh as a round's content keeps it. */
export function refreshOf(snapshots: readonly FactSnapshot[]): Reassessment {
  return {
    kind: 'SNAPSHOT',
    id: snapshots[0]?.id ?? '',
    text: snapshots.map(({ source }) => source).join(', '),
  };
}
