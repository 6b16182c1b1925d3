import type { DirectoryPerson } from '../org/directory.js';
import { managersKnown } from './authority.js';
import { roleHolders, type Who } from './candidates.js';
import type { Seat, Stage } from './model.js';
import { staffStage } from './resolve.js';
import type { Resolver, StageSpec } from './stage-spec.js';
import { separatedFrom } from './separation.js';
import { presentFor } from './stand-in.js';
import type { Transition } from './transition.js';

/** Who may take a seat its holder gives up, the first choice first; whether they can is for the caller to ask. */
export interface Replacement {
  person: DirectoryPerson;
  /** whom the policy names now; undefined: as before */
  ownerId?: string;
}

/**
 * AE-LEAVE-1. A seat somebody held for another goes back to whom the policy named. Otherwise the strategy is run again,
 * or for a seat meant in person: the named successor, the reporting line of the holder, the admins.
 */
export function replacements({ state, context }: Transition, stage: Stage, seat: Seat): Replacement[] {
  const { directory } = context;
  const { people } = directory;
  const who: Who = {
    ...state,
    chosen: stage.fixedPersonIds ? { [stage.spec.key]: stage.fixedPersonIds } : {},
    separated: separatedFrom(state, stage, directory),
  };
  const standing = (person: DirectoryPerson | undefined): Replacement[] => {
    const present = person?.active ? presentFor(person, who, directory) : null;
    return present ? [{ person: present }] : [];
  };
  const back = seat.ownerId === seat.holderId ? [] : standing(people[seat.ownerId]);
  if (isFoundByStrategy(stage, seat)) {
    const spec = { ...stage.spec, resolver: resolverOf(stage.spec, seat.group) };
    const anew = staffStage(spec, who, directory).seats.flatMap(({ ownerId, holderId }) => {
      const person = people[holderId];
      return person ? [{ person, ownerId }] : [];
    });
    return [...back, ...anew];
  }
  const { successorId } = people[seat.holderId] ?? {};
  return [
    ...back,
    ...standing(successorId ? people[successorId] : undefined),
    ...managersKnown(seat.holderId, directory).flatMap(standing),
    ...roleHolders('ADMIN', 'EVERY', who, directory).found.flatMap(({ person }) => standing(person)),
  ];
}

/** The resolver of the seat's own group. */
export function resolverOf({ resolver }: StageSpec, group: string | null): Resolver {
  return resolver.kind === 'GROUPS' ? (resolver.groups[group ?? ''] ?? resolver) : resolver;
}

const IN_PERSON: ReadonlySet<Resolver['kind']> = new Set(['PERSON', 'FORM_FIELD', 'INITIATOR_CHOICE']);

/** Not by name, not by the initiator's choice, not added or staffed by hand, not fixed at submission. */
function isFoundByStrategy({ spec, fixedPersonIds, named }: Stage, { origin, group }: Seat): boolean {
  const resolver = resolverOf(spec, group);
  const isFixed = spec.resolveAt === 'SUBMIT' && fixedPersonIds !== null;
  const isMeant =
    IN_PERSON.has(resolver.kind) || (resolver.kind === 'EXPRESSION' && resolver.yields === 'PERSONS');
  return origin === 'POLICY' && !named && !isFixed && !isMeant;
}
