import fc from 'fast-check';
import type { DirectoryPerson } from '../../src/domain/org/directory.js';
import { grant, type Case } from './approval.js';
import { HOLDERS } from './approval-histories.js';

/** Somebody reports to somebody else, has another limit, or a second role; the request is told as the process tells it. */
export type Organisation =
  | { do: 'manager'; who: string; of: string }
  | { do: 'limit'; who: string; amount: string }
  | { do: 'second-role'; who: string };

const somebody = fc.constantFrom(...HOLDERS, 'rep');
export const organisation: fc.Arbitrary<Organisation> = fc.oneof(
  fc.record({ do: fc.constant('manager' as const), who: somebody, of: somebody }),
  fc.record({
    do: fc.constant('limit' as const),
    who: somebody,
    amount: fc.constantFrom('50000', '100000', '900000'),
  }),
  fc.record({ do: fc.constant('second-role' as const), who: somebody }),
);

export function isOrganisation(next: { do: string }): next is Organisation {
  return ['manager', 'limit', 'second-role'].includes(next.do);
}

export function reorganise(request: Case, next: Organisation): void {
  request.later(1 / 3600);
  const { people } = request.directory;
  const changed = { ...people[next.who]!, ...changeOf(next) };
  request.directory = { ...request.directory, people: { ...people, [next.who]: changed } };
  request.run({ type: 'ORG_CHANGED' }, 'system:staff');
}

function changeOf(next: Organisation): Partial<DirectoryPerson> {
  switch (next.do) {
    case 'manager':
      return { managerId: next.of === next.who ? null : next.of };
    case 'limit':
      return { grants: [grant('SALES_MANAGER', null, next.amount)] };
    case 'second-role':
      return { grants: [grant('FINANCE'), grant('LEGAL')] };
  }
}
