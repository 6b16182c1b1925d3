import type { StoredRequest } from '../../db/approval-state.js';
import { staleSnapshot } from '../../domain/approval/fact-source.js';
import { minutesAfter } from '../../domain/approval/clock.js';
import type { PolicyInput } from '../../domain/approval/policy.js';
import { permittedOf } from './copies.js';
import { factViews, type FactView } from './facts.js';
import type { NameOf } from './person-ref.js';

/** What the books said when they were read for a request (AE-MGR-3). */
export interface SnapshotView {
  id: string;
  source: string;
  asOf: string;
  /** until when a yes may rest on it */
  until: string;
  /** it is too old for a yes now: it is read again before one is taken */
  stale: boolean;
  facts: FactView[];
}

/**
 * The snapshots a request stands on, under the names of its policy; too old as its running stages say, in a request that
 * has not ended.
 * @param fields what somebody sees who only got a copy; null: everything
 */
export function snapshotViews(
  { state, readAt }: StoredRequest,
  inputs: readonly PolicyInput[],
  nameOf: NameOf,
  fields: readonly string[] | null,
): SnapshotView[] {
  const ages = state.stages
    .filter((stage) => stage.state === 'ACTIVE' || stage.state === 'BLOCKED')
    .flatMap(({ spec }) => spec.snapshotMaxAgeMinutes ?? []);
  return (state.snapshots ?? []).map((snapshot) => {
    const { id, source, asOf, maxAgeMinutes, facts } = snapshot;
    const least = Math.min(maxAgeMinutes, ...ages);
    const stale = staleSnapshot({ snapshots: [snapshot] }, { snapshotMaxAgeMinutes: least }, readAt) !== null;
    return {
      id,
      source,
      asOf,
      until: minutesAfter(asOf, least),
      stale: state.state === 'PENDING' && stale,
      facts: factViews(permittedOf({ ...facts }, fields), inputs, nameOf),
    };
  });
}
