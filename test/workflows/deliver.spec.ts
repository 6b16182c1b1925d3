import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { DeliveryActivities, DeliveryOutcome } from '../../src/activities/delivery.activities.js';
import { TASK_QUEUE } from '../../src/workflows/messages.js';
import { timeSkippingEnvironment } from '../support/temporal.js';
import { HOUR } from './fake-approval.js';
import { record, withWorker } from './harness.js';

let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
}, 120_000);
afterAll(() => environment?.teardown());

const SENT: DeliveryOutcome = { state: 'SENT', waitMs: null };

/** A channel that answers as scripted, then takes everything. */
class FakeOffice implements DeliveryActivities {
  readonly attempts: number[] = [];
  readonly ended: string[] = [];

  constructor(private readonly answers: (Error | DeliveryOutcome)[]) {}

  sendDelivery = async (): Promise<DeliveryOutcome> => {
    this.attempts.push(await environment.currentTimeMs());
    const answer = this.answers.shift() ?? SENT;
    if (answer instanceof Error) throw answer;
    return answer;
  };

  endFailedDelivery = (_id: string, error: string): Promise<void> => {
    this.ended.push(error);
    return Promise.resolve();
  };

  get activities() {
    return { sendDelivery: this.sendDelivery, endFailedDelivery: this.endFailedDelivery };
  }
}

function start(): Promise<WorkflowHandle> {
  return environment.client.workflow.start('deliver', {
    workflowId: `deliver/${randomUUID()}`,
    taskQueue: TASK_QUEUE,
    args: [{ deliveryId: 'd1' }],
  });
}

describe('a message', () => {
  it('that a server puts off is tried again, soon at first and then less often', async () => {
    const office = new FakeOffice([new Error('421'), new Error('421'), new Error('421')]);
    await withWorker(environment, office.activities, async () => {
      const handle = await start();
      expect(await handle.result()).toBe('SENT');
      await record(handle, 'deliver-retried');
    });
    const [first, second, third, fourth] = office.attempts as [number, number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(2_000);
    expect(third - second).toBeGreaterThanOrEqual(6_000);
    expect(fourth - third).toBeGreaterThanOrEqual(18_000);
    expect(office.ended).toEqual([]);
  });

  it('refused for good is not tried again', async () => {
    const office = new FakeOffice([ApplicationFailure.nonRetryable('550 no such user', 'REJECTED')]);
    await withWorker(environment, office.activities, async () => {
      expect(await (await start()).result()).toBe('FAILED');
    });
    expect([office.attempts.length, office.ended]).toEqual([1, ['550 no such user']]);
  });

  it('that nobody takes is given up, and that is recorded', async () => {
    const office = new FakeOffice(Array.from({ length: 30 }, () => new Error('connection refused')));
    await withWorker(environment, office.activities, async () => {
      const handle = await start();
      expect(await handle.result()).toBe('FAILED');
      await record(handle, 'deliver-failed');
    });
    expect([office.attempts.length, office.ended]).toEqual([20, ['connection refused']]);
  });

  it('in quiet hours waits for their end and is looked at again', async () => {
    const office = new FakeOffice([{ state: 'WAITING', waitMs: 8 * HOUR }]);
    await withWorker(environment, office.activities, async () => {
      const handle = await start();
      expect(await handle.result()).toBe('SENT');
      await record(handle, 'deliver-after-quiet-hours');
    });
    const [first, second] = office.attempts as [number, number];
    expect(second - first).toBeGreaterThanOrEqual(8 * HOUR);
  });
});
