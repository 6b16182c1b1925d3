import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { SigningActivities } from '../../src/activities/signing.activities.js';
import { askAgainMs, isSigningOpen, type SigningState } from '../../src/domain/contract/signing.js';
import { firstStep } from '../../src/domain/process/timetable.js';
import type { StepKind } from '../../src/domain/process/view.js';
import { TASK_QUEUE } from '../../src/workflows/messages.js';
import { timeSkippingEnvironment } from '../support/temporal.js';
import { record, say, withWorker } from './harness.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
}, 120_000);
afterAll(() => environment?.teardown());

/** One flow as Postgres would tell it, and its provider. */
class FakeSigning implements SigningActivities {
  seq = 1;
  state: SigningState = 'OPENING';
  asked = 0;
  askAt: number;
  toWithdraw = false;
  isBlocked = false;
  /** what the provider says when it is asked */
  there: 'PENDING' | 'SIGNED' | 'DECLINED' = 'PENDING';
  /** how often it does not answer at all */
  outages = 0;
  readonly acts: string[] = [];

  constructor(
    private readonly now: () => Promise<number>,
    private readonly begun: number,
    private readonly expiresAt: number,
  ) {
    this.askAt = begun;
  }

  readSigning = async () => {
    const now = await this.now();
    const isOpen = isSigningOpen(this.state);
    return {
      seq: this.seq,
      stage: `SIGNING_${this.state}`,
      waitingOn: [],
      dueAt: null,
      next: this.stepAt(now),
      sentence: this.state,
      owner: 'anna.snelling',
      orgPath: [],
      amountBase: null,
      stuck: null,
      outcome: isOpen || this.toWithdraw ? null : `SIGNING_${this.state}`,
    };
  };

  openSigning = () =>
    this.with('opened', () => {
      this.state = 'PENDING';
      this.asked = -1;
    });

  checkSigning = async () => {
    const isLate = (await this.now()) >= this.expiresAt;
    return this.with('asked', () => {
      if (this.there !== 'PENDING') this.state = this.there;
      else if (isLate) {
        this.state = 'EXPIRED';
        this.toWithdraw = true;
      }
    });
  };

  endSigning = async () => {
    this.state = 'CANCELLED';
    this.toWithdraw = true;
    await this.note('ended');
  };

  withdrawSigning = () =>
    this.with('withdrawn', () => {
      this.toWithdraw = false;
    });

  /** A callback: it is asked at once. */
  async hear(handle: WorkflowHandle): Promise<void> {
    this.askAt = await this.now();
    this.seq += 1;
    await say(handle, this.seq);
  }

  private stepAt(now: number) {
    const at = (kind: StepKind, key: string, instant: number) =>
      firstStep([{ kind, key, at: instant, days: null }], now, 'f1');
    if (!isSigningOpen(this.state))
      return this.toWithdraw ? at('WITHDRAW_SIGNING', `withdraw/${this.asked}`, this.askAt) : null;
    if (this.isBlocked) return at('END_SIGNING', 'end/CUSTOMER_BLOCKED', now);
    return this.state === 'OPENING'
      ? at('OPEN_SIGNING', `open/${this.asked}`, this.askAt)
      : at('CHECK_SIGNING', `check/${this.asked}`, this.askAt);
  }

  private async with(what: string, work: () => void): Promise<void> {
    const now = await this.now();
    if (this.outages > 0) {
      this.outages -= 1;
      await this.note(`${what}?`);
    } else {
      work();
      await this.note(what);
    }
    this.askAt = Math.min(now + askAgainMs(Math.max(this.asked, 0)), Math.max(this.expiresAt, now + MINUTE));
    this.asked += 1;
  }

  private async note(what: string): Promise<void> {
    this.acts.push(`${Math.round(((await this.now()) - this.begun) / MINUTE)} min: ${what}`);
    this.seq += 1;
  }
}

async function story(
  tell: (flow: FakeSigning, handle: WorkflowHandle) => Promise<void>,
  { days = 14, wakesPerRun }: { days?: number; wakesPerRun?: number } = {},
): Promise<{ flow: FakeSigning; handle: WorkflowHandle; result: unknown }> {
  const now = () => environment.currentTimeMs();
  const begun = await now();
  const flow = new FakeSigning(now, begun, begun + days * DAY);
  return withWorker(environment, flow, async () => {
    const handle = await environment.client.workflow.start('signing', {
      workflowId: `signing/${randomUUID()}`,
      taskQueue: TASK_QUEUE,
      args: [{ flowId: 'f1', wakesPerRun }],
    });
    await tell(flow, handle);
    return { flow, handle, result: await handle.result() };
  });
}

describe('a document at its signers (ADR 0411)', () => {
  it('without a callback the provider is asked, later each time, until it says SIGNED', async () => {
    const { flow, handle, result } = await story(async (flow) => {
      await environment.sleep(40 * MINUTE);
      flow.there = 'SIGNED';
    });
    expect(result).toBe('SIGNING_SIGNED');
    const minutes = flow.acts.map((act) => Number(act.split(' ')[0]));
    const waits = minutes.slice(2).map((minute, index) => minute - minutes[index + 1]!);
    expect([flow.acts[0], flow.acts.at(-1)!.endsWith('asked')]).toEqual(['0 min: opened', true]);
    expect(waits).toEqual([1, 2, 4, 8, 16, 32].slice(0, waits.length));
    expect(waits.length).toBeGreaterThan(4);
    await record(handle, 'signing-polled');
  });

  it('a callback makes it ask at once; repeated ones make it ask no more than that', async () => {
    const { flow, result } = await story(async (flow, handle) => {
      await environment.sleep(3 * DAY);
      flow.there = 'DECLINED';
      const before = flow.acts.length;
      await flow.hear(handle);
      for (const seq of [1, 2, 3]) await say(handle, seq).catch(() => undefined);
      await handle.result();
      expect(flow.acts.length).toBe(before + 1);
    });
    expect([result, flow.acts.at(-1)]).toEqual(['SIGNING_DECLINED', '4320 min: asked']);
  });

  it('nobody signs: it ends with its time, and the provider hears of it, also when it is away for a while', async () => {
    const { flow, handle, result } = await story(
      async (flow) => {
        await environment.sleep(DAY + 10 * MINUTE);
        flow.outages = 2;
      },
      { days: 2 },
    );
    expect(result).toBe('SIGNING_EXPIRED');
    expect(flow.acts.filter((act) => act.endsWith('?'))).toHaveLength(2);
    expect(flow.acts.slice(-2)).toEqual(['2880 min: asked', expect.stringMatching(/withdrawn$/)]);
    await record(handle, 'signing-expired');
  });

  it('a provider that is away is tried again, and nothing is lost', async () => {
    const { flow, result } = await story(async (flow) => {
      flow.outages = 5;
      flow.there = 'SIGNED';
      await environment.sleep(DAY);
    });
    expect(result).toBe('SIGNING_SIGNED');
    expect(flow.acts.map((act) => act.split(': ')[1])).toEqual([
      ...Array.from({ length: 5 }, () => 'opened?'),
      'opened',
      'asked',
    ]);
  });

  it('the customer is blocked: taken back at once, and there', async () => {
    const { flow, handle, result } = await story(async (flow, handle) => {
      await environment.sleep(3 * MINUTE + 30_000);
      flow.isBlocked = true;
      flow.seq += 1;
      await say(handle, flow.seq);
    });
    expect(result).toBe('SIGNING_CANCELLED');
    expect(flow.acts.map((act) => act.split(': ')[1]).slice(-2)).toEqual(['ended', 'withdrawn']);
    await record(handle, 'signing-withdrawn');
  });

  it('continues as new at every step and loses nothing', async () => {
    const { flow, handle, result } = await story(
      async (flow) => {
        await environment.sleep(40 * MINUTE);
        flow.there = 'SIGNED';
      },
      { wakesPerRun: 1 },
    );
    expect([result, flow.acts.at(-1)]).toEqual(['SIGNING_SIGNED', expect.stringMatching(/asked$/)]);
    const [first] = (await handle.fetchHistory()).events ?? [];
    expect(first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).not.toBe('');
  });
});
