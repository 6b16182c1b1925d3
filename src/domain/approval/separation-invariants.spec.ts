import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Case, company, grant, type LadderRung } from '../../../test/builders/approval.js';
import {
  facts as rounds,
  HOLDERS,
  perform,
  separations,
  specs,
  step,
  type Step,
} from '../../../test/builders/approval-histories.js';
import { change, happen, withPerson, type People } from '../../../test/builders/people-histories.js';
import { DomainError } from '../errors.js';
import type { DirectorySnapshot } from '../org/directory.js';
import { evolve } from './engine.js';
import type { RoundFacts } from './events.js';
import type { ApprovalState, SeatDecision } from './model.js';
import { checkSeparation } from './separation-check.js';
import type { StageSpec } from './stage-spec.js';
import { waitsForSomebody } from './submit.js';

/** The organisation learns something about people, or the request is looked at with what it knows. */
type Learnt =
  | { do: 'alias'; who: number; of: number }
  | { do: 'report'; who: number }
  | { do: 'role'; who: number }
  | { do: 'recheck' }
  /** somebody who is asked says yes: most histories would end before enough of them had */
  | { do: 'yes'; which: number };

const BELOW = ['f1', 'f2', 'f3', 'f4', 'l1'];
const learnt: fc.Arbitrary<Learnt> = fc.oneof(
  fc.record({
    do: fc.constant('alias' as const),
    who: fc.nat({ max: HOLDERS.length - 1 }),
    of: fc.nat({ max: HOLDERS.length }),
  }),
  fc.record({ do: fc.constant('report' as const), who: fc.nat({ max: BELOW.length - 1 }) }),
  fc.record({ do: fc.constant('role' as const), who: fc.nat({ max: BELOW.length - 1 }) }),
  fc.constant<Learnt>({ do: 'recheck' }),
);
const yes: fc.Arbitrary<Learnt> = fc.record({ do: fc.constant('yes' as const), which: fc.nat() });
const history = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: yes },
    { weight: 4, arbitrary: step },
    { weight: 1, arbitrary: change },
    { weight: 1, arbitrary: learnt },
  ),
  { minLength: 6, maxLength: 40 },
);

function isLearnt(next: Step | People | Learnt): next is Learnt {
  return ['alias', 'report', 'role', 'recheck', 'yes'].includes(next.do);
}

function isPeople(next: Step | People): next is People {
  return ['leave', 'away', 'back', 'reassign'].includes(next.do);
}

function learn(request: Case, next: Learnt): void {
  const { directory } = request;
  switch (next.do) {
    case 'alias': {
      const of = HOLDERS[next.of] ?? 'rep';
      const { identity } = directory.people[of]!;
      request.directory = withPerson(directory, HOLDERS[next.who]!, { identity });
      return;
    }
    case 'report':
      request.directory = withPerson(directory, BELOW[next.who]!, { managerId: 'rep' });
      return;
    case 'role':
      request.directory = withPerson(directory, BELOW[next.who]!, {
        grants: [grant('FINANCE'), grant('LEGAL')],
      });
      return;
    case 'recheck':
      request.run({ type: 'RECHECK_SEPARATION' }, 'system:separation');
      return;
    case 'yes': {
      const asked = request.holders();
      const by = asked[next.which % Math.max(1, asked.length)];
      if (by) request.vote(by, 'APPROVE');
    }
  }
}

function attempt(request: Case, next: Step | People | Learnt): void {
  const before = request.later(1 / 3600).current;
  try {
    if (isLearnt(next)) learn(request, next);
    else if (isPeople(next)) happen(request, next);
    else perform(request, next);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(request.current).toBe(before);
  }
}

const human = ({ people }: DirectorySnapshot, id: string) => people[id]?.identity ?? id;

/** Humans above somebody, as the test sees it: its own walk. */
function above(directory: DirectorySnapshot, id: string): string[] {
  const managerId = directory.people[id]?.managerId;
  return managerId ? [human(directory, managerId), ...above(directory, managerId)] : [];
}

/** Time approves in the end: its yes is nobody's. */
const LADDER: readonly LadderRung[] = [
  ['remind', 'REMIND', 4],
  ['escalate', 'ESCALATE_ADD', 8],
  ['auto', 'AUTO_APPROVE', 12, { amount: '500000', currency: 'CNY' }],
];

/** Every account of the humans behind a yes. */
function accounts(directory: DirectorySnapshot, { actor, onBehalfOf }: SeatDecision): string[] {
  const humans = [actor, ...(onBehalfOf ? [onBehalfOf] : [])].map((id) => human(directory, id));
  return Object.keys(directory.people).filter((id) => humans.includes(human(directory, id)));
}

/** What a yes breaks when it is given, reckoned without the engine's own rules. */
function brokenBy(
  state: ApprovalState,
  directory: DirectorySnapshot,
  stageKey: string,
  decision: SeatDecision,
): string[] {
  const own = accounts(directory, decision);
  const humans = own.map((id) => human(directory, id));
  const initiators = [state.initiatorId, ...state.selfIds].map((id) => human(directory, id));
  const rules = state.separation.filter((constraint) => {
    switch (constraint.kind) {
      case 'NOT_BENEFICIARY':
        return state.beneficiaryIds.some((id) => humans.includes(human(directory, id)));
      case 'NOT_REPORT_OF_INITIATOR':
        return own.some((id) => above(directory, id).some((one) => initiators.includes(one)));
      case 'NOT_BOTH':
        return humans.some((one) =>
          constraint.roles.every((role) =>
            own.some(
              (id) =>
                human(directory, id) === one && directory.people[id]!.grants.some((g) => g.role === role),
            ),
          ),
        );
      case 'DISTINCT': {
        if (!constraint.stages.includes(stageKey)) return false;
        const others = state.stages.filter(
          ({ spec, state: s }) =>
            spec.key !== stageKey &&
            constraint.stages.includes(spec.key) &&
            (s === 'PASSED' || s === 'ACTIVE'),
        );
        return others.some((other) =>
          state.seats.some(
            ({ stageId, visit, state: s, decision: said }) =>
              stageId === other.id &&
              visit === other.visit &&
              s === 'APPROVED' &&
              said !== null &&
              [said.actor, said.onBehalfOf].some(
                (id) => id !== null && humans.includes(human(directory, id)),
              ),
          ),
        );
      }
      case 'NOT_INITIATOR':
      case 'MIN_PERSONS':
        return false;
    }
  });
  const isOwn = initiators.some((one) => humans.includes(one));
  return [...(isOwn ? ['NOT_INITIATOR'] : []), ...rules.map(({ kind }) => kind)];
}

function holdEach(request: Case, before: ApprovalState, from: number): void {
  let state = before;
  for (const event of request.log.slice(from)) {
    if (
      event.type === 'seat.decided' &&
      event.decision.action === 'APPROVE' &&
      !event.decision.actor.startsWith('system:')
    ) {
      const seat = state.seats.find(({ id }) => id === event.seatId)!;
      const key = state.stages.find(({ id }) => id === seat.stageId)!.spec.key;
      expect(brokenBy(state, request.directory, key, event.decision)).toEqual([]);
    }
    state = evolve(state, event);
  }
}

/** Whose yes the approval rests on. */
function persons({ current: { seats, stages } }: Case): number {
  const given = seats.flatMap(({ state, code, decision, holderId }) => {
    if (state === 'APPROVED' && decision) return [decision.actor];
    return state === 'AUTO_APPROVED' && code === 'CARRIED' ? [holderId] : [];
  });
  const kept = stages.flatMap(({ passedBy = [] }) => passedBy.map(([who]) => who));
  return new Set([...given, ...kept]).size;
}

function submitted(list: readonly StageSpec[], round: RoundFacts): Case | null {
  const facts = { ...round, selfIds: ['rep', 'f4'], beneficiaryIds: ['f4'] };
  try {
    return new Case(list, { directory: company(), facts, ladder: LADDER });
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NO_APPROVER') return null;
    throw error;
  }
}

describe('no random history brings an approval that what separates duties forbids', () => {
  it('AE-SOD-1, AE-SOD-2, AE-SOD-3, AE-SOD-5, 4.18-1, 4.18-6 while accounts turn out to be one human, lines and roles change', () => {
    fc.assert(
      fc.property(specs, rounds, separations, history, (list, round, separation, steps) => {
        const request = submitted(list, { ...round, separation });
        if (!request) return;
        let isOneHuman = true;
        for (const next of steps) {
          const { current: before } = request;
          const from = request.log.length;
          attempt(request, next);
          if (next.do === 'alias') isOneHuman = false;
          holdEach(request, before, from);
          if (request.current.state === 'PENDING') expect(waitsForSomebody(request.current)).toBe(true);
        }
        const wanted = separation.map((one) => (one.kind === 'MIN_PERSONS' ? one.count : 0));
        if (request.current.state === 'APPROVED' && isOneHuman)
          expect(persons(request)).toBeGreaterThanOrEqual(Math.max(0, ...wanted));
        expect(checkSeparation(request.log.map((event, seq) => ({ seq, event }))).unproven).toEqual([]);
        expect(request.log.reduce<ApprovalState | null>(evolve, null)).toEqual(request.current);
      }),
      { numRuns: 1_000 },
    );
  }, 120_000);
});
