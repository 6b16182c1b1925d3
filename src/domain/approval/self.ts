import type { DirectoryPerson, DirectorySnapshot } from '../org/directory.js';
import type { Who } from './candidates.js';

/** Same human as the initiator, the owner or a beneficiary, by identity (AE-SELF-1). */
export function isSelf(
  person: DirectoryPerson,
  who: Pick<Who, 'initiatorId' | 'selfIds'>,
  directory: DirectorySnapshot,
): boolean {
  return [who.initiatorId, ...who.selfIds].some(
    (id) => id === person.id || directory.people[id]?.identity === person.identity,
  );
}
