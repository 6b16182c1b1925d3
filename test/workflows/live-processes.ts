import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { DataSource } from 'typeorm';
import { createContractActivities } from '../../src/activities/contract.activities.js';
import { createDealActivities } from '../../src/activities/deal.activities.js';
import { createOpportunityActivities } from '../../src/activities/opportunity.activities.js';
import { createPricingActivities } from '../../src/activities/pricing.activities.js';
import { createProcessActivities } from '../../src/activities/process.activities.js';
import { createLogger } from '../../src/log.js';
import { temporalDelivery } from '../../src/relay/deliver.js';
import { startRelay } from '../../src/relay/relay.js';
import { TASK_QUEUE } from '../../src/workflows/messages.js';
import { BUNDLE } from './harness.js';

/** Relay and worker over one database and one real Temporal server, as `worker.ts` puts them together. */
export async function startProcesses(
  environment: TestWorkflowEnvironment,
  dataSource: DataSource,
  more: object = {},
): Promise<{ stop: () => Promise<void> }> {
  const { url: databaseUrl } = dataSource.options as { url: string };
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue: TASK_QUEUE,
    workflowBundle: BUNDLE,
    activities: {
      ...createProcessActivities({ dataSource }),
      ...createDealActivities({ dataSource }),
      ...createContractActivities({ dataSource }),
      ...createOpportunityActivities({ dataSource }),
      ...createPricingActivities({ dataSource }),
      ...more,
    },
  });
  const ended = worker.run();
  const deliver = temporalDelivery(environment.client, dataSource);
  const relay = startRelay({ dataSource, databaseUrl, deliver, log: createLogger('test') });
  return {
    stop: async () => {
      await relay.stop();
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}
