import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { OpportunityActivities } from '../activities/opportunity.activities.js';
import type { DealStep } from '../domain/opportunity/attention.js';
import { MOVING_SEATS, READING, READING_PATIENTLY } from './activity-options.js';
import type { DealWatchInput } from './messages.js';
import { follow } from './watch.js';

const { readDeals } = proxyLocalActivities<OpportunityActivities>(READING);
const { readDeals: readPatiently } = proxyActivities<OpportunityActivities>(READING_PATIENTLY);
const { tellWhatIsDue } = proxyActivities<OpportunityActivities>(MOVING_SEATS);

/**
 * Watches over the open deals of one person for as long as they sell: whichever of them is due first is what it sleeps
 * until (ADR 0201). The manager hears of a deal without contact; its owner of a passed close date, some work days later of
 * its drop, and of a deal on hold on the day it is to be looked at again. Never ends; runs are cut and go on as new.
 */
export async function dealWatch(input: DealWatchInput): Promise<string> {
  const { ownerId, wakesPerRun } = input;
  return follow({
    process: 'dealWatch',
    read: () => readDeals(ownerId),
    readPatiently: () => readPatiently(ownerId),
    oneAggregate: false,
    wakesPerRun,
    take: ({ kind, at }, by) =>
      tellWhatIsDue.executeWithOptions({ ...MOVING_SEATS, summary: `${kind}, due ${at}` }, [
        by,
        ownerId,
        kind as DealStep,
      ]),
    again: () => continueAsNew<typeof dealWatch>(input),
  });
}
