import fc from 'fast-check';
import type { Case } from './approval.js';
import { HOLDERS } from './approval-histories.js';
import type { DirectorySnapshot } from '../../src/domain/org/directory.js';

/** What the organisation does meanwhile. */
export type People =
  | { do: 'leave'; who: number; successor: number }
  | { do: 'away'; who: number; delegate: number; share: boolean }
  | { do: 'back'; who: number }
  | { do: 'reassign'; who: number; to: number; merge: boolean };

const someone = fc.nat({ max: HOLDERS.length - 1 });
export const change: fc.Arbitrary<People> = fc.oneof(
  fc.record({ do: fc.constant('leave' as const), who: someone, successor: someone }),
  fc.record({ do: fc.constant('away' as const), who: someone, delegate: someone, share: fc.boolean() }),
  fc.record({ do: fc.constant('back' as const), who: someone }),
  fc.record({ do: fc.constant('reassign' as const), who: someone, to: someone, merge: fc.boolean() }),
);

export function withPerson(
  directory: DirectorySnapshot,
  id: string,
  over: Partial<DirectorySnapshot['people'][string]>,
): DirectorySnapshot {
  return { ...directory, people: { ...directory.people, [id]: { ...directory.people[id]!, ...over } } };
}

/** The organisation changes, and the request is told as the processes tell it. */
export function happen(request: Case, next: People): void {
  const id = HOLDERS[next.who]!;
  const { directory } = request;
  switch (next.do) {
    case 'leave':
      request.directory = withPerson(directory, id, {
        active: false,
        grants: [],
        successorId: HOLDERS[next.successor]!,
      });
      request.run({ type: 'PERSON_LEFT', personId: id }, 'system:staff');
      return;
    case 'away': {
      const { share } = next;
      const away = {
        until: '2027-01-01T00:00:00.000Z',
        delegateId: HOLDERS[next.delegate]!,
        absenceId: `a-${id}`,
        share,
      };
      request.directory = withPerson(directory, id, { away });
      request.run({ type: 'HAND_OVER', personId: id, absenceId: `a-${id}` }, 'system:absence');
      return;
    }
    case 'back':
      request.directory = withPerson(directory, id, { away: null });
      request.run({ type: 'GIVE_BACK', absenceId: `a-${id}` }, 'system:absence');
      return;
    case 'reassign': {
      const seatId = request.lastSeat(id)?.id ?? 'none';
      const to = HOLDERS[next.to]!;
      request.run(
        { type: 'REASSIGN', seatId, fromPersonId: id, toPersonId: to, reason: 'x', merge: next.merge },
        'a1',
      );
    }
  }
}
