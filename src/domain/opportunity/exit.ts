import type { ExitCriterion, Pipeline, ServerCheck } from './pipeline.js';

/** What is so with a deal, as far as exit criteria ask for it. */
export interface ExitFacts {
  /** checks the server answers; what is not listed is not so */
  met: ReadonlySet<ServerCheck>;
  /** ticked items, `stage/key` */
  ticked: ReadonlySet<string>;
}

export interface CriterionState {
  stage: string;
  criterion: ExitCriterion;
  met: boolean;
}

/** The name an item of the list is ticked under. */
export function tickName(stage: string, key: string): string {
  return `${stage}/${key}`;
}

/** Every criterion of the stages from `from` up to, and without, `to`, each with whether it is met. */
export function criteriaBetween(
  pipeline: Pipeline,
  from: number,
  to: number,
  facts: ExitFacts,
): CriterionState[] {
  return pipeline.stages
    .slice(Math.max(0, from), Math.max(0, to))
    .flatMap(({ key: stage, exit }) =>
      exit.map((criterion) => ({ stage, criterion, met: isMet(stage, criterion, facts) })),
    );
}

function isMet(stage: string, criterion: ExitCriterion, { met, ticked }: ExitFacts): boolean {
  return criterion.kind === 'CHECK' ? ticked.has(tickName(stage, criterion.key)) : met.has(criterion.kind);
}
