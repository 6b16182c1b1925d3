import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { TASK_QUEUE } from '../../src/workflows/messages.js';
import { timeSkippingEnvironment } from '../support/temporal.js';
import { HOUR } from './fake-approval.js';
import { FakePeople } from './fake-people.js';
import { record, say, withWorker } from './harness.js';

let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
}, 120_000);
afterAll(() => environment?.teardown());

function start(workflowId: string): Promise<WorkflowHandle> {
  const isAbsence = workflowId.startsWith('absence/');
  return environment.client.workflow.start(isAbsence ? 'absence' : 'staffChange', {
    workflowId,
    taskQueue: TASK_QUEUE,
    args: [isAbsence ? { absenceId: 'a1' } : { changeId: 'c1' }],
  });
}

it('AE-LEAVE-1 looks at once and a second time a little later, each under its own key', async () => {
  const change = new FakePeople(environment);
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
  const change = new FakePeople(environment, 'STAFF:ROLE_LOST');
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

it('AE-ABS-1, AE-ABS-2 an absence waits for its start, acts, waits for its end, acts twice', async () => {
  const away = new FakePeople(environment, 'ABSENCE:COMING');
  const from = await environment.currentTimeMs();
  const days = (count: number) => from + count * 24 * HOUR;
  away.looks = [days(10), days(24), days(24) + 40_000];
  await withWorker(environment, away, async () => {
    const handle = await start(`absence/${randomUUID()}`);
    await environment.sleep(9 * 24 * HOUR);
    expect(away.taken).toEqual([]);
    await environment.sleep(2 * 24 * HOUR);
    expect(away.taken.map(({ at }) => Math.round((at - from) / (24 * HOUR)))).toEqual([10]);
    expect(await handle.result()).toBe('SETTLED');
    expect(away.taken.map(({ at }) => Math.round((at - from) / (24 * HOUR)))).toEqual([10, 24, 24]);
    await record(handle, 'absence-over');
  });
});

it('AE-ABS-2 taken back early: it hears of it and gives back at once', async () => {
  const away = new FakePeople(environment, 'ABSENCE:AWAY');
  const from = await environment.currentTimeMs();
  away.looks = [from, from + 60 * 24 * HOUR];
  await withWorker(environment, away, async () => {
    const handle = await start(`absence/${randomUUID()}`);
    await environment.sleep(24 * HOUR);
    expect(away.taken).toHaveLength(1);
    away.looks = [await environment.currentTimeMs()];
    away.seq += 1;
    await say(handle, away.seq);
    expect(await handle.result()).toBe('SETTLED');
    expect(Math.round((away.taken[1]!.at - from) / (24 * HOUR))).toBe(1);
    await record(handle, 'absence-cancelled');
  });
});
