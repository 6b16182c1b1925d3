import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { OpportunityActivities } from '../../src/activities/opportunity.activities.js';
import type { StepKey } from '../../src/activities/process.activities.js';
import type { DealStep } from '../../src/domain/opportunity/attention.js';
import type { ProcessView } from '../../src/domain/process/view.js';
import { TASK_QUEUE } from '../../src/workflows/messages.js';
import { timeSkippingEnvironment } from '../support/temporal.js';
import { HOUR } from './fake-approval.js';
import { record, say, withWorker, workflowTasks } from './harness.js';

const DAY = 24 * HOUR;
let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
}, 120_000);
afterAll(() => environment?.teardown());

/** Somebody's deals as Postgres would tell of them: what is due, each at its instant. */
class FakeDeals implements OpportunityActivities {
  seq = 1;
  due: { kind: DealStep; at: number }[] = [];
  reads = 0;
  readonly told: { key: string; kind: DealStep; at: number }[] = [];

  readDeals = async (): Promise<ProcessView | null> => {
    this.reads += 1;
    const now = await environment.currentTimeMs();
    const [first] = [...this.due].sort((a, b) => a.at - b.at);
    const at = first ? new Date(first.at).toISOString() : null;
    return {
      seq: this.seq,
      stage: first?.kind ?? 'NO_DEALS',
      waitingOn: ['moses.frase'],
      dueAt: at,
      next: first
        ? {
            kind: first.kind,
            key: `${first.kind}/${first.at}`,
            at: at!,
            inMs: first.at - now,
            days: null,
            subjectId: 'p1',
          }
        : null,
      sentence: 'open deals of Moses Frase',
      owner: 'moses.frase',
      orgPath: ['CENTRAL'],
      amountBase: null,
      stuck: null,
      outcome: null,
    };
  };

  tellWhatIsDue = async ({ key }: StepKey, _ownerId: string, kind: DealStep): Promise<void> => {
    const at = await environment.currentTimeMs();
    this.told.push({ key, kind, at });
    this.due = this.due.filter((deal) => deal.kind !== kind || deal.at > at);
  };
}

function start(workflowId: string, input: object = {}): Promise<WorkflowHandle> {
  return environment.client.workflow.start('dealWatch', {
    workflowId,
    taskQueue: TASK_QUEUE,
    args: [{ ownerId: 'p1', ...input }],
  });
}

it('processes §3.2 tells the manager after 14 days, the owner of a passed close date, and of its drop', async () => {
  const deals = new FakeDeals();
  const from = await environment.currentTimeMs();
  deals.due = [
    { kind: 'DEALS_QUIET', at: from + 14 * DAY },
    { kind: 'DEALS_SLIPPED', at: from + 20 * DAY },
    { kind: 'DEALS_DROPPED', at: from + 25 * DAY },
  ];
  await withWorker(environment, deals, async () => {
    const workflowId = `deals/${randomUUID()}`;
    const handle = await start(workflowId);
    await environment.sleep(13 * DAY);
    expect(deals.told).toEqual([]);
    await environment.sleep(20 * DAY);
    expect(deals.told.map(({ kind, at }) => [kind, Math.round((at - from) / DAY)])).toEqual([
      ['DEALS_QUIET', 14],
      ['DEALS_SLIPPED', 20],
      ['DEALS_DROPPED', 25],
    ]);
    expect(new Set(deals.told.map(({ key }) => key)).size).toBe(3);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await record(handle, 'deals-told');
    await handle.terminate();
  });
});

it('a contact only puts off what is due: nobody tells the process, it reads when its timer fires and waits on', async () => {
  const deals = new FakeDeals();
  const from = await environment.currentTimeMs();
  deals.due = [{ kind: 'DEALS_QUIET', at: from + 14 * DAY }];
  await withWorker(environment, deals, async () => {
    const handle = await start(`deals/${randomUUID()}`);
    await environment.sleep(10 * DAY);
    deals.due = [{ kind: 'DEALS_QUIET', at: from + 24 * DAY }];
    await environment.sleep(10 * DAY);
    expect(deals.told).toEqual([]);
    await environment.sleep(5 * DAY);
    expect(deals.told.map(({ at }) => Math.round((at - from) / DAY))).toEqual([24]);
    expect(await workflowTasks(handle)).toBeLessThanOrEqual(8);
    await handle.terminate();
  });
});

it('a deal that is due earlier wakes it, and it waits for the next deal of somebody without any', async () => {
  const deals = new FakeDeals();
  const from = await environment.currentTimeMs();
  await withWorker(environment, deals, async () => {
    const handle = await start(`deals/${randomUUID()}`);
    await environment.sleep(100 * DAY);
    expect(deals.told).toEqual([]);
    deals.due = [{ kind: 'DEALS_SLIPPED', at: from + 101 * DAY }];
    deals.seq += 1;
    await say(handle, deals.seq);
    await environment.sleep(3 * DAY);
    expect(deals.told.map(({ kind }) => kind)).toEqual(['DEALS_SLIPPED']);
    await handle.terminate();
  });
});

it.each([1, 2, 3])('goes on as new after %i wakes without telling anything twice', async (wakesPerRun) => {
  const deals = new FakeDeals();
  const from = await environment.currentTimeMs();
  deals.due = [1, 2, 3, 4].map((days) => ({ kind: 'DEALS_QUIET', at: from + days * DAY }));
  await withWorker(environment, deals, async () => {
    const workflowId = `deals/${randomUUID()}`;
    const first = await start(workflowId, { wakesPerRun });
    await environment.sleep(6 * DAY);
    expect(deals.told.map(({ at }) => Math.round((at - from) / DAY))).toEqual([1, 2, 3, 4]);
    expect(new Set(deals.told.map(({ key }) => key)).size).toBe(4);
    const handle = environment.client.workflow.getHandle(workflowId);
    expect((await handle.describe()).runId).not.toBe(
      (first as { firstExecutionRunId?: string }).firstExecutionRunId,
    );
    if (wakesPerRun === 2)
      await record(
        environment.client.workflow.getHandle(
          workflowId,
          (first as { firstExecutionRunId?: string }).firstExecutionRunId,
        ),
        'deals-continued',
      );
    await handle.terminate();
  });
});
