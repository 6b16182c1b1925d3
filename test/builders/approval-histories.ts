import fc from 'fast-check';
import type { RoundFacts } from '../../src/domain/approval/events.js';
import type {
  DecisionAction,
  DedupeMode,
  DimensionSpec,
  QuorumRule,
  StageSpec,
} from '../../src/domain/approval/stage-spec.js';
import type { Separation } from '../../src/domain/approval/separation-rules.js';
import { isDecidedByChild } from '../../src/domain/approval/seats.js';
import { FACTS, people, planOf, stage, type Case } from './approval.js';

export const HOLDERS = ['lead', 'director', 'boss', 'f1', 'f2', 'f3', 'f4', 'l1'];

/** Who tries to answer, and whom others try to bring in: the initiator too. */
const ANYBODY = [...HOLDERS, 'rep', 'rep.second'];

const quorum: fc.Arbitrary<QuorumRule> = fc.oneof(
  fc.constant<QuorumRule>({ kind: 'ALL' }),
  fc.constantFrom<QuorumRule>({ kind: 'ANY', first: 'ANY_ANSWER' }, { kind: 'ANY', first: 'UNTIL_ALL_NO' }),
  fc.record({
    kind: fc.constant('RATIO' as const),
    percent: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(50, 75)),
    strict: fc.boolean(),
    reject: fc.constantFrom('VETO' as const, 'IMPOSSIBLE' as const),
  }),
  fc.constantFrom<QuorumRule>(
    { kind: 'COUNT', count: 1 },
    { kind: 'COUNT', count: 2 },
    { kind: 'COUNT', count: 2, reject: 'VETO' },
  ),
);

/** The content of a round, as its digest and what it measures; 1 is what is submitted first. */
export function contentOf(discount: number): Pick<RoundFacts, 'subjectHash' | 'measured'> {
  const values = { discountPct: String(discount) };
  return { subjectHash: `hash-${discount}`, measured: { values, currency: 'CNY', shared: [] } };
}

/** Rounds under every rule for people who sit in several stages (AE-DUP-1). */
export const facts: fc.Arbitrary<RoundFacts> = fc
  .constantFrom<DedupeMode>('NONE', 'ADJACENT', 'FIRST_COUNTS', 'LAST_COUNTS')
  .map((dedupe) => ({ ...FACTS, ...contentOf(1), dedupe }));

/** The reporting line, which open seats follow (AE-MGR-2). */
const LINE: Partial<StageSpec>[] = [
  { resolver: { kind: 'MANAGER', levels: 1 }, strictReporting: true },
  { resolver: { kind: 'MANAGER', levels: 2 }, strictReporting: true },
  { resolver: { kind: 'CHAIN_TO_LIMIT', mode: 'EVERY_LEVEL', topRole: null }, strictReporting: true },
];

const CHILD = { resolver: { kind: 'CHILD' as const, policyKind: 'approval.child' } };

export const specs: fc.Arbitrary<StageSpec[]> = fc
  .array(
    fc.record({
      ids: fc.uniqueArray(fc.constantFrom(...HOLDERS), { minLength: 1, maxLength: 4 }),
      block: fc.integer({ min: 1, max: 3 }),
      branch: fc.constantFrom('a', 'b'),
      rank: fc.integer({ min: 1, max: 2 }),
      quorum,
      freshLook: fc.boolean(),
      envelope: fc.constantFrom<readonly DimensionSpec[] | undefined>(
        undefined,
        [],
        [{ name: 'discountPct', direction: 'AT_MOST', widest: '3' }],
      ),
      child: fc.integer({ min: 0, max: 5 }).map((die) => die === 0),
      line: fc.integer({ min: 0, max: 11 }),
      mode: fc.constantFrom('PARALLEL' as const, 'SEQUENTIAL' as const),
      onBranchReject: fc.constantFrom('FAIL_FAST' as const, 'WAIT_ALL' as const),
      returnRule: fc.constantFrom('ANY' as const, 'MAJORITY' as const, 'LEAD' as const),
      abstain: fc.constantFrom('EXCLUDED' as const, 'COUNTS_AS_NO' as const),
      onReject: fc.constantFrom(
        { kind: 'END' as const },
        { kind: 'RETURN_INITIATOR' as const },
        { kind: 'RETURN_STAGE' as const, key: 's0' },
      ),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) =>
    list.map(({ ids, child, line, envelope, ...over }, index) =>
      stage(`s${index}`, {
        ...over,
        ...(envelope ? { envelope } : {}),
        ...(child ? CHILD : (LINE[line] ?? people(...ids))),
        ...(over.quorum.kind === 'COUNT' && (line < LINE.length || ids.length < over.quorum.count)
          ? { quorum: { kind: 'COUNT', count: 1 } }
          : {}),
        rank: over.rank * 10 + index,
      }),
    ),
  )
  .filter((list) =>
    list.every((spec) => spec.quorum.kind !== 'RATIO' || spec.quorum.percent < 100 || !spec.quorum.strict),
  );

const key = fc.constantFrom('s0', 's1', 's2', 's3');
const separation: fc.Arbitrary<Separation> = fc.oneof(
  fc
    .uniqueArray(key, { minLength: 2, maxLength: 2 })
    .map(([one, other]): Separation => ({ kind: 'DISTINCT', stages: [one!, other!] })),
  fc.constantFrom<Separation>(
    { kind: 'NOT_REPORT_OF_INITIATOR' },
    { kind: 'NOT_BENEFICIARY' },
    { kind: 'NOT_BOTH', roles: ['FINANCE', 'LEGAL'] },
    { kind: 'MIN_PERSONS', count: 2 },
    { kind: 'MIN_PERSONS', count: 3 },
  ),
);

/** What separates duties in a history; often nothing. */
export const separations = fc.oneof(
  fc.constant<Separation[]>([]),
  fc.constantFrom<Separation[]>([{ kind: 'MIN_PERSONS', count: 2 }], [{ kind: 'MIN_PERSONS', count: 3 }]),
  fc.array(separation, { minLength: 1, maxLength: 4 }),
);

export type Step =
  | { do: 'vote'; who: number; action: DecisionAction; to: number; resume: boolean; stale: boolean }
  /** somebody who is asked says yes: most histories would end before enough of them had */
  | { do: 'yes'; which: number }
  | { do: 'tick'; hours: number }
  | { do: 'resubmit'; hash: number }
  /** `without`: one of the policy's stages that the edited content does not need */
  | { do: 'edit'; who: number; discount: number; without: number; accept: boolean }
  | { do: 'retract'; who: number }
  | { do: 'transfer'; who: number; to: number }
  | {
      do: 'add';
      who: number;
      to: number;
      relation: 'BEFORE' | 'AFTER' | 'PARALLEL' | 'CONSULT';
      rule: 'ALL' | 'ANY';
    }
  | { do: 'remove'; who: number; accept: boolean }
  | { do: 'child'; state: 'APPROVED' | 'REJECTED' | 'EXPIRED'; stale: boolean }
  | { do: 'withdraw' | 'terminate' | 'restaff' };

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('vote' as const),
      who: fc.nat({ max: ANYBODY.length - 1 }),
      action: fc.constantFrom<DecisionAction>(
        'APPROVE',
        'APPROVE',
        'APPROVE',
        'REJECT',
        'RETURN',
        'ABSTAIN',
        'OPINION',
      ),
      to: fc.integer({ min: -1, max: 4 }),
      resume: fc.boolean(),
      stale: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
    }),
  },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('yes' as const), which: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      who: fc.nat({ max: HOLDERS.length - 1 }),
      discount: fc.nat({ max: 3 }),
      without: fc.integer({ min: -4, max: 4 }),
      accept: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('tick' as const), hours: fc.integer({ min: 0, max: 20 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('child' as const),
      state: fc.constantFrom(
        'APPROVED' as const,
        'APPROVED' as const,
        'REJECTED' as const,
        'EXPIRED' as const,
      ),
      stale: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      who: fc.nat({ max: HOLDERS.length - 1 }),
      to: fc.nat({ max: ANYBODY.length - 1 }),
      relation: fc.constantFrom('BEFORE' as const, 'AFTER' as const, 'PARALLEL' as const, 'CONSULT' as const),
      rule: fc.constantFrom('ALL' as const, 'ANY' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('remove' as const),
      who: fc.nat({ max: HOLDERS.length - 1 }),
      accept: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('transfer' as const),
      who: fc.nat({ max: HOLDERS.length - 1 }),
      to: fc.nat({ max: ANYBODY.length - 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('retract' as const), who: fc.nat({ max: HOLDERS.length - 1 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resubmit' as const), hash: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'withdraw' }, { do: 'terminate' }, { do: 'restaff' }) },
);

/** Does one step as whoever may, a second after the last; what the engine refuses is thrown. */
export function perform(request: Case, next: Step): void {
  request.later(1 / 3600);
  switch (next.do) {
    case 'vote':
      request.vote(ANYBODY[next.who]!, next.action, {
        ...(next.stale ? { subjectHash: 'of another content' } : {}),
        returnTo: next.to < 0 ? 'INITIATOR' : `s${next.to}`,
        resume: next.resume ? 'TO_RETURNER' : 'NEXT',
      });
      return;
    case 'edit': {
      const facts = { ...request.facts, ...contentOf(next.discount) };
      const needed = request.specs.filter((_spec, index) => index !== next.without);
      const plan = planOf(needed, request.directory, facts);
      const accept = next.accept ? request.specs.map((spec) => spec.key) : [];
      const edit = { facts, plan, fields: ['/discountPct'], accept };
      request.vote(HOLDERS[next.who]!, 'APPROVE', { edit });
      return;
    }
    case 'yes': {
      const asked = request.holders();
      const by = asked[next.which % Math.max(1, asked.length)];
      if (by) request.vote(by, 'APPROVE');
      return;
    }
    case 'tick':
      request.later(next.hours).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
      request.run({ type: 'TAKE_EFFECT' }, 'system:process');
      return;
    case 'child': {
      const waiting = request.current.stages.find(isDecidedByChild);
      const subjectHash = next.stale ? 'another' : request.current.subjectHash;
      if (waiting) {
        const end = { state: next.state, subjectHash };
        request.run(
          { type: 'CHILD_ENDED', stageId: waiting.id, childId: waiting.childId!, end },
          'system:child',
        );
      }
      return;
    }
    case 'add':
      request.add(HOLDERS[next.who]!, next.relation, [ANYBODY[next.to]!], { rule: next.rule });
      return;
    case 'remove':
      request.remove('a1', HOLDERS[next.who]!, { asAdmin: true, acceptOutcome: next.accept });
      return;
    case 'transfer':
      request.transfer(HOLDERS[next.who]!, ANYBODY[next.to]!);
      return;
    case 'retract':
      request.retract(HOLDERS[next.who]!);
      return;
    case 'resubmit':
      request.resubmit({ ...request.facts, ...contentOf(next.hash) });
      return;
    case 'withdraw':
      request.run({ type: 'WITHDRAW', reason: null }, 'rep');
      return;
    case 'terminate':
      request.run({ type: 'TERMINATE', reason: 'ops' }, 'a1');
      return;
    case 'restaff': {
      const blocked = request.current.stages.find(({ state }) => state === 'BLOCKED');
      if (blocked)
        request.run({ type: 'RESTAFF', stageId: blocked.id, personIds: ['a1'], reason: 'x' }, 'l1');
    }
  }
}
