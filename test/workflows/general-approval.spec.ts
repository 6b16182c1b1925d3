import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH, TASK_QUEUE, WAITING_FOR, type WaitingFor } from '../../src/workflows/messages.js';
import { timeSkippingEnvironment } from '../support/temporal.js';
import { FakeApproval, HOUR } from './fake-approval.js';
import { record, say, withWorker, workflowTasks } from './harness.js';

let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
}, 120_000);
afterAll(() => environment?.teardown());

function start(wakesPerRun?: number): Promise<WorkflowHandle> {
  return environment.client.workflow.start('generalApproval', {
    workflowId: `approval/${randomUUID()}`,
    taskQueue: TASK_QUEUE,
    args: [{ requestId: 'r1', wakesPerRun }],
  });
}

/** Time for everything that is under way to come to rest. */
function settled(): Promise<void> {
  return environment.sleep('1 minute');
}

describe('a general request', () => {
  it('with two approvers costs three workflow tasks', async () => {
    const approval = new FakeApproval(environment);
    await withWorker(environment, approval, async () => {
      const handle = await start();
      await settled();
      approval.decide('PENDING', ['melvin.marxen']);
      await say(handle, approval.seq);
      await settled();
      approval.decide('APPROVED');
      await say(handle, approval.seq);
      expect(await handle.result()).toBe('APPROVED');
      expect(await workflowTasks(handle)).toBe(3);
      await record(handle, 'general-approved');
    });
  });

  it('climbs the ladder at its instants, each rung under its own key', async () => {
    const approval = new FakeApproval(environment);
    const from = await environment.currentTimeMs();
    approval.rungs = [from + 4 * HOUR, from + 8 * HOUR, from + 40 * 24 * HOUR];
    const handle = await withWorker(environment, approval, async () => {
      const running = await start();
      await environment.sleep(9 * HOUR);
      expect(approval.fired.map(({ at }) => Math.round((at - from) / HOUR))).toEqual([4, 8]);
      approval.decide('REJECTED');
      await say(running, approval.seq);
      expect(await running.result()).toBe('REJECTED');
      return running;
    });
    expect(approval.fired.map(({ key }) => key)).toEqual([
      `${handle.workflowId}/rungs/r1/1/${new Date(from + 4 * HOUR).toISOString()}`,
      `${handle.workflowId}/rungs/r1/2/${new Date(from + 8 * HOUR).toISOString()}`,
    ]);
    await record(handle, 'general-ladder-rejected');
  });

  it('AE-TB-1, AE-WD-2 lets the approval take effect when its minutes are over, counted anew after a yes was taken back', async () => {
    const approval = new FakeApproval(environment);
    await withWorker(environment, approval, async () => {
      const handle = await start();
      await settled();
      const from = await environment.currentTimeMs();
      approval.decide('PENDING', []);
      approval.effectAt = from + HOUR;
      await say(handle, approval.seq);
      await settled();
      approval.decide('PENDING', ['dustin.brinkmann']);
      approval.effectAt = null;
      await say(handle, approval.seq);
      await environment.sleep(5 * HOUR);
      expect(approval.effects).toEqual([]);
      approval.decide('PENDING', []);
      const again = await environment.currentTimeMs();
      approval.effectAt = again + HOUR;
      await say(handle, approval.seq);
      expect(await handle.result()).toBe('APPROVED');
      expect(approval.effects.map((at) => Math.round((at - again) / HOUR))).toEqual([1]);
      await record(handle, 'general-effect-delay');
    });
  });

  it('AE-RV-1 of a revocation undoes what followed from the approval, as often as it takes', async () => {
    const revocation = new FakeApproval(environment);
    revocation.failsBefore = 3;
    await withWorker(environment, revocation, async () => {
      const handle = await start();
      await settled();
      revocation.isUndone = false;
      revocation.decide('APPROVED');
      await say(handle, revocation.seq);
      expect(await handle.result()).toBe('APPROVED');
      expect(revocation.compensations).toHaveLength(4);
      await record(handle, 'general-revocation-compensated');
    });
  });

  it('waits for months while it is returned, then ends withdrawn', async () => {
    const approval = new FakeApproval(environment);
    await withWorker(environment, approval, async () => {
      const handle = await start();
      await settled();
      approval.decide('RETURNED', ['anna.snelling']);
      await say(handle, approval.seq);
      await environment.sleep('90 days');
      expect(await handle.query<WaitingFor>(WAITING_FOR)).toEqual({
        stage: 'RETURNED',
        waitingOn: ['anna.snelling'],
        dueAt: null,
      });
      approval.decide('WITHDRAWN');
      await say(handle, approval.seq);
      expect(await handle.result()).toBe('WITHDRAWN');
      await record(handle, 'general-returned-withdrawn');
    });
  });

  it('returned and forgotten by its initiator, expires (AE-RES-2)', async () => {
    const approval = new FakeApproval(environment);
    await withWorker(environment, approval, async () => {
      const handle = await start();
      await settled();
      approval.decide('RETURNED', ['anna.snelling']);
      approval.returnedUntil = (await environment.currentTimeMs()) + 28 * 24 * HOUR;
      await say(handle, approval.seq);
      expect(await handle.result()).toBe('EXPIRED');
      await record(handle, 'general-returned-expired');
    });
    expect(approval.expired).toHaveLength(1);
    expect(approval.fired).toEqual([]);
  });

  it('reads nothing again for news of what it has read: repeated, late, out of order', async () => {
    const approval = new FakeApproval(environment);
    approval.seq = 7;
    await withWorker(environment, approval, async () => {
      const handle = await start();
      await settled();
      for (const seq of [7, 3, 7, 1]) await say(handle, seq);
      await environment.sleep('1 hour');
      expect(approval.reads).toBe(1);
      approval.decide('APPROVED');
      await Promise.all([say(handle, 8), say(handle, 8), say(handle, 2)]);
      expect(await handle.result()).toBe('APPROVED');
    });
  });

  it('believes no forged news: it reads, and nothing has changed', async () => {
    const approval = new FakeApproval(environment);
    await withWorker(environment, approval, async () => {
      const handle = await start();
      await settled();
      await say(handle, 1_000_000);
      await settled();
      expect((await handle.describe()).status.name).toBe('RUNNING');
      await handle.terminate();
    });
    expect(approval.fired).toEqual([]);
  });

  it('hears what is said while it reads and while a rung is fired', async () => {
    const approval = new FakeApproval(environment);
    await withWorker(environment, approval, async () => {
      const handle = await start();
      await settled();
      const now = await environment.currentTimeMs();
      approval.rungs = [now + HOUR];
      approval.seq += 1;
      approval.whileReading = async () => {
        approval.seq += 1;
        await say(handle, approval.seq);
      };
      approval.whileFiring = async () => {
        approval.decide('APPROVED');
        await say(handle, approval.seq + 1);
      };
      await say(handle, approval.seq);
      await settled();
      expect(approval.reads).toBe(3);
      await environment.sleep('2 hours');
      expect(await handle.result()).toBe('APPROVED');
      expect(approval.fired).toHaveLength(1);
    });
  });

  it('does not insist on a step that a rule refuses: shows it and tries again in an hour', async () => {
    const approval = new FakeApproval(environment);
    let attempts = 0;
    const activities = {
      readApproval: approval.readApproval,
      fireDueRungs: () => {
        attempts += 1;
        return Promise.reject(ApplicationFailure.nonRetryable('POLICY_ERROR', 'POLICY_ERROR'));
      },
    };
    await withWorker(environment, activities, async () => {
      approval.rungs = [await environment.currentTimeMs()];
      const handle = await start();
      await environment.sleep('30 minutes');
      expect(attempts).toBe(1);
      const { typedSearchAttributes } = await handle.describe();
      expect(typedSearchAttributes.get(SEARCH.stuck)).toBe('POLICY_ERROR');
      await environment.sleep('45 minutes');
      expect(attempts).toBe(2);
      approval.decide('TERMINATED');
      await say(handle, approval.seq);
      expect(await handle.result()).toBe('TERMINATED');
      await record(handle, 'general-stalled-terminated');
    });
  });

  it('keeps reading while Postgres is away, as an activity that operators see', async () => {
    const approval = new FakeApproval(environment);
    let failures = 5;
    const activities = {
      fireDueRungs: approval.fireDueRungs,
      readApproval: () => {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new Error('connection refused')) : approval.readApproval();
      },
    };
    await withWorker(environment, activities, async () => {
      const handle = await start();
      await settled();
      approval.decide('APPROVED');
      await say(handle, approval.seq);
      expect(await handle.result()).toBe('APPROVED');
      await record(handle, 'general-postgres-away');
    });
  });

  it('fails when Postgres does not know the request, so that it may start anew', async () => {
    const approval = new FakeApproval(environment);
    approval.isKnown = false;
    await withWorker(environment, approval, async () => {
      const handle = await start();
      const failure = await handle.result().catch((error: unknown) => error);
      expect((failure as WorkflowFailedError).cause).toMatchObject({ type: 'GONE' });
      await record(handle, 'general-gone');
    });
  });

  it('cancelled from outside, ends without touching the request', async () => {
    const approval = new FakeApproval(environment);
    approval.rungs = [(await environment.currentTimeMs()) + HOUR];
    await withWorker(environment, approval, async () => {
      const handle = await start();
      await settled();
      await handle.cancel();
      const failure = await handle.result().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(WorkflowFailedError);
      expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
      await record(handle, 'general-cancelled');
    });
    expect(approval.fired).toEqual([]);
    expect(approval.state).toBe('PENDING');
  });

  it.each([1, 2, 3, 400])('continued as new after every %i wakes, does the same (4.18-12)', async (wakes) => {
    const approval = new FakeApproval(environment);
    const from = await environment.currentTimeMs();
    approval.rungs = [from + HOUR, from + 2 * HOUR, from + 3 * HOUR];
    await withWorker(environment, approval, async () => {
      const handle = await start(wakes);
      await environment.sleep(1.5 * HOUR);
      await say(handle, 1);
      approval.seq += 1;
      await say(handle, approval.seq);
      await environment.sleep(2 * HOUR);
      expect(approval.fired.map(({ at }) => Math.round((at - from) / HOUR))).toEqual([1, 2, 3]);
      approval.decide('EXPIRED');
      await say(handle, approval.seq);
      expect(await handle.result()).toBe('EXPIRED');
    });
  });
});
