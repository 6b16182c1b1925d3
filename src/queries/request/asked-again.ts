import type { BrokenStage } from '../../domain/approval/earlier.js';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import type { Measure } from '../../domain/approval/envelope.js';
import type { ApprovalEvent } from '../../domain/approval/events.js';
import type { PolicyInput } from '../../domain/approval/policy.js';
import type { StoredEvent } from './request-events.js';

/** A stage that the present round asks again, or for the first time, and which dimensions of its envelopes the subject broke. */
export interface AskedAgain {
  stageKey: string;
  title: string;
  code: BrokenStage['code'];
  dimensions: { dimension: string; label: string; allowed: Measure | null; value: Measure | null }[];
}

export type Opening = Extract<ApprovalEvent, { type: 'request.submitted' }>;

/** How the present round was opened. */
export function lastOpening(events: readonly StoredEvent[]): Opening | undefined {
  return events
    .map(({ payload }) => payload)
    .filter((event) => event.type === 'request.submitted')
    .at(-1);
}

/** What the round asks again: since it was opened, and because of what was changed or read anew, each stage by the last of it. */
export function brokenIn(opened: readonly BrokenStage[], events: readonly StoredEvent[]): BrokenStage[] {
  const since = events.findLastIndex(
    ({ type }) => type === 'request.submitted' || type === 'request.migrated',
  );
  const edits = events
    .slice(since + 1)
    .flatMap(({ payload }) =>
      payload.type === 'subject.edited' || payload.type === 'request.reassessed'
        ? (payload.broken ?? [])
        : [],
    );
  const all = [...opened, ...edits];
  return all.filter(
    ({ stageKey }, index) => !all.slice(index + 1).some((later) => later.stageKey === stageKey),
  );
}

export function askedAgain(
  broken: readonly BrokenStage[],
  stages: readonly Pick<StageSpec, 'key' | 'title'>[],
  labels: readonly Pick<PolicyInput, 'name' | 'label'>[],
): AskedAgain[] {
  return broken.map(({ stageKey, code, breaches }) => ({
    stageKey,
    title: stages.find(({ key }) => key === stageKey)?.title ?? stageKey,
    code,
    dimensions: breaches.map((breach) => ({
      ...breach,
      label: labels.find(({ name }) => name === breach.dimension)?.label ?? breach.dimension,
    })),
  }));
}
