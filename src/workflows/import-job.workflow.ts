import { ActivityFailure, isCancellation, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { ImportActivities } from '../activities/import.activities.js';
import type { ImportJobInput } from './messages.js';

const { importRows } = proxyActivities<ImportActivities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '1 minute',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});
const { endFailedImport } = proxyActivities<ImportActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
});

/** A file on its way into the tables: all its rows, or a reason its owner can read. What was imported stays. */
export async function importJob({ jobId }: ImportJobInput): Promise<void> {
  setCurrentDetails(`Imports the rows of job ${jobId}`);
  try {
    const { rowsRead } = await importRows(jobId);
    setCurrentDetails(`Done: ${rowsRead} rows read`);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    await endFailedImport(jobId, `the import could not go on: ${error.cause?.message ?? error.message}`);
    setCurrentDetails('Ended with an error');
  }
}
