import { canonicalJson, type Json } from '../json.js';
import type { ApprovalEvent } from './events.js';
import { evolve } from './evolve.js';
import type { ApprovalState, SeatDecision, Stage } from './model.js';
import { personsOf, separationsFor, spokenFor } from './separation.js';
import { verdictOn, type Account, type SeparationEvidence } from './separation-rules.js';
import { isPassed, stageOf } from './seats.js';

export interface LoggedEvent {
  seq: number;
  event: ApprovalEvent;
}

/** A yes whose evidence does not hold, and in which constraint; null: in which constraints were judged at all. */
export interface Unproven {
  seq: number;
  seatId: string;
  constraint: string | null;
  /** MISSING none, or of other constraints than its round has · INPUTS not what the log says · VERDICT not what the inputs give */
  why: 'MISSING' | 'INPUTS' | 'VERDICT';
}

export interface SeparationReport {
  /** approvals by persons */
  decisions: number;
  /** constraints judged again */
  judged: number;
  /** in order of the log */
  unproven: readonly Unproven[];
}

/**
 * AE-SOD-5: judges every yes of a person again, from the evidence stored with it and the log before it alone; nothing is
 * asked of the organisation of today.
 * @param before the first seq that is not to be trusted; what comes then is not judged
 */
export function checkSeparation(log: readonly LoggedEvent[], before: number | null = null): SeparationReport {
  let state: ApprovalState | null = null;
  const report = { decisions: 0, judged: 0, unproven: [] as Unproven[] };
  for (const [index, { seq, event }] of log.entries()) {
    if (before !== null && seq >= before) break;
    if (state && event.type === 'seat.decided' && isPersonsYes(event.decision)) {
      const { separation = [], seatId, decision } = event;
      report.decisions += 1;
      report.judged += separation.length;
      const said = { state, decision, seatId, passed: passesAfter(log, index, decision.at) };
      const fault = faultOf(said, separation);
      if (fault) report.unproven.push({ seq, seatId, ...fault });
    }
    state = evolve(state, event);
  }
  return report;
}

interface Said {
  state: ApprovalState;
  decision: SeatDecision;
  seatId: string;
  /** the request passed by it */
  passed: boolean;
}

type Fault = Pick<Unproven, 'constraint' | 'why'>;

function isPersonsYes({ action, actor }: SeatDecision): boolean {
  return action === 'APPROVE' && !actor.startsWith('system:');
}

/** Whether the request passed in the same command, before anybody answered again: all events of a command are of one instant. */
function passesAfter(log: readonly LoggedEvent[], index: number, instant: string): boolean {
  for (const { event } of log.slice(index + 1)) {
    if (event.type === 'seat.decided' || 'stages' in event) return false;
    if (event.type === 'seat.closed' && event.state === 'REMOVED') return false;
    if ('at' in event && event.at !== instant) return false;
    if (event.type === 'request.passed') return true;
    if (event.type === 'request.closed') return event.state === 'APPROVED';
  }
  return false;
}

function faultOf(said: Said, evidence: readonly SeparationEvidence[]): Fault | null {
  const { state, seatId } = said;
  const seat = state.seats.find(({ id }) => id === seatId);
  if (!seat) return { constraint: null, why: 'MISSING' };
  const stage = stageOf(state, seat);
  const asked = separationsFor(state.separation, stage.spec);
  const judged = evidence.map(({ constraint }) => constraint);
  if (canonical(asked) !== canonical(judged)) return { constraint: null, why: 'MISSING' };
  const identities = identitiesIn(evidence);
  if (identities === null) return { constraint: null, why: 'INPUTS' };
  for (const one of evidence) {
    const { kind } = one.constraint;
    if (!isAsLogged(said, stage, one, identities)) return { constraint: kind, why: 'INPUTS' };
    if (one.verdict !== 'HELD' || verdictOn(one.constraint, one.inputs) !== 'HELD')
      return { constraint: kind, why: 'VERDICT' };
  }
  return null;
}

/** Who is which human, as all constraints of one decision saw it; null when they do not agree. */
function identitiesIn(evidence: readonly SeparationEvidence[]): Map<string, string> | null {
  const known = new Map<string, string>();
  const accounts = evidence.flatMap(({ inputs }) => [
    ...inputs.acting,
    ...inputs.others,
    ...(inputs.above ?? []),
  ]);
  const agree = accounts.every(({ personId, identity }) => {
    const before = known.get(personId);
    known.set(personId, identity);
    return before === undefined || before === identity;
  });
  return agree ? known : null;
}

/** The humans compared are those the log names; accounts, roles and lines are the organisation's of that instant. */
function isAsLogged(
  { state, decision, passed }: Said,
  stage: Stage,
  { constraint, inputs }: SeparationEvidence,
  identities: ReadonlyMap<string, string>,
): boolean {
  const { actor, onBehalfOf } = decision;
  const meant = [actor, ...(onBehalfOf === null ? [] : [onBehalfOf])];
  const humans = new Set(meant.map((id) => identities.get(id)));
  const acts = inputs.acting.map(({ personId }) => personId);
  if (!meant.every((id) => acts.includes(id))) return false;
  if (!inputs.acting.every(({ identity }) => humans.has(identity))) return false;
  switch (constraint.kind) {
    case 'NOT_INITIATOR':
    case 'NOT_REPORT_OF_INITIATOR':
      return isExactly(inputs.others, [state.initiatorId, ...state.selfIds]);
    case 'NOT_BENEFICIARY':
      return isExactly(inputs.others, state.beneficiaryIds);
    case 'DISTINCT': {
      const others = state.stages.filter(
        ({ spec }) => constraint.stages.includes(spec.key) && spec.key !== stage.spec.key,
      );
      return isExactly(
        inputs.others,
        others.flatMap((other) => spokenFor(state, other)),
      );
    }
    case 'NOT_BOTH':
      return (
        inputs.others.length === 0 &&
        (inputs.held ?? []).every(
          ({ personId, role }) => acts.includes(personId) && constraint.roles.includes(role),
        )
      );
    case 'MIN_PERSONS': {
      // a yes that would have been the last one need not be: a deferred stage may be walked after it (AE-DUP-4)
      const isLastStage = state.stages.every((other) => other.id === stage.id || isPassed(other));
      const { completes } = inputs;
      return (
        isExactly(inputs.others, [...personsOf(state), actor]) &&
        (completes ? isLastStage : !(isLastStage && passed))
      );
    }
  }
}

function isExactly(accounts: readonly Account[], ids: readonly string[]): boolean {
  const wanted = new Set(ids);
  const given = new Set(accounts.map(({ personId }) => personId));
  return given.size === wanted.size && [...wanted].every((id) => given.has(id));
}

function canonical(value: unknown): string {
  return canonicalJson(JSON.parse(JSON.stringify(value)) as Json);
}
