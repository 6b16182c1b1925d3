import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ContractActivities } from '../../src/activities/contract.activities.js';
import { lifeTimetable, type DatedDuty } from '../../src/domain/contract/alerts.js';
import type { ContractState } from '../../src/domain/contract/contract.js';
import { firstStep } from '../../src/domain/process/timetable.js';
import type { NextStep } from '../../src/domain/process/view.js';
import { TASK_QUEUE } from '../../src/workflows/messages.js';
import { timeSkippingEnvironment } from '../support/temporal.js';
import { record, say, withWorker } from './harness.js';

const DAY = 86_400_000;
let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await timeSkippingEnvironment();
}, 120_000);
afterAll(() => environment?.teardown());

const dateIn = (begun: number, days: number): string =>
  new Date(begun + days * DAY).toISOString().slice(0, 10);

/** One contract as Postgres would tell it. */
class FakeContract implements ContractActivities {
  seq = 1;
  state: ContractState = 'EFFECTIVE';
  duties: DatedDuty[];
  endedAt: number | null = null;
  /** an order or a dispute that nobody has settled */
  open = false;
  /** the one rung of a change that people are asked about */
  rung: NextStep | null = null;
  readonly said = new Set<string>();
  readonly acts: string[] = [];
  readonly endsOn: string;

  constructor(
    private readonly now: () => Promise<number>,
    readonly begun: number,
  ) {
    this.endsOn = dateIn(begun, 400);
    this.duties = [
      { key: 'milestone/m1', what: 'DELIVERY', date: dateIn(begun, 30), ownerId: 'erin' },
      { key: 'end', what: 'END', date: this.endsOn, ownerId: 'anna' },
    ];
  }

  readContract = async () => {
    const now = await this.now();
    const { state, duties, endsOn, endedAt, said } = this;
    const rules = {
      milestoneDays: [-7, -1, 1],
      endDays: [90, 60, 30],
      zone: 'UTC',
      now,
      since: this.begun,
      said,
    };
    const step = firstStep(
      lifeTimetable({ state, duties, rules, endsOn, endedAt, archiveAfterDays: 30 }),
      now,
      'k1',
    );
    const rung = this.rung && { ...this.rung, inMs: Date.parse(this.rung.at) - now };
    return {
      seq: this.seq,
      stage: `CONTRACT_${state}`,
      waitingOn: ['erin'],
      dueAt: null,
      next: rung && (!step || rung.inMs < step.inMs) ? rung : step,
      sentence: state,
      owner: 'anna.snelling',
      orgPath: [],
      amountBase: null,
      stuck: null,
      outcome: state === 'ARCHIVED' ? 'CONTRACT_ARCHIVED' : null,
    };
  };

  alertContract = async (_step: unknown, _id: string, key: string) => {
    this.said.add(key);
    await this.note(key.replace(/\d{4}-\d\d-\d\d\//, ''));
  };

  expireContract = async () => {
    this.state = 'EXPIRED';
    this.endedAt = await this.now();
    await this.note('expired');
  };

  archiveContract = async () => {
    if (this.open) throw ApplicationFailure.nonRetryable('OPEN_OBLIGATIONS', 'OPEN_OBLIGATIONS');
    this.state = 'ARCHIVED';
    await this.note('archived');
  };

  fireDueRungs = async () => {
    this.rung = null;
    await this.note('rung');
  };

  delivered(): void {
    this.duties = this.duties.filter(({ what }) => what === 'END');
    this.state = 'PERFORMING';
    this.seq += 1;
  }

  private async note(what: string): Promise<void> {
    this.acts.push(`day ${Math.floor(((await this.now()) - this.begun) / DAY)}: ${what}`);
    this.seq += 1;
  }
}

async function story(
  tell: (contract: FakeContract, handle: WorkflowHandle) => Promise<void>,
  wakesPerRun?: number,
): Promise<{ contract: FakeContract; handle: WorkflowHandle; result: unknown }> {
  const now = () => environment.currentTimeMs();
  const contract = new FakeContract(now, await now());
  return withWorker(environment, contract, async () => {
    const handle = await environment.client.workflow.start('contractLife', {
      workflowId: `contract/${randomUUID()}`,
      taskQueue: TASK_QUEUE,
      args: [{ contractId: 'k1', wakesPerRun }],
    });
    await environment.sleep('1 minute');
    await tell(contract, handle);
    return { contract, handle, result: await handle.result() };
  });
}

const ENDING = [
  'day 310: end/-90',
  'day 340: end/-60',
  'day 370: end/-30',
  'day 401: expired',
  'day 431: archived',
];

describe('a contract in force (processes 3.2)', () => {
  it('nobody delivers: −7, −1, +1 d; 90, 60, 30 d before its end; expired; archived', async () => {
    const { contract, handle, result } = await story(async () => environment.sleep(450 * DAY));
    expect(result).toBe('CONTRACT_ARCHIVED');
    const near = contract.acts.map((act) => act.replace(/^day (\d+)/, (_, day) => `day ${Number(day)}`));
    expect(near.map((act) => act.split(': ')[1])).toEqual([
      'milestone/m1/-7',
      'milestone/m1/-1',
      'milestone/m1/1',
      ...ENDING.map((act) => act.split(': ')[1]),
    ]);
    await record(handle, 'contract-archived');
  });

  it('delivered in time nobody hears of it; the ladder of a change fires meanwhile', async () => {
    const { contract } = await story(async (contract, handle) => {
      await environment.sleep(10 * DAY);
      contract.delivered();
      const at = new Date((await environment.currentTimeMs()) + DAY).toISOString();
      contract.rung = { kind: 'LADDER', key: 'rungs/1', at, inMs: DAY, days: null, subjectId: 'r1' };
      await say(handle, contract.seq);
      await environment.sleep(440 * DAY);
    });
    expect(contract.acts[0]).toBe('day 11: rung');
    expect(contract.acts.slice(1).map((act) => act.split(': ')[1])).toEqual(
      ENDING.map((act) => act.split(': ')[1]),
    );
  });

  it('with a dispute open it is not archived: that is tried again until it can be', async () => {
    const { contract, result } = await story(async (contract) => {
      contract.delivered();
      contract.open = true;
      await environment.sleep('440 days');
      expect(contract.state).toBe('EXPIRED');
      contract.open = false;
    });
    expect(contract.acts.at(-1)).toMatch(/^day 44\d: archived$/);
    expect(result).toBe('CONTRACT_ARCHIVED');
  });

  it('continues as new at every step and loses nothing', async () => {
    const { contract, result, handle } = await story(async () => environment.sleep(450 * DAY), 1);
    expect(result).toBe('CONTRACT_ARCHIVED');
    expect(contract.acts).toHaveLength(8);
    const [first] = (await handle.fetchHistory()).events ?? [];
    expect(first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).not.toBe('');
    await record(handle, 'contract-continued');
  });
});
