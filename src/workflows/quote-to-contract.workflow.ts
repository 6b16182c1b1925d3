import {
  ApplicationFailure,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { DealActivities } from '../activities/deal.activities.js';
import type { PeopleActivities } from '../activities/people.activities.js';
import type { ProcessActivities } from '../activities/process.activities.js';
import type { NextStep } from '../domain/process/view.js';
import { ACTING, READING, READING_PATIENTLY } from './activity-options.js';
import type { QuoteToContractInput } from './messages.js';
import { follow, type StepKey } from './watch.js';

const { readDeal } = proxyLocalActivities<DealActivities>(READING);
const { readDeal: readPatiently } = proxyActivities<DealActivities>(READING_PATIENTLY);
const { fireDueRungs, expireReturned, takeEffect } = proxyActivities<ProcessActivities>(ACTING);
const leaver = proxyActivities<PeopleActivities>(ACTING);
const deal = proxyActivities<DealActivities>(ACTING);

/**
 * One version of a quotation: people approve it, the owner sends it, the customer accepts, declines or lets it expire;
 * an accepted one becomes a contract, which is reviewed, sealed and counter-signed: with the approved text it takes
 * effect, with another text it goes back to review. People act by commands; here is only what time does meanwhile.
 * @returns how it ended
 */
export async function quoteToContract(input: QuoteToContractInput): Promise<string> {
  const { quoteId, wakesPerRun } = input;
  return follow({
    process: 'quoteToContract',
    read: () => readDeal(quoteId),
    readPatiently: () => readPatiently(quoteId),
    oneAggregate: false,
    wakesPerRun,
    take: takeStep,
    again: () => continueAsNew<typeof quoteToContract>(input),
  });
}

/** What time does in each part of the story. */
function takeStep(step: NextStep, by: StepKey): Promise<void> {
  const { subjectId, at, days } = step;
  const as = (summary: string) => ({ ...ACTING, summary });
  switch (step.kind) {
    case 'LADDER':
      return fireDueRungs.executeWithOptions(as(`Ladder of the approval, due ${at}`), [by, subjectId]);
    case 'EXPIRE_RETURNED':
      return expireReturned.executeWithOptions(as(`Returned and forgotten, due ${at}`), [by, subjectId]);
    case 'TAKE_EFFECT':
      return takeEffect.executeWithOptions(as(`The approval takes effect, due ${at}`), [by, subjectId]);
    case 'REMIND_QUOTE':
      return deal.remindOfExpiry.executeWithOptions(as(`Reminds: expires in ${days} days`), [
        by,
        subjectId,
        days ?? 0,
      ]);
    case 'EXPIRE_QUOTE':
      return deal.expireQuote.executeWithOptions(as(`The quotation expires, ${at}`), [by, subjectId]);
    case 'EXPIRE_IN_APPROVAL':
      return deal.expireInApproval.executeWithOptions(
        as(`The quotation expires before it is decided, ${at}`),
        [by, subjectId],
      );
    case 'HAND_OVER_QUOTE':
      return leaver.handOverQuote.executeWithOptions(as('Goes to whoever takes over from its owner'), [
        by,
        subjectId,
      ]);
    case 'HAND_OVER_CONTRACT':
      return leaver.handOverContract.executeWithOptions(as('Goes to whoever takes over from its owner'), [
        by,
        subjectId,
      ]);
    case 'DRAFT_CONTRACT':
      return deal.draftContract.executeWithOptions(as('Drafts the contract of the accepted quotation'), [
        by,
        subjectId,
      ]);
    case 'REMIND_SEAL':
      return deal.remindOfSeal.executeWithOptions(as(`Reminds the seal keepers, due ${at}`), [by, subjectId]);
    case 'REMIND_SIGNATURE':
      return deal.remindOfSignature.executeWithOptions(as(`Reminds: unsigned for ${days} days`), [
        by,
        subjectId,
        days ?? 0,
      ]);
    case 'LAPSE_CONTRACT':
      return deal.lapseContract.executeWithOptions(as(`The customer never signed, lapses ${at}`), [
        by,
        subjectId,
      ]);
    default:
      throw ApplicationFailure.nonRetryable('no step of a deal', step.kind);
  }
}
