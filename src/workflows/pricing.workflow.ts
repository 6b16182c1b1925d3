import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { PricingActivities } from '../activities/pricing.activities.js';
import { MOVING_SEATS, READING, READING_PATIENTLY } from './activity-options.js';
import type { PriceChangeInput } from './messages.js';
import { Watch } from './watch.js';

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
  const watch = new Watch({
    process: 'priceChange',
    read: () => readPriceChange(changeId),
    readPatiently: () => readPatiently(changeId),
    oneAggregate: false,
    wakesPerRun,
  });
  for (;;) {
    const change = await watch.read();
    if (change.outcome) return change.outcome;

    const step = await watch.stepDue(change);
    if (step) {
      const options = { ...MOVING_SEATS, summary: `Looks at quotations in approval, due ${step.at}` };
      await watch.take(step, (by) => applyPriceChange.executeWithOptions(options, [by, changeId]));
    }
    if (watch.isRunLong) await continueAsNew<typeof priceChange>(input);
  }
}
