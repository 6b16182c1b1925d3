import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { DataSource } from 'typeorm';
import { failImport, importNextBatch, type ImportProgress } from '../commands/import/progress.js';
import { DomainError } from '../domain/errors.js';

export interface ImportActivities {
  /** Imports the job to its end, batch by batch. Progress is in Postgres: a repeat goes on where the last commit was. */
  importRows(jobId: string): Promise<ImportProgress>;
  /** Ends a job that cannot go on, with the reason its owner sees. */
  endFailedImport(jobId: string, failure: string): Promise<void>;
}

export function createImportActivities({ db }: { db: DataSource }): ImportActivities {
  return {
    async importRows(jobId) {
      try {
        let progress: ImportProgress;
        do {
          progress = await importNextBatch(db, jobId);
          Context.current().heartbeat(progress.rowsRead);
          Context.current().cancellationSignal.throwIfAborted();
        } while (!progress.isFinished);
        return progress;
      } catch (error) {
        if (error instanceof DomainError && error.code !== 'COMMAND_BUSY')
          throw ApplicationFailure.nonRetryable(error.message, error.code);
        throw error;
      }
    },
    async endFailedImport(jobId, failure) {
      await failImport(db, jobId, failure);
    },
  };
}
