import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Case, company, LADDER, person, type LadderRung } from '../../../test/builders/approval.js';
import {
  facts,
  perform,
  separations,
  specs,
  step,
  type Step,
} from '../../../test/builders/approval-histories.js';
import { faultsOf, faultsOfEvent } from '../../../test/builders/approval-oracle.js';
import {
  isOrganisation,
  organisation,
  reorganise,
  type Organisation,
} from '../../../test/builders/organisation-histories.js';
import { DomainError } from '../errors.js';
import { evolve } from './engine.js';
import { answerCovers, covers } from './envelope.js';
import type { ApprovalEvent, RoundFacts } from './events.js';
import type { ApprovalState } from './model.js';
import { checkSeparation } from './separation-check.js';
import type { StageSpec } from './stage-spec.js';
import { isTerminal, isYes, seatsOf } from './seats.js';
import { waitsForSomebody } from './submit.js';

/** Run again with SEALFLOW_SEED=<the number printed>. */
const SEED = Number(process.env['SEALFLOW_SEED'] ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env['SEALFLOW_RUNS'] ?? 10_000);

/** What happens besides the step: the process dies and reads its log, the same message comes again, an old one comes late. */
const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constant('NONE' as const) },
  { weight: 1, arbitrary: fc.constantFrom('CRASH' as const, 'AGAIN' as const, 'LATE' as const) },
);
const turn = fc.record({
  next: fc.oneof(
    { weight: 8, arbitrary: step as fc.Arbitrary<Step | Organisation> },
    { weight: 1, arbitrary: organisation },
  ),
  fate,
  which: fc.nat(),
});

function fold(log: readonly ApprovalEvent[]): ApprovalState | null {
  return log.reduce<ApprovalState | null>((state, event) => evolve(state, event), null);
}

/** Time approves in the end: its yes is nobody's. */
const AUTO: readonly LadderRung[] = [
  ...LADDER.slice(0, 2),
  ['auto', 'AUTO_APPROVE', 12, { amount: '500000', currency: 'CNY' }],
];

/** Null where what separates duties leaves nobody for a stage: nothing was submitted. */
function submitted(
  list: readonly StageSpec[],
  round: RoundFacts,
  ladder: readonly LadderRung[],
): Case | null {
  try {
    const directory = company(person('rep.second', { identity: 'rep' }));
    return new Case(list, { directory, facts: round, ladder });
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NO_APPROVER') return null;
    throw error;
  }
}

/** A refusal is a DomainError and changes nothing. */
function attempt(request: Case, work: () => void): void {
  const before = request.current;
  try {
    work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(request.current).toBe(before);
  }
}

/** As the store gives it back after a restart. */
function crash(request: Case): void {
  const read = fold(JSON.parse(JSON.stringify(request.log)) as ApprovalEvent[]);
  expect(read).toEqual(request.current);
  request.state = read;
}

/** The last message once more, under another key: time goes on, whatever a person sent is taken once (4.18-9). */
function again(request: Case): void {
  const last = request.sent.at(-1);
  if (!last || last.command.type === 'FIRE_RUNGS') return;
  const before = request.current;
  attempt(request, () => request.run(last.command, last.by));
  expect(request.current).toBe(before);
}

/** An answer of long ago, which was taken then. */
function late(request: Case, which: number): void {
  const answers = request.sent.filter(
    ({ command }) => command.type === 'DECIDE' || command.type === 'TRANSFER',
  );
  const old = answers[which % Math.max(1, answers.length)];
  if (!old) return;
  const before = request.current;
  attempt(request, () => request.run(old.command, old.by));
  expect(request.current).toBe(before);
}

function holdInvariants(request: Case, before: ApprovalState): void {
  const { current: state, log } = request;
  if (state.state === 'PENDING') expect(waitsForSomebody(state)).toBe(true); // 1
  if (state.state !== 'PENDING') expect(request.holders()).toEqual([]);
  const decided = state.seats.filter((seat) => seat.decision).map((seat) => `${seat.id}/${seat.visit}`);
  expect(new Set(decided).size).toBe(decided.length); // 2
  if (state.state === 'APPROVED') {
    for (const stage of state.stages) expect(['PASSED', 'SKIPPED']).toContain(stage.state); // 3
    // 3, 4 and AE-SUB-2: nothing is in effect that a yes it rests on does not cover
    const passed = state.stages.filter((stage) => stage.state === 'PASSED');
    const votes = passed.flatMap((stage) => seatsOf(state, stage).filter(isYes));
    for (const seat of votes) expect(answerCovers(seat, state)).toBe(true);
    for (const { carried = [], code } of passed)
      if (code === 'CARRIED') for (const { envelope } of carried) expect(covers(envelope, state)).toBe(true);
  }
  if (isTerminal(before.state)) expect(state).toBe(before); // 5
  for (const seat of state.seats) if (seat.state === 'APPROVED') expect(seat.decision!.actor).not.toBe('rep'); // 6
  expect(log.filter(({ type }) => type === 'request.closed').length).toBeLessThanOrEqual(1); // 4
  const fired = log.flatMap((event) =>
    event.type === 'rung.fired' ? [`${event.seatId}/${event.visit}/${event.rungId}`] : [],
  );
  expect(new Set(fired).size).toBe(fired.length); // 10
}

/** 3, 6 and AE-TB-1, by an oracle that shares no rule with the engine. */
function holdEach(request: Case, before: ApprovalState, from: number): void {
  const { current, directory, log } = request;
  expect(faultsOf(current, directory)).toEqual([]);
  let state = before;
  for (const event of log.slice(from)) {
    expect(faultsOfEvent(event, state, directory)).toEqual([]);
    state = evolve(state, event);
  }
}

/** 7: what the organisation does meanwhile adds no yes and ends nothing; a yes of before may be carried (AE-DUP-4). */
function decidesNothing(after: ApprovalState, before: ApprovalState): void {
  const yes = ({ seats }: ApprovalState) =>
    seats.filter((seat) => isYes(seat) && seat.code !== 'CARRIED').length;
  const ended = ({ stages }: ApprovalState) =>
    stages.filter(({ state }) => state === 'PASSED' || state === 'REJECTED').length;
  expect([after.state, yes(after)]).toEqual([before.state, yes(before)]);
  expect(ended(after)).toBeLessThanOrEqual(ended(before));
}

describe('ten thousand random histories of commands, crashes, duplicates, late messages and time skips', () => {
  it('4.18-1 … 4.18-6, 4.18-8 … 4.18-10 hold after every step, and AE-SOD-5 of every approval', () => {
    process.stdout.write(`random histories: SEALFLOW_SEED=${SEED}\n`);
    fc.assert(
      fc.property(
        specs,
        facts,
        separations,
        fc.constantFrom(LADDER, AUTO),
        fc.array(turn, { maxLength: 30 }),
        (list, round, separation, ladder, turns) => {
          const request = submitted(list, { ...round, separation }, ladder);
          if (!request) return;
          for (const { next, fate: what, which } of turns) {
            const before = request.current;
            const from = request.log.length;
            attempt(request, () =>
              isOrganisation(next) ? reorganise(request, next) : perform(request, next),
            );
            if (next.do === 'vote' && next.stale) expect(request.current).toBe(before); // 3
            if (isOrganisation(next)) decidesNothing(request.current, before);
            holdInvariants(request, before);
            holdEach(request, before, from);
            if (what === 'CRASH') crash(request);
            if (what === 'AGAIN' || isOrganisation(next)) again(request);
            if (what === 'LATE') late(request, which);
          }
          expect(fold(request.log)).toEqual(request.current); // 8
          expect(checkSeparation(request.log.map((event, seq) => ({ seq, event }))).unproven).toEqual([]);
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
  }, 300_000);
});
