import type { ApprovalEvent } from '../../domain/approval/events.js';
import type { Separation } from '../../domain/approval/separation-rules.js';
import type { NameOf, PersonRef } from './person-ref.js';
import { type StoredEvent } from './request-events.js';
import { castOf } from './cast.js';

/** One constraint as a person reads it. */
export interface SeparationRuleView {
  kind: Separation['kind'];
  /** DISTINCT only: the other stage's title */
  stage: string | null;
  /** NOT_BOTH only */
  roles: string[];
  /** MIN_PERSONS only */
  count: number | null;
}

/** What separated duties when somebody approved, all of it kept (AE-SOD-5). */
export interface SeparationCheckView {
  seq: number;
  at: string;
  /** the stage's title */
  stage: string;
  by: PersonRef | null;
  onBehalfOf: PersonRef | null;
  rules: SeparationRuleView[];
  /** people have changed since, and this one would refuse it now; the approval stands */
  drift: Separation['kind'] | null;
}

/** Every approval by a person, the first one first. */
export function separationView(events: readonly StoredEvent[], nameOf: NameOf): SeparationCheckView[] {
  const { seats, stages } = castOf(events);
  const titleOf = (key: string) =>
    [...stages.values()].find(({ spec }) => spec.key === key)?.spec.title ?? key;
  const payloads = events.map(({ payload }) => payload);
  return events.flatMap(({ seq, payload }): SeparationCheckView[] => {
    if (payload.type !== 'seat.decided' || !payload.separation) return [];
    const { decision, seatId, separation } = payload;
    const stage = stages.get(seats.get(seatId)?.stageId ?? '');
    return [
      {
        seq: Number(seq),
        at: decision.at,
        stage: stage?.spec.title ?? '',
        by: nameOf(decision.actor),
        onBehalfOf: nameOf(decision.onBehalfOf),
        rules: separation.map(({ constraint }) => ruleView(constraint, stage?.spec.key, titleOf)),
        drift: driftOf(payloads.slice(payloads.indexOf(payload) + 1), seatId),
      },
    ];
  });
}

/** Of the answer itself: one given later to the same task is not meant. */
function driftOf(later: readonly ApprovalEvent[], seatId: string): Separation['kind'] | null {
  const next = later.find(
    (event) =>
      (event.type === 'seat.drifted' || event.type === 'seat.decided' || event.type === 'seat.retracted') &&
      event.seatId === seatId,
  );
  return next?.type === 'seat.drifted' ? next.constraint : null;
}

function ruleView(
  constraint: Separation,
  own: string | undefined,
  titleOf: (key: string) => string,
): SeparationRuleView {
  const rule: SeparationRuleView = { kind: constraint.kind, stage: null, roles: [], count: null };
  switch (constraint.kind) {
    case 'DISTINCT':
      return { ...rule, stage: titleOf(constraint.stages.find((key) => key !== own) ?? '') };
    case 'NOT_BOTH':
      return { ...rule, roles: [...constraint.roles] };
    case 'MIN_PERSONS':
      return { ...rule, count: constraint.count };
    case 'NOT_INITIATOR':
    case 'NOT_BENEFICIARY':
    case 'NOT_REPORT_OF_INITIATOR':
      return rule;
  }
}
