import type { EntityManager } from 'typeorm';
import type { ApprovalState } from '../../domain/approval/model.js';
import { mayDrift, orgDrift, type OrgDrift } from '../../domain/approval/org-drift.js';
import { directoryFor } from './context.js';

/** AE-MGR-2: seats of a request that the organisation at an instant would give to somebody else. */
export async function orgDriftOf(tx: EntityManager, state: ApprovalState, at: string): Promise<OrgDrift[]> {
  return mayDrift(state) ? orgDrift(state, await directoryFor(tx, state, { at })) : [];
}
