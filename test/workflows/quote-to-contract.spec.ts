import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH, TASK_QUEUE } from '../../src/workflows/messages.js';
import { timeSkippingEnvironment } from '../support/temporal.js';
import { DAY, FakeDeal } from './fake-deal.js';
import { record, say, withWorker } from './harness.js';

let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
}, 120_000);
afterAll(() => environment?.teardown());

type State = Parameters<FakeDeal['move']>[0];

interface Sale {
  deal: FakeDeal;
  handle: WorkflowHandle;
  /** a person's command commits, and the process is told */
  then: (state: State) => Promise<void>;
  days: (n: number) => Promise<void>;
}

/** Tells one story against the workflow; ends with what it returned. */
async function story(
  tell: (sale: Sale) => Promise<void>,
  wakesPerRun?: number,
): Promise<{ sale: Sale; result: unknown }> {
  const deal = await FakeDeal.begin(environment);
  return withWorker(environment, deal, async () => {
    const handle = await environment.client.workflow.start('quoteToContract', {
      workflowId: `quote-to-contract/${randomUUID()}`,
      taskQueue: TASK_QUEUE,
      args: [{ quoteId: 'q1', wakesPerRun }],
    });
    const days = (n: number): Promise<void> => environment.sleep(n * DAY);
    const then = async (state: State): Promise<void> => {
      await deal.move(state);
      await say(handle, deal.currentSeq);
      await environment.sleep('1 minute');
    };
    const sale = { deal, handle, then, days };
    await environment.sleep('1 minute');
    await tell(sale);
    return { sale, result: await handle.result() };
  });
}

async function ends({ deal, handle }: Sale, outcome: string): Promise<void> {
  deal.end(outcome);
  await say(handle, deal.currentSeq);
}

describe('a quotation on its way to a contract', () => {
  it('approved, accepted, drafted, reviewed, sealed and counter-signed takes effect', async () => {
    const { sale, result } = await story(async (sale) => {
      await sale.then('APPROVED');
      await sale.then('SENT');
      await sale.days(5);
      await sale.then('ACCEPTED');
      await sale.then('IN_REVIEW');
      await sale.then('CONTRACT_APPROVED');
      await sale.then('SEALED');
      await sale.days(4);
      await ends(sale, 'EFFECTIVE');
    });
    expect(result).toBe('EFFECTIVE');
    expect(sale.deal.acts).toEqual(['day 5: drafted', 'day 8: unsigned 3']);
    await record(sale.handle, 'quote-effective');
  });

  it('is returned, resubmitted and then rejected', async () => {
    const { sale, result } = await story(async (sale) => {
      sale.deal.rungAt = (await environment.currentTimeMs()) + DAY;
      await say(sale.handle, 2);
      await sale.days(2);
      await sale.then('QUOTE_RETURNED');
      await sale.days(40);
      await sale.then('IN_APPROVAL');
      await ends(sale, 'REJECTED');
    });
    expect(result).toBe('REJECTED');
    expect(sale.deal.acts).toEqual(['day 1: ladder']);
    await record(sale.handle, 'quote-returned-rejected');
  });

  it.each(['WITHDRAWN', 'DECLINED', 'SUPERSEDED', 'REJECTED', 'CANCELLED'])(
    'ends %s when people say so',
    async (outcome) => {
      const { sale, result } = await story(async (sale) => {
        await sale.then('SENT');
        await ends(sale, outcome);
      });
      expect(result).toBe(outcome);
      expect(sale.deal.acts).toEqual([]);
      if (outcome !== 'REJECTED') await record(sale.handle, `quote-${outcome.toLowerCase()}`);
    },
  );

  it('reminds 7 and 2 days before the end of validity, then expires', async () => {
    const { sale, result } = await story(async (sale) => sale.then('SENT'));
    expect(result).toBe('EXPIRED');
    expect(sale.deal.acts).toEqual(['day 23: expires in 7', 'day 28: expires in 2', 'day 30: expired']);
    expect(new Set(sale.deal.keys).size).toBe(3);
    await record(sale.handle, 'quote-expired');
  });

  it('sealed and never signed: reminds after 3, 7 and 14 days, lapses after 30', async () => {
    const { sale, result } = await story(async (sale) => sale.then('SEALED'));
    expect(result).toBe('LAPSED');
    expect(sale.deal.acts).toEqual([
      'day 3: unsigned 3',
      'day 7: unsigned 7',
      'day 14: unsigned 14',
      'day 30: lapsed',
    ]);
    await record(sale.handle, 'quote-contract-lapsed');
  });

  it('returned and forgotten, expires', async () => {
    const { sale, result } = await story(async (sale) => sale.then('QUOTE_RETURNED'));
    expect(result).toBe('EXPIRED');
    expect(sale.deal.acts).toEqual(['day 60: forgotten']);
    await record(sale.handle, 'quote-forgotten');
  });

  it('goes back to review when another text was signed, and is sealed with a new clock', async () => {
    const { sale, result } = await story(async (sale) => {
      await sale.then('SEALED');
      await sale.days(4);
      await sale.then('IN_REVIEW');
      await sale.days(30);
      await sale.then('CONTRACT_APPROVED');
      await sale.days(2);
      await sale.then('SEALED');
      await sale.days(4);
      await ends(sale, 'EFFECTIVE');
    });
    expect(result).toBe('EFFECTIVE');
    expect(sale.deal.acts).toEqual(['day 3: unsigned 3', 'day 35: seal overdue', 'day 39: unsigned 3']);
    expect(new Set(sale.deal.keys).size).toBe(3);
    await record(sale.handle, 'quote-signed-differently');
  });

  it('hears repeated and late news without harm', async () => {
    const { sale, result } = await story(async (sale) => {
      await Promise.all([1, 1, 2, 9, 3].map((seq) => say(sale.handle, seq)));
      await sale.then('SENT');
      await Promise.all([1, 4, 2].map((seq) => say(sale.handle, seq)));
      await sale.days(1);
      await ends(sale, 'DECLINED');
    });
    expect(result).toBe('DECLINED');
    expect(sale.deal.acts).toEqual([]);
  });

  it('shows operators where it is, and nothing that is over', async () => {
    const { sale } = await story(async (sale) => {
      await sale.then('SENT');
      const { typedSearchAttributes: shown } = await sale.handle.describe();
      expect(shown.get(SEARCH.stage)).toBe('SENT');
      expect(shown.get(SEARCH.waitingOn)).toEqual(['anna.snelling']);
      expect(shown.get(SEARCH.dueAt)?.getTime()).toBeGreaterThan(await environment.currentTimeMs());
      await ends(sale, 'DECLINED');
    });
    const { typedSearchAttributes: shown } = await sale.handle.describe();
    expect([shown.get(SEARCH.stage), shown.get(SEARCH.waitingOn), shown.get(SEARCH.dueAt)]).toEqual([
      'DECLINED',
      undefined,
      undefined,
    ]);
  });

  it('cancelled from outside, leaves the sale as it is', async () => {
    const told = story(async (sale) => {
      await sale.then('SENT');
      await sale.handle.cancel();
    });
    await expect(told).rejects.toBeInstanceOf(WorkflowFailedError);
  });

  it.each([1, 2, 5])('continued as new after every %i wakes, does the same (4.18-12)', async (wakes) => {
    const { sale, result } = await story(async (sale) => {
      await sale.then('SENT');
      await sale.days(24);
      await sale.then('ACCEPTED');
      await sale.then('SEALED');
    }, wakes);
    expect(result).toBe('LAPSED');
    expect(sale.deal.acts).toEqual([
      'day 23: expires in 7',
      'day 24: drafted',
      'day 27: unsigned 3',
      'day 31: unsigned 7',
      'day 38: unsigned 14',
      'day 54: lapsed',
    ]);
  });
});
