import { DomainError, type FieldError } from '../errors.js';

/** The stages of a deal (processes §3.2); probabilities and forecast categories are rows of `opportunity_stage`. */
export const OPPORTUNITY_STAGES = [
  'PROSPECTING',
  'QUALIFIED',
  'PROPOSAL',
  'QUOTED',
  'NEGOTIATION',
  'CONTRACTING',
  'WON',
  'LOST',
  'ON_HOLD',
] as const;
export type OpportunityStage = (typeof OPPORTUNITY_STAGES)[number];

/** What a deal is, as far as its stage depends on it. */
export interface StagedDeal {
  stage: OpportunityStage;
  customerId: string | null;
  /** ISO date */
  engagedOn: string | null;
}

export interface StageChange {
  to: OpportunityStage;
  /** why a deal was lost, and to whom; mandatory then (processes §3.2) */
  lostReason: string | null;
  competitor: string | null;
}

/** A deal that is won or lost is closed; every other stage is open, on hold included. */
export function isClosedStage(stage: OpportunityStage): boolean {
  return stage === 'WON' || stage === 'LOST';
}

/**
 * The stage a deal goes to and the day it closes. Going back is allowed, and reopening takes the close date away.
 * @param today ISO date in the owner's zone
 * @throws DomainError OPPORTUNITY.STATE already there · VALIDATION lost without reason or competitor, closed without customer
 */
export function changeStage(
  deal: StagedDeal,
  change: StageChange,
  today: string,
): {
  stage: OpportunityStage;
  closedOn: string | null;
  lostReason: string | null;
  competitor: string | null;
} {
  if (deal.stage === change.to) throw new DomainError('OPPORTUNITY.STATE', { stage: deal.stage });
  const errors: FieldError[] = [];
  if (change.to === 'LOST' && !change.lostReason)
    errors.push({ pointer: '/lostReason', code: 'REQUIRED', rule: 'a lost deal has a reason' });
  if (change.to === 'LOST' && !change.competitor)
    errors.push({ pointer: '/competitor', code: 'REQUIRED', rule: 'a lost deal names who won it' });
  if (isClosedStage(change.to) && deal.customerId === null)
    errors.push({ pointer: '/stage', code: 'NO_CUSTOMER', rule: 'a closed deal has a customer' });
  if (errors.length > 0) throw new DomainError('VALIDATION', {}, errors);
  const closesBefore = deal.engagedOn !== null && deal.engagedOn > today;
  return {
    stage: change.to,
    closedOn: isClosedStage(change.to) ? (closesBefore ? deal.engagedOn : today) : null,
    lostReason: change.to === 'LOST' ? change.lostReason : null,
    competitor: change.to === 'LOST' ? change.competitor : null,
  };
}
