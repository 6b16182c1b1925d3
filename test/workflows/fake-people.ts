import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { PeopleActivities } from '../../src/activities/people.activities.js';
import type { StepKey } from '../../src/activities/process.activities.js';
import type { ProcessView } from '../../src/domain/process/view.js';

/** A change of a person, or an absence, as Postgres would tell it: looks at its instants, the last of which settles it. */
export class FakePeople implements Omit<PeopleActivities, 'handOverQuote' | 'handOverContract'> {
  seq = 1;
  /** epoch milliseconds of the looks that are still to come */
  looks: number[] = [];
  outcome: string | null = null;
  readonly taken: { key: string; at: number }[] = [];

  constructor(
    private readonly environment: TestWorkflowEnvironment,
    private readonly stage = 'STAFF:LEFT',
  ) {}

  readAbsence = (): Promise<ProcessView | null> => this.readStaffChange();

  applyAbsence = (step: StepKey): Promise<void> => this.applyStaffChange(step);

  readStaffChange = async (): Promise<ProcessView | null> => {
    const now = await this.environment.currentTimeMs();
    const [due] = this.looks;
    const at = due === undefined ? null : new Date(due).toISOString();
    return {
      seq: this.seq,
      stage: this.stage,
      waitingOn: [],
      dueAt: at,
      next:
        due === undefined || at === null
          ? null
          : {
              kind: 'MOVE_SEATS',
              key: `look/${this.taken.length + 1}`,
              at,
              inMs: due - now,
              days: null,
              subjectId: 'c1',
            },
      sentence: 'Somebody has left',
      owner: 'anna.snelling',
      orgPath: ['CENTRAL'],
      amountBase: null,
      stuck: null,
      outcome: this.outcome,
    };
  };

  applyStaffChange = async ({ key }: StepKey): Promise<void> => {
    this.taken.push({ key, at: await this.environment.currentTimeMs() });
    this.looks.shift();
    this.seq += 1;
    if (this.looks.length === 0) this.outcome = 'SETTLED';
  };
}
