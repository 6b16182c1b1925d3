import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { CalendarActivities } from '../../src/activities/calendar.activities.js';
import type { PricingActivities } from '../../src/activities/pricing.activities.js';
import { TASK_QUEUE } from '../../src/workflows/messages.js';
import { timeSkippingEnvironment } from '../support/temporal.js';
import { FakePeople } from './fake-people.js';
import { record, withWorker } from './harness.js';

let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
}, 120_000);
afterAll(() => environment?.teardown());

it('AE-SLA-5 looks at what is due at once and a second time a little later, each under its own key', async () => {
  const looks = new FakePeople(environment, 'CALENDAR');
  const from = await environment.currentTimeMs();
  looks.looks = [from, from + 40_000];
  const activities: CalendarActivities = {
    readCalendarChange: looks.readStaffChange,
    applyCalendarChange: looks.applyStaffChange,
  };
  await withWorker(environment, activities, async () => {
    const workflowId = `calendar-change/${randomUUID()}`;
    const handle = await environment.client.workflow.start('calendarChange', {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [{ changeId: 'c1' }],
    });
    expect(await handle.result()).toBe('SETTLED');
    expect(looks.taken.map(({ key }) => key)).toEqual([`${workflowId}/look/1`, `${workflowId}/look/2`]);
    await record(handle, 'calendar-settled');
  });
});

it('prices change from an instant on: it waits until then, looks, and looks a second time', async () => {
  const looks = new FakePeople(environment, 'PRICES:COST');
  const from = await environment.currentTimeMs();
  looks.looks = [from + 86_400_000, from + 86_440_000];
  const activities: PricingActivities = {
    readPriceChange: looks.readStaffChange,
    applyPriceChange: looks.applyStaffChange,
  };
  await withWorker(environment, activities, async () => {
    const workflowId = `price-change/${randomUUID()}`;
    const handle = await environment.client.workflow.start('priceChange', {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [{ changeId: 'c1' }],
    });
    expect(await handle.result()).toBe('SETTLED');
    expect(looks.taken[0]!.at).toBeGreaterThanOrEqual(from + 86_400_000);
    expect(looks.taken.map(({ key }) => key)).toEqual([`${workflowId}/look/1`, `${workflowId}/look/2`]);
    await record(handle, 'prices-settled');
  });
});
