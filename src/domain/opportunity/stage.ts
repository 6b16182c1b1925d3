import { DomainError, type FieldError } from '../errors.js';
import { criteriaBetween, type CriterionState, type ExitFacts } from './exit.js';
import {
  isActiveStage,
  isClosedStage,
  isEndStage,
  stageIndex,
  standingAt,
  type Forecast,
  type Pipeline,
} from './pipeline.js';

/** What a deal is, as far as its stage depends on it. */
export interface StagedDeal {
  stage: string;
  /** the stage it was last sold at: its own, or the one before it was closed or put on hold */
  openStage: string;
  customerId: string | null;
  /** ISO date */
  engagedOn: string | null;
}

export interface StageChange {
  to: string;
  /** why it goes back, is reopened or put on hold; mandatory then */
  reason: string | null;
  /** why a deal was lost, one of the pipeline's reasons, and to whom; mandatory then (processes §3.2) */
  lostReason: string | null;
  competitor: string | null;
  /** ISO date: when a deal on hold is looked at again; mandatory then */
  resumeOn: string | null;
}

export interface StageContext {
  pipeline: Pipeline;
  facts: ExitFacts;
  /** ISO date in the owner's zone */
  today: string;
  /** whether something is planned next; mandatory for a deal that is sold (D1) */
  hasNext: boolean;
}

/** How a deal moved, for its history. */
export type Direction = 'FORWARD' | 'BACK' | 'REOPENED' | 'RESUMED' | 'HELD' | 'WON' | 'LOST';

export interface NewStage {
  stage: string;
  openStage: string;
  direction: Direction;
  probabilityPct: string;
  forecast: Forecast;
  closedOn: string | null;
  lostReason: string | null;
  resumeOn: string | null;
}

/**
 * The stage a deal goes to. Forward, every stage it leaves or jumps over must have met its exit criteria, also when the
 * deal was closed or on hold in between; back is allowed with a reason, and logged.
 * @throws DomainError OPPORTUNITY.STATE already there · OPPORTUNITY.EXIT_CRITERIA with what is missing · VALIDATION the
 *   fields the change lacks: lost without reason or competitor, closed without customer, on hold without a day to look again,
 *   back without a reason, nothing planned next, a stage the pipeline does not have
 */
export function changeStage(deal: StagedDeal, change: StageChange, context: StageContext): NewStage {
  const { to } = change;
  if (deal.stage === to) throw new DomainError('OPPORTUNITY.STATE', { stage: deal.stage });
  const standing = standingAt(context.pipeline, to);
  if (!standing)
    throw new DomainError('VALIDATION', {}, [field('/stage', 'UNKNOWN_STAGE', 'a stage of the pipeline')]);
  const direction = directionOf(deal, to, context.pipeline);
  const errors = [...lacking(deal, change, context), ...lackingReason(change, direction)];
  if (errors.length > 0) throw new DomainError('VALIDATION', {}, errors);
  const missing = missingCriteria(deal, to, context);
  if (missing.length > 0) throw new DomainError('OPPORTUNITY.EXIT_CRITERIA', { missing });
  return {
    stage: to,
    openStage: isActiveStage(to) ? to : deal.openStage,
    direction,
    ...standing,
    closedOn: isClosedStage(to) ? closingDay(deal.engagedOn, context.today) : null,
    lostReason: to === 'LOST' ? change.lostReason : null,
    resumeOn: to === 'ON_HOLD' ? change.resumeOn : null,
  };
}

/** What keeps a deal from that stage; empty when it may go there, or goes back. */
export function missingCriteria(
  { openStage }: Pick<StagedDeal, 'openStage'>,
  to: string,
  { pipeline, facts }: Pick<StageContext, 'pipeline' | 'facts'>,
): CriterionState[] {
  if (to === 'LOST' || to === 'ON_HOLD') return [];
  const end = to === 'WON' ? pipeline.stages.length : stageIndex(pipeline, to);
  return criteriaBetween(pipeline, stageIndex(pipeline, openStage), end, facts).filter(({ met }) => !met);
}

/** How a deal that stands there gets to another stage. */
export function directionOf(
  { stage, openStage }: Pick<StagedDeal, 'stage' | 'openStage'>,
  to: string,
  pipeline: Pipeline,
): Direction {
  if (to === 'WON' || to === 'LOST') return to;
  if (to === 'ON_HOLD') return 'HELD';
  if (isClosedStage(stage)) return 'REOPENED';
  const back = stageIndex(pipeline, to) < stageIndex(pipeline, openStage);
  if (stage === 'ON_HOLD') return back ? 'BACK' : 'RESUMED';
  return back ? 'BACK' : 'FORWARD';
}

function lacking(deal: StagedDeal, change: StageChange, context: StageContext): FieldError[] {
  const { to } = change;
  const errors: FieldError[] = [];
  const known = context.pipeline.lossReasons.some(({ key }) => key === change.lostReason);
  if (to === 'LOST' && !change.lostReason)
    errors.push(field('/lostReason', 'REQUIRED', 'a lost deal has a reason'));
  else if (to === 'LOST' && !known)
    errors.push(field('/lostReason', 'UNKNOWN_REASON', 'one of the reasons of the pipeline'));
  if (to === 'LOST' && !change.competitor)
    errors.push(field('/competitor', 'REQUIRED', 'a lost deal names who won it'));
  if (isClosedStage(to) && deal.customerId === null)
    errors.push(field('/stage', 'NO_CUSTOMER', 'a closed deal has a customer'));
  if (to === 'ON_HOLD' && (change.resumeOn === null || change.resumeOn <= context.today))
    errors.push(field('/resumeOn', 'REQUIRED', 'a day to come on which it is looked at again'));
  if (!isEndStage(to) && !context.hasNext)
    errors.push(field('/next', 'REQUIRED', 'a deal that is sold has a next activity'));
  return errors;
}

function lackingReason({ reason }: StageChange, direction: Direction): FieldError[] {
  const needed = direction === 'BACK' || direction === 'REOPENED' || direction === 'HELD';
  return needed && !reason ? [field('/reason', 'REQUIRED', 'why it goes back or waits')] : [];
}

/** A deal never closes before it began. */
function closingDay(engagedOn: string | null, today: string): string {
  return engagedOn !== null && engagedOn > today ? engagedOn : today;
}

function field(pointer: string, code: string, rule: string): FieldError {
  return { pointer, code, rule };
}
