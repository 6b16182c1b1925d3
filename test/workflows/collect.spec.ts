import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { TASK_QUEUE } from '../../src/workflows/messages.js';
import { timeSkippingEnvironment } from '../support/temporal.js';
import { FakeCase, ITEM } from './fake-case.js';
import { record, say, withWorker } from './harness.js';

const DAY = 86_400_000;
let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
}, 120_000);
afterAll(() => environment?.teardown());

/** A case whose one invoice of 1,000 is due on day 10; what happened is told by days since it was invoiced. */
async function story(
  tell: (it: {
    of: FakeCase;
    on: (day: number) => Promise<void>;
    hears: () => Promise<void>;
  }) => Promise<void>,
  wakesPerRun?: number,
): Promise<{ acts: string[]; result: unknown; handle: WorkflowHandle }> {
  const of = new FakeCase(() => environment.currentTimeMs(), await environment.currentTimeMs());
  return withWorker(environment, of, async () => {
    const handle = await environment.client.workflow.start('collect', {
      workflowId: `collect/${randomUUID()}`,
      taskQueue: TASK_QUEUE,
      args: [{ caseId: 'c1', wakesPerRun }],
    });
    const hears = () => say(handle, of.seq);
    const on = async (day: number) => {
      const left = of.begun + day * DAY - (await environment.currentTimeMs());
      if (left > 0) await environment.sleep(left);
    };
    await tell({ of, on, hears });
    return { acts: of.acts, result: await handle.result(), handle };
  });
}

const LADDER = [
  'day 3: statement',
  'day 9: reminder',
  'day 10: due',
  'day 13: friendly L1',
  'day 25: firm L2',
  'day 40: formal L3',
  'day 70: final L4',
  'day 100: legal L4',
];

describe('a case of collection (processes §3.4)', () => {
  it('nobody pays: −7, −1, 0, +3, +15, +30, +60 d, the decision at +90; then it is paid and closed', async () => {
    const { acts, result, handle } = await story(async ({ of, on, hears }) => {
      await on(200);
      of.pay('1000');
      await hears();
    });
    expect(acts).toEqual([...LADDER, 'day 200: closed']);
    expect(result).toBe('COLLECTION_CLOSED');
    await record(handle, 'collect-ladder');
  });

  it('payment stops the ladder (§3.7), whatever was waited for', async () => {
    const { acts, result } = await story(async ({ of, on, hears }) => {
      await on(20);
      of.pay('1000');
      await hears();
    });
    expect(acts).toEqual([...LADDER.slice(0, 4), 'day 20: closed']);
    expect(result).toBe('COLLECTION_CLOSED');
  });

  it('a promise holds; broken, the next step comes on the day after its hold', async () => {
    const { acts } = await story(async ({ of, on, hears }) => {
      await on(20);
      of.promise('1000', 30);
      await hears();
      await on(34);
      of.pay('1000');
      await hears();
    });
    expect(acts).toEqual([
      ...LADDER.slice(0, 4),
      'day 20: promised for day 30',
      'day 33: promise BROKEN',
      'day 33: firm L2',
      'day 34: closed',
    ]);
  });

  it('a kept promise is judged when the money comes', async () => {
    const { acts } = await story(async ({ of, on, hears }) => {
      await on(20);
      of.promise('500', 30);
      await hears();
      await on(22);
      of.pay('490');
      await hears();
      await on(26);
      of.pay('510');
      await hears();
    });
    expect(acts).toEqual([
      ...LADDER.slice(0, 4),
      'day 20: promised for day 30',
      'day 22: promise KEPT',
      'day 25: firm L2',
      'day 26: closed',
    ]);
  });

  it('a dispute holds its part only; rejected, the letter asks for all again', async () => {
    const asked: string[] = [];
    const { acts } = await story(async ({ of, on, hears }) => {
      of.onLetter = (amount) => asked.push(amount);
      await on(12);
      of.dispute('300');
      await hears();
      await on(30);
      of.dispute('0');
      await hears();
      await on(41);
      of.pay('1000');
      await hears();
    });
    expect(acts).toEqual([...LADDER.slice(0, 6), 'day 41: closed']);
    expect(asked.slice(3)).toEqual(['700.00', '700.00', '1000.00']);
  });

  it('a bounced payment brings the case back to the original due date', async () => {
    const { acts } = await story(async ({ of, on, hears }) => {
      of.open({ ...ITEM, id: 'later', dueOn: of.dateOf(400), outstanding: '1' });
      await on(20);
      of.pay('1000');
      await hears();
      await on(50);
      of.bounce('1000');
      await hears();
      await on(51);
      of.pay('1001');
      await hears();
    });
    expect(acts).toEqual([...LADDER.slice(0, 4), 'day 50: firm L2', 'day 51: closed']);
  });

  it('is many runs over the years and loses nothing', async () => {
    const { acts, result } = await story(async ({ of, on, hears }) => {
      await on(1000);
      of.pay('1000');
      await hears();
    }, 3);
    expect(acts).toEqual([...LADDER, 'day 1000: closed']);
    expect(result).toBe('COLLECTION_CLOSED');
  });
});
