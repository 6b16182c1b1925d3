import type { ApprovalCommand, ApprovalContext } from '../../src/domain/approval/command.js';
import { decide, evolve } from '../../src/domain/approval/engine.js';
import type { ApprovalEvent, RoundFacts } from '../../src/domain/approval/events.js';
import type { ApprovalState, MatchedRow, Rung, Seat } from '../../src/domain/approval/model.js';
import type { DecisionAction, StageSpec } from '../../src/domain/approval/stage-spec.js';
import type { CcRule } from '../../src/domain/approval/policy.js';
import { buildPlan, type Plan } from '../../src/domain/approval/plan.js';
import { systemActor, type Actor } from '../../src/domain/actor.js';
import type { WorkCalendar } from '../../src/domain/calendar.js';
import type { DirectoryPerson, DirectorySnapshot, Role } from '../../src/domain/org/directory.js';

/** A person of the test company; `managerId` and grants as a scenario needs them. */
export function person(id: string, over: Partial<DirectoryPerson> = {}): DirectoryPerson {
  return {
    id,
    name: id,
    title: null,
    active: true,
    managerId: null,
    unitIds: ['team', 'region', 'company'],
    grants: [],
    identity: id,
    away: null,
    ...over,
  };
}

export function grant(role: Role, unitId: string | null = null, limit: string | null = null) {
  return { role, unitId, limit, currency: limit === null ? null : 'CNY' };
}

/** rep → lead (500k) → director (1M) → boss (5M); finance people f1…f4 and lawyer l1 everywhere; admin a1. */
export function company(...over: DirectoryPerson[]): DirectorySnapshot {
  const people = [
    person('rep', { managerId: 'lead', grants: [grant('REP', 'team')] }),
    person('lead', { managerId: 'director', grants: [grant('TEAM_LEAD', 'team', '500000')] }),
    person('director', { managerId: 'boss', grants: [grant('REGIONAL_DIRECTOR', 'region', '1000000')] }),
    person('boss', { grants: [grant('SALES_MANAGER', null, '5000000')] }),
    ...['f1', 'f2', 'f3', 'f4'].map((id) => person(id, { grants: [grant('FINANCE')] })),
    person('l1', { grants: [grant('LEGAL')] }),
    person('a1', { grants: [grant('ADMIN')] }),
    ...over,
  ];
  return {
    revision: '1',
    at: '2026-03-02T01:00:00.000Z',
    people: Object.fromEntries(people.map((p) => [p.id, p])),
    units: { team: 'Team', region: 'Region', company: 'Company' },
  };
}

export function stage(key: string, over: Partial<StageSpec> = {}): StageSpec {
  return {
    key,
    title: key,
    block: 1,
    branch: 'main',
    rank: 1,
    quorum: { kind: 'ANY', first: 'ANY_ANSWER' },
    mode: 'PARALLEL',
    resolver: { kind: 'PERSON', personIds: ['lead'] },
    resolveAt: 'ACTIVATION',
    empty: { kind: 'BLOCK' },
    self: 'UP_CHAIN',
    onReject: { kind: 'END' },
    onBranchReject: 'FAIL_FAST',
    abstain: 'EXCLUDED',
    minApprovals: 1,
    risk: 'NORMAL',
    ladder: 'STANDARD',
    commentOn: ['REJECT', 'RETURN'],
    resume: 'CHOOSE',
    ...over,
  };
}

export function people(...ids: string[]): Pick<StageSpec, 'resolver'> {
  return { resolver: { kind: 'PERSON', personIds: ids } };
}

export function row(...stageKeys: string[]): MatchedRow {
  return { rowId: `row-${stageKeys.join('-')}`, rule: 'test', text: 'test row', stageKeys, inputs: {} };
}

export const FACTS: RoundFacts = {
  initiatorId: 'rep',
  selfIds: ['rep'],
  unitId: 'team',
  exposure: { amount: '100000', currency: 'CNY' },
  subjectHash: 'hash-1',
  policy: { kind: 'approval.test', version: 1, id: 'policy-1' },
  withdrawPolicy: 'ANYTIME',
};

export function planOf(
  specs: readonly StageSpec[],
  directory: DirectorySnapshot,
  facts: RoundFacts = FACTS,
  chosen: Readonly<Record<string, readonly string[]>> = {},
): Plan {
  return buildPlan({
    rows: specs.length === 0 ? [] : [row(...specs.map((spec) => spec.key))],
    stages: specs,
    who: { ...facts, chosen },
    separation: facts.separation,
    directory,
    policyVersion: 1,
  });
}

export type LadderRung = [id: string, kind: Rung['kind'], hours: number, cap?: Rung['cap']];

/** REMIND after 4 h, ESCALATE_ADD after 8 h, INCIDENT after 16 h; plain hours, the calendar is tested elsewhere. */
export const LADDER: readonly LadderRung[] = [
  ['remind', 'REMIND', 4],
  ['escalate', 'ESCALATE_ADD', 8],
  ['incident', 'INCIDENT', 16],
];

interface CaseOptions {
  directory?: DirectorySnapshot;
  facts?: RoundFacts;
  ladder?: readonly LadderRung[];
  /** the initiator's choice by stage (AE-PLAN-5) */
  chosen?: Readonly<Record<string, readonly string[]>>;
  cc?: readonly CcRule[];
  /** whom the submitter wants to be sent a copy */
  ccPersonIds?: readonly string[];
}

/** A request being driven through the engine, as the command layer does it: decide, fold, keep the log. */
export class Case {
  state: ApprovalState | null = null;
  readonly log: ApprovalEvent[] = [];
  /** the commands that changed something, in order */
  readonly sent: { command: ApprovalCommand; by: string }[] = [];
  directory: DirectorySnapshot;
  readonly facts: RoundFacts;
  now = '2026-03-02T01:00:00.000Z';
  private readonly ladder: readonly LadderRung[];
  private readonly cc: readonly CcRule[];
  /** every minute of a weekday works: plain hours, the calendar is tested elsewhere */
  calendar: WorkCalendar = {
    zone: 'UTC',
    windows: [{ from: '00:00', to: '24:00' }],
    days: {},
    publishedYears: [2026],
  };
  private ids = 0;

  constructor(
    readonly specs: readonly StageSpec[],
    { directory = company(), facts = FACTS, ladder = LADDER, chosen = {}, ...copies }: CaseOptions = {},
  ) {
    this.directory = directory;
    this.facts = facts;
    this.ladder = ladder;
    this.cc = copies.cc ?? [];
    const plan = planOf(specs, directory, facts, chosen);
    this.run(
      { type: 'SUBMIT', requestId: 'request', facts, plan, ccPersonIds: copies.ccPersonIds ?? [] },
      facts.initiatorId,
    );
  }

  get current(): ApprovalState {
    if (!this.state) throw new Error('nothing submitted');
    return this.state;
  }

  run(command: ApprovalCommand, by: string): ApprovalEvent[] {
    const actor: Actor = by.startsWith('system:')
      ? systemActor(by.slice('system:'.length))
      : { kind: 'PERSON', id: by, permissions: [] };
    const events = decide(this.state, command, this.context(actor));
    for (const event of events) this.state = evolve(this.state, event);
    this.log.push(...events);
    if (events.length > 0) this.sent.push({ command, by });
    return events;
  }

  vote(
    by: string,
    action: DecisionAction,
    over: Partial<Extract<ApprovalCommand, { type: 'DECIDE' }>> = {},
  ): ApprovalEvent[] {
    const seat = this.openSeat(by) ?? this.lastSeat(by);
    return this.run(
      {
        type: 'DECIDE',
        seatId: seat?.id ?? 'none',
        action,
        expectedSeatVersion: seat?.version ?? 0,
        subjectHash: this.current.subjectHash,
        comment: 'because',
        ...over,
      },
      by,
    );
  }

  transfer(by: string, toPersonId: string, reason = 'on another case'): ApprovalEvent[] {
    const seat = this.openSeat(by) ?? this.lastSeat(by);
    const { id: seatId = 'none', version: expectedSeatVersion = 0 } = seat ?? {};
    return this.run({ type: 'TRANSFER', seatId, toPersonId, expectedSeatVersion, reason }, by);
  }

  add(
    by: string,
    relation: 'BEFORE' | 'AFTER' | 'PARALLEL' | 'CONSULT',
    personIds: readonly string[],
    over: { rule?: 'ALL' | 'ANY'; reason?: string } = {},
  ): ApprovalEvent[] {
    const { id: seatId = 'none', version: expectedSeatVersion = 0 } =
      this.openSeat(by) ?? this.lastSeat(by) ?? {};
    const how = { rule: 'ALL' as const, reason: 'please look', ...over };
    return this.run({ type: 'ADD', seatId, personIds, relation, expectedSeatVersion, ...how }, by);
  }

  remove(
    by: string,
    holder: string,
    over: { asAdmin?: boolean; acceptOutcome?: boolean } = {},
  ): ApprovalEvent[] {
    const seatId = this.lastSeat(holder)?.id ?? 'none';
    return this.run(
      { type: 'REMOVE', seatId, reason: 'not needed', asAdmin: false, acceptOutcome: false, ...over },
      by,
    );
  }

  /** Takes back the person's last answer, by default their own. */
  retract(by: string, of = by, over: { childrenDecided?: readonly string[] } = {}): ApprovalEvent[] {
    const decided = this.current.seats.filter(({ holderId, decision }) => holderId === of && decision);
    const seat = decided.sort((a, b) => (a.decision!.at < b.decision!.at ? -1 : 1)).at(-1);
    const { id: seatId = 'none', version: expectedSeatVersion = 0 } = seat ?? this.lastSeat(of) ?? {};
    const how = { reason: null, childrenDecided: [], ...over };
    return this.run({ type: 'RETRACT', seatId, expectedSeatVersion, ...how }, by);
  }

  resubmit(facts: RoundFacts = this.facts, specs: readonly StageSpec[] = this.specs): ApprovalEvent[] {
    return this.run(
      { type: 'RESUBMIT', facts, plan: planOf(specs, this.directory, facts) },
      facts.initiatorId,
    );
  }

  later(hours: number): this {
    this.now = hoursAfter(this.now, hours);
    return this;
  }

  stageState(key: string): string | undefined {
    return this.current.stages.find(({ spec }) => spec.key === key)?.state;
  }

  openSeat(holder: string): Seat | undefined {
    return this.current.seats.find((seat) => seat.holderId === holder && seat.state === 'OPEN');
  }

  lastSeat(holder: string): Seat | undefined {
    return this.current.seats.filter((seat) => seat.holderId === holder).at(-1);
  }

  holders(): string[] {
    return this.current.seats.filter((seat) => seat.state === 'OPEN').map((seat) => seat.holderId);
  }

  private context(actor: Actor): ApprovalContext {
    return {
      now: this.now,
      actor,
      directory: this.directory,
      cc: this.cc,
      newId: () => `id-${(this.ids += 1)}`,
      workDayAfter: (from) => hoursAfter(from, 24),
      urgeAgainAt: (from) => hoursAfter(from, 4),
      claimUntil: (from) => hoursAfter(from, 4),
      office: () => ({ key: 'CN', calendar: this.calendar }),
      ladder: (_spec, _holderId, from) => {
        const at = (hours: number) => hoursAfter(from, hours);
        const rungs = this.ladder.map(([id, kind, after, cap]) => {
          const rung = { id, kind, at: at(after), firedAt: null };
          return cap ? { ...rung, cap } : rung;
        });
        return { rungs, dueAt: at(8) };
      },
    };
  }
}

function hoursAfter(from: string, hours: number): string {
  return new Date(Date.parse(from) + hours * 3_600_000).toISOString();
}
