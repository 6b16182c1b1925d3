import { choiceProblems } from '../../domain/approval/choice.js';
import type { SeatReason } from '../../domain/approval/model.js';
import type { QuorumRule } from '../../domain/approval/stage-spec.js';
import type { Plan, PlannedStage } from '../../domain/approval/plan.js';
import type { ApprovalPolicyContent } from '../../domain/approval/policy.js';
import type { DirectorySnapshot } from '../../domain/org/directory.js';
import type { PersonRef } from './person-ref.js';

export interface PlannedStageView {
  key: string;
  title: string;
  branch: string | null;
  quorum: string;
  seats: {
    person: PersonRef | null;
    role: string | null;
    certainty: 'FIXED' | 'MAY_CHANGE';
    why: SeatReason[];
  }[];
  sla: string | null;
}

/** The part of a preview that every kind of subject shares; its module adds amounts, lines and flags. */
export interface PlanView {
  planHash: string;
  lane: 'AUTO' | 'APPROVAL';
  policy: { kind: string; version: number };
  stages: PlannedStageView[];
  notAsked: { stageKey: string; title: string; why: string }[];
  problems: { code: string; message: string; pointer?: string }[];
}

interface Planned {
  plan: Plan;
  planHash: string;
  policy: { kind: string; version: number; content: ApprovalPolicyContent };
  directory: DirectorySnapshot;
  who: { approverIds: readonly string[] };
  /** stage key → rules that hold but are outranked, and the rules that would ask for it */
  notAskedFor: Readonly<Record<string, { met: readonly string[]; unmet: readonly string[] }>>;
}

/** What a person sees of a plan before submitting it: who, why, and why others are not asked. */
export function planView({ plan, planHash, policy, directory, who, notAskedFor }: Planned): PlanView {
  const nameOf = (id: string): PersonRef | null => {
    const person = directory.people[id];
    return person ? { id: person.id, name: person.name, title: person.title } : null;
  };
  return {
    planHash,
    lane: plan.stages.length === 0 ? 'AUTO' : 'APPROVAL',
    policy: { kind: policy.kind, version: policy.version },
    stages: plan.stages.map((stage) => plannedStageView(stage, policy.content, nameOf)),
    notAsked: plan.notAsked.map(({ stageKey, title }) => ({
      stageKey,
      title,
      why: whyNot(notAskedFor[stageKey]),
    })),
    problems: [
      ...choiceProblems(plan, who.approverIds).map(({ personId, pointer }) => ({
        code: 'APPROVER_NOT_ALLOWED',
        message: `${nameOf(personId)?.name ?? personId} is not within the range to choose from`,
        pointer,
      })),
      ...plan.problems.map(({ code, stageKey, dropped }) => ({
        code,
        message: [
          `nobody can sit in ${plan.stages.find(({ spec }) => spec.key === stageKey)?.spec.title ?? stageKey}`,
          ...dropped.map((one) => `${nameOf(one.personId)?.name ?? one.personId}: ${one.code}`),
        ].join('; '),
      })),
    ],
  };
}

/** `higher: <rules>`: they hold, but a higher level decides in their place; `not: <rules>`: none of them holds. */
function whyNot(of: { met: readonly string[]; unmet: readonly string[] } | undefined): string {
  if (!of) return 'not: ';
  return of.met.length > 0 ? `higher: ${of.met.join(' · ')}` : `not: ${of.unmet.join(' · ')}`;
}

export function plannedStageView(
  stage: PlannedStage,
  content: Pick<ApprovalPolicyContent, 'ladders'>,
  nameOf: (id: string) => PersonRef | null,
): PlannedStageView {
  const { spec } = stage;
  const ladder = content.ladders.find(({ key }) => key === spec.ladder);
  return {
    key: spec.key,
    title: spec.title,
    branch: spec.branch,
    quorum: quorumText(spec.quorum),
    seats: stage.seats.map((seat) => ({
      person: nameOf(seat.holderId),
      role: spec.resolver.kind === 'ROLE' ? spec.resolver.role : null,
      certainty: seat.certainty,
      why: [...seat.why],
    })),
    sla: ladder ? `${ladder.workMinutes} min` : null,
  };
}

/** A quorum as one code a screen can translate: `ALL`, `ANY`, `COUNT 2`, `RATIO 50`, `WEIGHT 5`, `finance ALL + legal ANY`. */
export function quorumText(rule: QuorumRule): string {
  switch (rule.kind) {
    case 'ALL':
    case 'ANY':
      return rule.kind;
    case 'COUNT':
      return `COUNT ${rule.count}`;
    case 'RATIO':
      return `RATIO ${rule.strict ? '>' : ''}${rule.percent}`;
    case 'WEIGHT':
      return `WEIGHT ${rule.weight}`;
    case 'PER_GROUP':
      return Object.entries(rule.groups)
        .map(([name, inner]) => `${name} ${quorumText(inner)}`)
        .join(' + ');
  }
}
