import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { PricingActivities } from '../activities/pricing.activities.js';
import { MOVING_SEATS, READING, READING_PATIENTLY } from './activity-options.js';
import type { PriceChangeInput } from './messages.js';
import { follow } from './watch.js';

const { readPriceChange } = proxyLocalActivities<PricingActivities>(READING);
const { readPriceChange: readPatiently } = proxyActivities<PricingActivities>(READING_PATIENTLY);
const { applyPriceChange } = proxyActivities<PricingActivities>(MOVING_SEATS);

/**
 * Prices, costs or rates change from an instant on: then what is in approval is looked at again, and a second time a little
 * later, for quotations that were being submitted just then.
 * @returns how it ended
 */
export async function priceChange(input: PriceChangeInput): Promise<string> {
  const { changeId, wakesPerRun } = input;
  return follow({
    process: 'priceChange',
    read: () => readPriceChange(changeId),
    readPatiently: () => readPatiently(changeId),
    oneAggregate: false,
    wakesPerRun,
    take: ({ at }, by) =>
      applyPriceChange.executeWithOptions(
        { ...MOVING_SEATS, summary: `Looks at quotations in approval, due ${at}` },
        [by, changeId],
      ),
    again: () => continueAsNew<typeof priceChange>(input),
  });
}
