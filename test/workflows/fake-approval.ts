import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ProcessActivities, StepKey } from '../../src/activities/process.activities.js';
import type { NextStep, ProcessView } from '../../src/domain/process/view.js';

export const HOUR = 3_600_000;

/** One request as Postgres would tell it; the test changes it the way people's commands would. */
export class FakeApproval implements ProcessActivities {
  seq = 1;
  state = 'PENDING';
  holders = ['dustin.brinkmann'];
  /** epoch milliseconds of the rungs that have not fired */
  rungs: number[] = [];
  isKnown = true;
  readonly fired: { key: string; at: number }[] = [];
  /** until when the initiator may resubmit, epoch milliseconds */
  returnedUntil = Infinity;
  readonly expired: string[] = [];
  /** when the approval takes effect, epoch milliseconds; null: not everybody has agreed */
  effectAt: number | null = null;
  readonly effects: number[] = [];
  /** of a revocation: whether what followed from the approval is undone */
  isUndone = true;
  failsBefore = 0;
  readonly compensations: number[] = [];
  reads = 0;
  /** what happens, once, after the rows were read and before the answer arrives */
  whileReading: (() => Promise<void>) | null = null;
  whileFiring: (() => Promise<void>) | null = null;

  constructor(private readonly environment: TestWorkflowEnvironment) {}

  readApproval = async (): Promise<ProcessView | null> => {
    this.reads += 1;
    if (!this.isKnown) return null;
    const now = await this.environment.currentTimeMs();
    const view: ProcessView = {
      seq: this.seq,
      stage: this.state === 'PENDING' ? 'APPROVAL:TEAM_LEAD' : this.state,
      waitingOn: this.holders,
      dueAt: null,
      next: this.nextStep(now),
      sentence: `Waits for ${this.holders.join()}`,
      owner: 'anna.snelling',
      orgPath: ['CENTRAL'],
      amountBase: 412_000,
      stuck: null,
      outcome: ['PENDING', 'RETURNED'].includes(this.state) || !this.isUndone ? null : this.state,
    };
    const { whileReading } = this;
    this.whileReading = null;
    await whileReading?.();
    return view;
  };

  fireDueRungs = async ({ key }: StepKey): Promise<void> => {
    this.fired.push({ key, at: await this.environment.currentTimeMs() });
    const { whileFiring } = this;
    this.whileFiring = null;
    await whileFiring?.();
    this.rungs.shift();
    this.seq += 1;
  };

  expireReturned = ({ key }: StepKey): Promise<void> => {
    this.expired.push(key);
    this.decide('EXPIRED');
    return Promise.resolve();
  };

  takeEffect = async (): Promise<void> => {
    this.effects.push(await this.environment.currentTimeMs());
    this.effectAt = null;
    this.decide('APPROVED');
  };

  compensate = async (): Promise<void> => {
    this.compensations.push(await this.environment.currentTimeMs());
    if (this.compensations.length <= this.failsBefore) throw new Error('the ledger is away');
    this.isUndone = true;
  };

  /** A person's command: state and seq move, and the process will be told. */
  decide(state: string, holders: string[] = []): void {
    this.state = state;
    this.holders = holders;
    this.seq += 1;
    if (state !== 'PENDING') this.rungs = [];
  }

  private nextStep(now: number): NextStep | null {
    if (this.state === 'RETURNED' && this.returnedUntil < Infinity) {
      const at = new Date(this.returnedUntil).toISOString();
      return {
        kind: 'EXPIRE_RETURNED',
        key: 'returned/r1',
        at,
        inMs: this.returnedUntil - now,
        days: null,
        subjectId: 'r1',
      };
    }
    if (this.state === 'APPROVED' && !this.isUndone) {
      const at = new Date(now).toISOString();
      return { kind: 'COMPENSATE', key: 'compensate/r1', at, inMs: 0, days: null, subjectId: 'r1' };
    }
    if (this.effectAt !== null) {
      const at = new Date(this.effectAt).toISOString();
      const inMs = this.effectAt - now;
      return {
        kind: 'TAKE_EFFECT',
        key: `effect/r1/${this.seq}/${at}`,
        at,
        inMs,
        days: null,
        subjectId: 'r1',
      };
    }
    const [rung] = this.rungs;
    if (rung === undefined) return null;
    const at = new Date(rung).toISOString();
    return {
      kind: 'LADDER',
      key: `rungs/r1/${this.seq}/${at}`,
      at,
      inMs: rung - now,
      days: null,
      subjectId: 'r1',
    };
  }
}
