import { Context } from '@temporalio/activity';
import type { DataSource } from 'typeorm';
import { applyPriceChange } from '../commands/product/price-change.js';
import type { ProcessView } from '../domain/process/view.js';
import { priceProcess } from '../queries/process/price-process.js';
import type { StepKey } from './process.activities.js';
import { refusals } from './refusals.js';

export interface PricingActivities {
  /** What is so with a change of prices; null when there is no such change. */
  readPriceChange(changeId: string): Promise<ProcessView | null>;
  /** Looks at what is in approval, request by request. A repeat goes on where it was and asks nobody twice. */
  applyPriceChange(step: StepKey, changeId: string): Promise<void>;
}

export function createPricingActivities({ dataSource }: { dataSource: DataSource }): PricingActivities {
  return refusals<PricingActivities>({
    readPriceChange(changeId) {
      return priceProcess(dataSource, changeId);
    },
    async applyPriceChange(step, changeId) {
      await applyPriceChange(dataSource, step, changeId, (requestId) => {
        Context.current().heartbeat(requestId);
        Context.current().cancellationSignal.throwIfAborted();
      });
    },
  });
}
