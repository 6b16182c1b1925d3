import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { DealActivities } from '../../src/activities/deal.activities.js';
import type { ProcessActivities, StepKey } from '../../src/activities/process.activities.js';
import {
  firstStep,
  offerTimetable,
  signatureTimetable,
  type Appointment,
} from '../../src/domain/process/timetable.js';
import type { ProcessView } from '../../src/domain/process/view.js';

export const DAY = 86_400_000;
type DealState =
  | 'IN_APPROVAL'
  | 'QUOTE_RETURNED'
  | 'APPROVED'
  | 'SENT'
  | 'ACCEPTED'
  | 'IN_REVIEW'
  | 'CONTRACT_APPROVED'
  | 'SEALED'
  | 'DRAFT_CONTRACT';

/** One sale as Postgres would tell it, with the seeded policy's days. People's commands are calls of `move`. */
export class FakeDeal
  implements DealActivities, Pick<ProcessActivities, 'fireDueRungs' | 'expireReturned' | 'takeEffect'>
{
  private seq = 1;
  private state: DealState = 'IN_APPROVAL';
  private outcome: string | null = null;
  private reminded: number[] = [];
  /** since when it is in its state, epoch milliseconds */
  private since = 0;
  /** instant of the one rung of the running approval */
  rungAt: number | null = null;
  reads = 0;
  /** what time did, in order, with the day since the beginning */
  readonly acts: string[] = [];
  readonly keys: string[] = [];

  private constructor(
    private readonly environment: TestWorkflowEnvironment,
    private readonly begun: number,
  ) {}

  static async begin(environment: TestWorkflowEnvironment): Promise<FakeDeal> {
    return new FakeDeal(environment, await environment.currentTimeMs());
  }

  get currentSeq(): number {
    return this.seq;
  }

  async move(state: DealState): Promise<void> {
    this.state = state;
    this.seq += 1;
    this.rungAt = null;
    this.reminded = [];
    this.since = await this.environment.currentTimeMs();
  }

  end(outcome: string): void {
    this.outcome = outcome;
    this.seq += 1;
  }

  expireInApproval = (): Promise<void> => Promise.reject(new Error('no test lets it expire in approval'));

  readDeal = async (): Promise<ProcessView> => {
    this.reads += 1;
    const now = await this.environment.currentTimeMs();
    return {
      seq: this.seq,
      stage: this.state,
      waitingOn: ['anna.snelling'],
      dueAt: null,
      next: firstStep(this.timetable(now), now, 'q1'),
      sentence: this.state,
      owner: 'anna.snelling',
      orgPath: ['CENTRAL'],
      amountBase: 412_000,
      stuck: null,
      outcome: this.outcome,
    };
  };

  fireDueRungs = (step: StepKey): Promise<void> => this.acted('ladder', step, () => (this.rungAt = null));
  expireReturned = (step: StepKey): Promise<void> => this.acted('forgotten', step, () => this.end('EXPIRED'));
  takeEffect = (step: StepKey): Promise<void> => this.acted('in effect', step, () => this.move('APPROVED'));
  remindOfExpiry = (step: StepKey, _quoteId: string, days: number): Promise<void> =>
    this.acted(`expires in ${days}`, step, () => this.reminded.push(days));
  expireQuote = (step: StepKey): Promise<void> => this.acted('expired', step, () => this.end('EXPIRED'));
  draftContract = (step: StepKey): Promise<void> =>
    this.acted('drafted', step, () => this.move('DRAFT_CONTRACT'));
  remindOfSeal = (step: StepKey): Promise<void> =>
    this.acted('seal overdue', step, () => this.reminded.push(1));
  remindOfSignature = (step: StepKey, _contractId: string, days: number): Promise<void> =>
    this.acted(`unsigned ${days}`, step, () => this.reminded.push(days));
  lapseContract = (step: StepKey): Promise<void> => this.acted('lapsed', step, () => this.end('LAPSED'));

  private async acted(what: string, { key }: StepKey, effect: () => unknown): Promise<void> {
    const day = ((await this.environment.currentTimeMs()) - this.begun) / DAY;
    this.acts.push(`day ${Math.round(day)}: ${what}`);
    this.keys.push(key);
    await effect();
    this.seq += 1;
  }

  private timetable(now: number): Appointment[] {
    const { begun, reminded, since } = this;
    switch (this.state) {
      case 'IN_APPROVAL':
      case 'IN_REVIEW':
        return this.rungAt === null
          ? []
          : [{ kind: 'LADDER', key: `rungs/${this.seq}`, at: this.rungAt, days: null }];
      case 'APPROVED':
      case 'SENT':
        return offerTimetable({
          createdAt: begun,
          expiresAt: begun + 30 * DAY,
          now,
          reminderDays: [7, 2],
          reminded,
        });
      case 'ACCEPTED':
        return [{ kind: 'DRAFT_CONTRACT', key: 'contract', at: now, days: null }];
      case 'CONTRACT_APPROVED':
        return reminded.length > 0 ? [] : [{ kind: 'REMIND_SEAL', key: 'seal', at: since + DAY, days: null }];
      case 'SEALED':
        return signatureTimetable({
          sealedAt: since,
          now,
          reminderDays: [3, 7, 14],
          lapseDays: 30,
          reminded,
        });
      case 'QUOTE_RETURNED':
        return [{ kind: 'EXPIRE_RETURNED', key: 'returned', at: since + 60 * DAY, days: null }];
      case 'DRAFT_CONTRACT':
        return [];
    }
  }
}
