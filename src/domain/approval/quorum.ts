import type { QuorumRule, RejectRule } from './stage-spec.js';

/** One counted seat as the quorum sees it. `person` is the human behind the vote (identity, not account). */
export interface Vote {
  person: string;
  weight: number;
  group: string | null;
  value: 'YES' | 'NO' | 'ABSTAIN' | 'LIVE';
}

/** PASS and REJECT end the stage; BLOCKED: everybody abstained (AE-Q-7); OPEN: still to be decided. */
export type QuorumOutcome = 'PASS' | 'REJECT' | 'BLOCKED' | 'OPEN';

interface Tally {
  /** C: weight of counted seats */
  counted: number;
  /** A: weight of yes */
  yes: number;
  /** L: weight of live seats */
  live: number;
  anyNo: boolean;
}

/** Evaluated after every event in this order: veto, pass, impossible, stay (AE-Q-3). Votes are those of one stage visit (AE-Q-6). */
export function quorumOutcome(
  rule: QuorumRule,
  votes: readonly Vote[],
  abstain: 'EXCLUDED' | 'COUNTS_AS_NO',
): QuorumOutcome {
  const counted = votes
    .map((vote) =>
      vote.value === 'ABSTAIN' && abstain === 'COUNTS_AS_NO' ? { ...vote, value: 'NO' as const } : vote,
    )
    .filter((vote) => vote.value !== 'ABSTAIN');
  const tally = tallyOf(counted);
  if (rejectRule(rule) === 'VETO' && tally.anyNo) return 'REJECT';
  if (passes(rule, counted, tally, abstain)) return 'PASS';
  if (counted.length === 0) return 'BLOCKED';
  if (rule.kind === 'PER_GROUP') return groupsOutcome(rule.groups, votes, abstain);
  // While only abstentions came in, the rest may still abstain too (AE-Q-7): rejecting now would make order matter.
  if (counted.every((vote) => vote.value === 'LIVE')) return 'OPEN';
  return impossible(rule, counted, tally) ? 'REJECT' : 'OPEN';
}

/** AE-Q-9: can the rule be met at all if everybody named says yes? */
export function quorumReachable(rule: QuorumRule, votes: readonly Vote[]): boolean {
  return (
    quorumOutcome(
      rule,
      votes.map((vote) => ({ ...vote, value: 'YES' })),
      'EXCLUDED',
    ) === 'PASS'
  );
}

/** VETO is the default for ALL, IMPOSSIBLE for the others (AE-Q-2). */
function rejectRule(rule: QuorumRule): RejectRule {
  if (rule.kind === 'ANY') return rule.first === 'ANY_ANSWER' ? 'VETO' : 'IMPOSSIBLE';
  return rule.reject ?? (rule.kind === 'ALL' ? 'VETO' : 'IMPOSSIBLE');
}

function tallyOf(votes: readonly Vote[]): Tally {
  const weightOf = (value: Vote['value']) =>
    votes.filter((vote) => vote.value === value).reduce((sum, vote) => sum + vote.weight, 0);
  const [yes, no, live] = [weightOf('YES'), weightOf('NO'), weightOf('LIVE')];
  return { counted: yes + no + live, yes, live, anyNo: no > 0 };
}

function passes(
  rule: QuorumRule,
  votes: readonly Vote[],
  { counted, yes }: Tally,
  abstain: 'EXCLUDED' | 'COUNTS_AS_NO',
): boolean {
  switch (rule.kind) {
    case 'ALL':
      return counted > 0 && yes === counted;
    case 'ANY':
      return yes > 0;
    case 'COUNT':
      return rule.count > 0 && personsWith(votes, ['YES']) >= rule.count;
    case 'RATIO':
      return counted > 0 && reachesRatio(rule, yes, counted);
    case 'WEIGHT':
      return rule.weight > 0 && yes >= rule.weight;
    case 'PER_GROUP':
      return Object.entries(rule.groups).every(
        ([name, inner]) =>
          quorumOutcome(
            inner,
            votes.filter((vote) => vote.group === name),
            abstain,
          ) === 'PASS',
      );
  }
}

/** The rule cannot be reached any more even if all live seats say yes. */
function impossible(
  rule: Exclude<QuorumRule, { kind: 'PER_GROUP' }>,
  votes: readonly Vote[],
  tally: Tally,
): boolean {
  const { counted, yes, live } = tally;
  switch (rule.kind) {
    case 'ALL':
      return yes + live < counted;
    case 'ANY':
      return yes + live === 0;
    case 'COUNT':
      return personsWith(votes, ['YES', 'LIVE']) < rule.count;
    case 'RATIO':
      return !reachesRatio(rule, yes + live, counted);
    case 'WEIGHT':
      return yes + live < rule.weight;
  }
}

/** Integers only: 100·A ≥ p·C, or > when strict. */
function reachesRatio(rule: { percent: number; strict: boolean }, yes: number, counted: number): boolean {
  return rule.strict ? 100 * yes > rule.percent * counted : 100 * yes >= rule.percent * counted;
}

/** COUNT counts distinct persons, not seats. */
function personsWith(votes: readonly Vote[], values: readonly Vote['value'][]): number {
  return new Set(votes.filter((vote) => values.includes(vote.value)).map((vote) => vote.person)).size;
}

function groupsOutcome(
  groups: Readonly<Record<string, QuorumRule>>,
  votes: readonly Vote[],
  abstain: 'EXCLUDED' | 'COUNTS_AS_NO',
): QuorumOutcome {
  const outcomes = Object.entries(groups).map(([name, rule]) =>
    quorumOutcome(
      rule,
      votes.filter((vote) => vote.group === name),
      abstain,
    ),
  );
  if (outcomes.includes('REJECT')) return 'REJECT';
  return outcomes.includes('OPEN') ? 'OPEN' : 'BLOCKED';
}

const STRICTNESS: Record<QuorumRule['kind'], number> = {
  ALL: 5,
  PER_GROUP: 4,
  WEIGHT: 3,
  COUNT: 2,
  RATIO: 2,
  ANY: 0,
};

/** AE-PLAN-3: of two rows that ask for one stage, the stricter quorum: ALL > higher ratio > lower > ANY. */
export function stricterQuorum(a: QuorumRule, b: QuorumRule): QuorumRule {
  if (a.kind === 'RATIO' && b.kind === 'RATIO') {
    if (a.percent !== b.percent) return a.percent > b.percent ? a : b;
    return b.strict ? b : a;
  }
  if (a.kind === 'COUNT' && b.kind === 'COUNT') return a.count >= b.count ? a : b;
  if (a.kind === 'WEIGHT' && b.kind === 'WEIGHT') return a.weight >= b.weight ? a : b;
  return STRICTNESS[a.kind] >= STRICTNESS[b.kind] ? a : b;
}
