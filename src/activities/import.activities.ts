import { Context } from '@temporalio/activity';
import type { DataSource } from 'typeorm';
import { failImport, importNextBatch, type ImportProgress } from '../commands/import/progress.js';
import { refusals } from './refusals.js';

export interface ImportActivities {
  /** Imports the job to its end, batch by batch. Progress is in Postgres: a repeat goes on where the last commit was. */
  importRows(jobId: string): Promise<ImportProgress>;
  /** Ends a job that cannot go on, with the reason its owner sees. */
  endFailedImport(jobId: string, failure: string): Promise<void>;
}

export function createImportActivities({ dataSource }: { dataSource: DataSource }): ImportActivities {
  return refusals<ImportActivities>({
    async importRows(jobId) {
      for (;;) {
        const progress = await importNextBatch(dataSource, jobId);
        if (progress.isFinished) return progress;
        Context.current().heartbeat(progress.rowsRead);
        Context.current().cancellationSignal.throwIfAborted();
      }
    },
    async endFailedImport(jobId, failure) {
      await failImport(dataSource, jobId, failure);
    },
  });
}
