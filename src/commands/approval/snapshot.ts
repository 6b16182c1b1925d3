import type { Exposure } from '../../domain/approval/authority.js';
import type { Json } from '../../domain/json.js';
import type { DirectoryPerson, DirectorySnapshot } from '../../domain/org/directory.js';
import { hexDigest } from '../hash.js';
import { asJson } from './plan-hash.js';

/** For whom a round's approvers were sought, as it is stored with the round. */
export interface RoundWho {
  initiatorId: string;
  selfIds: readonly string[];
  beneficiaryIds?: readonly string[];
  unitId: string;
  exposure: Exposure | null;
  policy: { kind: string };
  /** whom the initiator chose (AE-PLAN-5) */
  approverIds: readonly string[];
}

type Stored = Pick<DirectorySnapshot, 'units' | 'heads'> & { people: Record<string, DirectoryPerson> };

/**
 * The organisation a plan saw, to be stored with its round (AE-POL-3): everything a route depends on, nobody's name. Equal
 * snapshots have equal hashes whatever instant and revision they were taken at.
 */
export function snapshotOf({ people, units, heads }: DirectorySnapshot): { hash: string; content: Json } {
  const nameless = Object.entries(people).map(([id, person]) => [id, { ...person, name: '', title: null }]);
  const content = asJson({
    people: Object.fromEntries(nameless) as Stored['people'],
    units,
    ...(heads ? { heads } : {}),
  });
  return { hash: hexDigest(content), content };
}

/** The organisation of then, from what was stored. @param at ISO instant of the round */
export function directoryOf(content: unknown, { revision, at }: { revision: string; at: string }) {
  return { revision, at, ...(content as Stored) } satisfies DirectorySnapshot;
}
