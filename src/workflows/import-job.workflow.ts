import {
  ActivityFailure,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { ImportActivities } from '../activities/import.activities.js';
import { SEARCH, type ImportJobInput } from './messages.js';

const { importRows } = proxyActivities<ImportActivities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '1 minute',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
  summary: 'Imports the rows, batch by batch',
});
const { endFailedImport } = proxyActivities<ImportActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
  summary: 'Tells the owner why it cannot go on',
});

/** A file on its way into the tables: all its rows, or a reason its owner can read. What was imported stays. */
export async function importJob({ jobId }: ImportJobInput): Promise<'DONE' | 'FAILED'> {
  show('IMPORTING', 'The rows of the file are being imported');
  try {
    const { rowsRead } = await importRows(jobId);
    show('DONE', `${rowsRead} rows read`);
    return 'DONE';
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    const reason = `the import could not go on: ${error.cause?.message ?? error.message}`;
    await endFailedImport(jobId, reason);
    show('FAILED', reason);
    return 'FAILED';
  }
}

function show(stage: string, details: string): void {
  upsertSearchAttributes([
    { key: SEARCH.process, value: 'import' },
    { key: SEARCH.stage, value: stage },
  ]);
  setCurrentDetails(details);
}
