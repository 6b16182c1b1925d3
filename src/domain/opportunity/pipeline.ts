/** Words of data in both languages. */
export interface Label {
  zh: string;
  en: string;
}

/** How sure a forecast may be of a deal (processes §3.2). */
export const FORECASTS = ['PIPELINE', 'BEST_CASE', 'COMMIT', 'CLOSED', 'OMITTED'] as const;
export type Forecast = (typeof FORECASTS)[number];
/** What a deal that is still sold may be forecast as. */
export const OPEN_FORECASTS = ['PIPELINE', 'BEST_CASE', 'COMMIT', 'OMITTED'] as const;
export type OpenForecast = (typeof OPEN_FORECASTS)[number];

/** What the server itself can tell of a deal before it leaves a stage. */
export const SERVER_CHECKS = [
  /** a customer is named */
  'CUSTOMER_KNOWN',
  /** what the customer needs is written down */
  'NEED_RECORDED',
  /** a contact of the customer decides (决定者) */
  'DECIDER_IDENTIFIED',
  'AMOUNT_SET',
  'CLOSE_DATE_SET',
  /** the customer has answered at least once: a done two-way activity */
  'TWO_WAY_CONTACT',
  /** a quotation of the deal is approved, sent or accepted */
  'QUOTE_APPROVED',
  /** an accepted quotation, or the agreed terms written down */
  'TERMS_AGREED',
  /** a contract of the deal is in force */
  'CONTRACT_EFFECTIVE',
] as const;
export type ServerCheck = (typeof SERVER_CHECKS)[number];

/** What must be so before a deal goes on: something the server knows, or an item somebody ticks. */
export type ExitCriterion = { kind: ServerCheck } | { kind: 'CHECK'; key: string; label: Label };

/** A stage of a deal that is being sold. */
export interface PipelineStage {
  key: string;
  name: Label;
  /** decimal string, 0–100 */
  probabilityPct: string;
  forecast: Exclude<OpenForecast, 'OMITTED'>;
  exit: readonly ExitCriterion[];
}

export interface LossReason {
  key: string;
  name: Label;
}

/** How one kind of deal is sold: versioned data, kind `pipeline.<key>` of the policies. */
export interface Pipeline {
  name: Label;
  /** in their order; a deal begins at the first */
  stages: readonly PipelineStage[];
  lossReasons: readonly LossReason[];
  /** calendar days without a two-way contact, after which the manager hears of a deal */
  stuckDays: number;
  /** work days after the reminder of a passed close date, until a deal drops to PIPELINE */
  slipWorkDays: number;
}

/** Where every pipeline ends or waits; no stage of a pipeline bears these names. */
export const END_STAGES = ['WON', 'LOST', 'ON_HOLD'] as const;
export type EndStage = (typeof END_STAGES)[number];
export const END_NAMES: Readonly<Record<EndStage, Label>> = {
  WON: { zh: '赢单', en: 'Won' },
  LOST: { zh: '输单', en: 'Lost' },
  ON_HOLD: { zh: '搁置', en: 'On hold' },
};

export const DEFAULT_PIPELINE = 'standard';
const KIND_PREFIX = 'pipeline.';

/** The kind of policy that holds a pipeline. */
export function pipelineKind(key: string): string {
  return `${KIND_PREFIX}${key}`;
}

/** The pipeline a kind of policy holds; null for other kinds. */
export function pipelineOfKind(kind: string): string | null {
  return kind.startsWith(KIND_PREFIX) ? kind.slice(KIND_PREFIX.length) : null;
}

export function isEndStage(stage: string): stage is EndStage {
  return (END_STAGES as readonly string[]).includes(stage);
}

/** A deal that is won or lost is closed; every other stage is open, on hold included. */
export function isClosedStage(stage: string): boolean {
  return stage === 'WON' || stage === 'LOST';
}

/** A deal that is being sold now: neither closed nor on hold. */
export function isActiveStage(stage: string): boolean {
  return !isEndStage(stage);
}

/** The stage of that key, or where it comes in the order; -1 and undefined when the pipeline has none. */
export function stageIndex(pipeline: Pipeline, key: string): number {
  return pipeline.stages.findIndex((stage) => stage.key === key);
}

/**
 * What a stage makes of a deal: won is certain and CLOSED, lost and on hold count for nothing (processes §3.2).
 * A stage the pipeline no longer has gives null: the deal keeps what it had.
 */
export function standingAt(
  pipeline: Pipeline,
  key: string,
): { probabilityPct: string; forecast: Forecast } | null {
  if (key === 'WON') return { probabilityPct: '100', forecast: 'CLOSED' };
  if (isEndStage(key)) return { probabilityPct: '0', forecast: 'OMITTED' };
  const stage = pipeline.stages[stageIndex(pipeline, key)];
  return stage ? { probabilityPct: stage.probabilityPct, forecast: stage.forecast } : null;
}
