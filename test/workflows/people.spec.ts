import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { TASK_QUEUE } from '../../src/workflows/messages.js';
import { timeSkippingEnvironment } from '../support/temporal.js';
import { HOUR } from './fake-approval.js';
import { FakeStaffChange } from './fake-people.js';
import { record, withWorker } from './harness.js';

let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
}, 120_000);
afterAll(() => environment?.teardown());

function start(workflowId: string): Promise<WorkflowHandle> {
  return environment.client.workflow.start('staffChange', {
    workflowId,
    taskQueue: TASK_QUEUE,
    args: [{ changeId: 'c1' }],
  });
}

it('AE-LEAVE-1 looks at once and a second time a little later, each under its own key', async () => {
  const change = new FakeStaffChange(environment);
  const from = await environment.currentTimeMs();
  change.looks = [from, from + 40_000];
  await withWorker(environment, change, async () => {
    const workflowId = `staff-change/${randomUUID()}`;
    const handle = await start(workflowId);
    expect(await handle.result()).toBe('SETTLED');
    expect(change.taken.map(({ key }) => key)).toEqual([`${workflowId}/look/1`, `${workflowId}/look/2`]);
    expect(Math.round((change.taken[1]!.at - from) / 1_000)).toBeGreaterThanOrEqual(40);
    await record(handle, 'staff-left');
  });
});

it('4.5 a role that ends by itself is looked at when it ends', async () => {
  const change = new FakeStaffChange(environment, 'STAFF:ROLE_LOST');
  const from = await environment.currentTimeMs();
  const ends = from + 200 * 24 * HOUR;
  change.looks = [ends, ends + 40_000];
  await withWorker(environment, change, async () => {
    const handle = await start(`staff-change/${randomUUID()}`);
    await environment.sleep(199 * 24 * HOUR);
    expect(change.taken).toEqual([]);
    expect(await handle.result()).toBe('SETTLED');
    expect(change.taken[0]!.at).toBeGreaterThanOrEqual(ends);
    await record(handle, 'staff-role-ended');
  });
});
