import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH, TASK_QUEUE } from '../../src/workflows/messages.js';
import { timeSkippingEnvironment } from '../support/temporal.js';
import { withWorker } from './harness.js';

let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
}, 120_000);
afterAll(() => environment?.teardown());

function start(): Promise<WorkflowHandle> {
  return environment.client.workflow.start('importJob', {
    workflowId: `import/${randomUUID()}`,
    taskQueue: TASK_QUEUE,
    args: [{ jobId: 'j1' }],
  });
}

/** Rows of a file whose first attempts fail. */
function fakeImport(failures: Error[]) {
  const ended: string[] = [];
  const attempts: string[] = [];
  return {
    ended,
    attempts,
    importRows: (jobId: string) => {
      attempts.push(jobId);
      const failure = failures.shift();
      return failure ? Promise.reject(failure) : Promise.resolve({ isFinished: true, rowsRead: 8_800 });
    },
    endFailedImport: (_jobId: string, reason: string) => {
      ended.push(reason);
      return Promise.resolve();
    },
  };
}

describe('an import', () => {
  it('goes on by itself when a worker or Postgres was away', async () => {
    const rows = fakeImport([new Error('connection refused'), new Error('connection refused')]);
    const { importRows, endFailedImport } = rows;
    await withWorker(environment, { importRows, endFailedImport }, async () => {
      const handle = await start();
      expect(await handle.result()).toBe('DONE');
      const { typedSearchAttributes } = await handle.describe();
      expect([typedSearchAttributes.get(SEARCH.process), typedSearchAttributes.get(SEARCH.stage)]).toEqual([
        'import',
        'DONE',
      ]);
    });
    expect([rows.attempts, rows.ended]).toEqual([['j1', 'j1', 'j1'], []]);
  });

  it('that a rule refuses ends with a reason its owner can read', async () => {
    const rows = fakeImport([ApplicationFailure.nonRetryable('NOT_FOUND', 'NOT_FOUND')]);
    const { importRows, endFailedImport } = rows;
    await withWorker(environment, { importRows, endFailedImport }, async () => {
      expect(await (await start()).result()).toBe('FAILED');
    });
    expect(rows.ended).toEqual(['the import could not go on: NOT_FOUND']);
  });
});
