import type { CollectionActivities } from '../../src/activities/collection.activities.js';
import type { WorkCalendar } from '../../src/domain/calendar.js';
import { caseStep, type CaseItem } from '../../src/domain/collection/letter.js';
import { judgePromise, promiseHold, type Received } from '../../src/domain/collection/promise.js';
import { standingOf } from '../../src/domain/collection/standing.js';
import { caseTimetable, type WaitingCase } from '../../src/domain/collection/timetable.js';
import { Exact } from '../../src/domain/money.js';
import { firstStep } from '../../src/domain/process/timetable.js';
import type { ProcessView } from '../../src/domain/process/view.js';
import { COLLECTION_POLICY } from '../../src/policy/seed/collection-policy.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Every day is worked, so that days of the ladder read as they are. */
const CALENDAR: WorkCalendar = {
  zone: 'UTC',
  windows: [{ from: '09:00', to: '18:00' }],
  days: new Proxy({}, { get: () => true }),
  publishedYears: [],
};

export const ITEM: CaseItem = {
  id: 'invoice',
  dueOn: '',
  level: 0,
  lastDay: null,
  currency: 'CNY',
  outstanding: '1000',
  disputed: '0',
  heldUntil: null,
  covered: '0',
  isBroken: false,
};

interface FakePromise {
  id: string;
  amount: string;
  holdUntil: string;
  received: Received[];
}

/** One case as Postgres would tell it, by the rules of the domain and the clock of the test server. */
export class FakeCase implements CollectionActivities {
  seq = 1;
  readonly acts: string[] = [];
  onLetter: (amount: string) => void = () => undefined;
  private items: CaseItem[];
  private promises: FakePromise[] = [];
  private lastLetterOn: string | null = null;
  private state: WaitingCase['state'] = 'OPEN';
  /** it is noon where everybody is when the case begins, whatever the hour of the machine */
  private readonly ahead: number;

  constructor(
    private readonly clock: () => Promise<number>,
    readonly begun: number,
  ) {
    this.ahead = 12 - new Date(begun).getUTCHours();
    this.items = [{ ...ITEM, dueOn: this.dateOf(10) }];
  }

  dateOf(day: number): string {
    return this.dateAt(this.begun + day * DAY);
  }

  private dateAt(instant: number): string {
    return new Date(instant + this.ahead * HOUR).toISOString().slice(0, 10);
  }

  open(item: CaseItem): void {
    this.items.push(item);
    this.seq += 1;
  }

  /** To the oldest first; what was settled is open no more. */
  pay(amount: string): void {
    let left = new Exact(amount);
    for (const item of this.items) {
      const part = Exact.min(left, item.outstanding);
      item.outstanding = new Exact(item.outstanding).minus(part).toFixed();
      left = left.minus(part);
    }
    for (const promise of this.promises) promise.received.push({ amount, valueDate: this.dateOf(0) });
    this.seq += 1;
  }

  bounce(amount: string): void {
    this.items[0]!.outstanding = amount;
    this.seq += 1;
  }

  dispute(amount: string): void {
    this.items[0]!.disputed = amount;
    this.seq += 1;
  }

  promise(amount: string, day: number): void {
    const holdUntil = promiseHold(this.dateOf(day), CALENDAR, COLLECTION_POLICY.promise);
    this.promises = [{ id: 'p1', amount, holdUntil, received: [] }];
    this.items[0]!.heldUntil = holdUntil;
    this.acts.push(`day 20: promised for day ${day}`);
    this.seq += 1;
  }

  readCase = async (): Promise<ProcessView> => {
    const now = await this.clock();
    const next =
      this.state === 'CLOSED' ? null : firstStep(caseTimetable(this.waiting(now), CALENDAR), now, 'c1');
    return {
      seq: this.seq,
      stage: `COLLECTION_${this.state}`,
      waitingOn: [],
      dueAt: null,
      next,
      sentence: this.state,
      owner: 'anna.snelling',
      orgPath: [],
      amountBase: null,
      stuck: null,
      outcome: this.state === 'CLOSED' ? 'COLLECTION_CLOSED' : null,
    };
  };

  sendLetter = async (): Promise<void> => {
    const { items, today, lastLetterOn, policy } = this.waiting(await this.clock());
    const step = caseStep(items, today, lastLetterOn, CALENDAR, policy);
    if (step.kind !== 'SEND') return;
    const { lines, step: rung } = step.letter;
    for (const line of lines.filter((one) => one.step)) {
      const item = this.items.find(({ id }) => id === line.itemId)!;
      item.level = line.level;
      item.lastDay = line.step!.day;
      item.isBroken = false;
      this.onLetter(line.amount);
    }
    if (rung.action === 'LETTER') this.lastLetterOn = today;
    if (rung.action === 'LEGAL') this.state = 'ESCALATED';
    await this.note(`${rung.key}${rung.level > 0 ? ` L${rung.level}` : ''}`);
  };

  judgePromises = async (): Promise<void> => {
    const { today, policy } = this.waiting(await this.clock());
    const [promise] = this.promises;
    if (!promise) return;
    const state = judgePromise(promise, promise.received, today, policy.promise);
    if (state === 'ACTIVE') return;
    this.promises = [];
    this.items[0]!.heldUntil = null;
    this.items[0]!.isBroken = state === 'BROKEN';
    await this.note(`promise ${state}`);
  };

  escalateDisputes = () => Promise.resolve();

  settleCase = async (): Promise<void> => {
    this.state = standingOf(this.waiting(await this.clock()));
    await this.note(this.state.toLowerCase());
  };

  private waiting(now: number): WaitingCase {
    const zone = this.ahead >= 0 ? `Etc/GMT-${this.ahead}` : `Etc/GMT+${-this.ahead}`;
    return {
      state: this.state,
      pausedUntil: null,
      lastLetterOn: this.lastLetterOn,
      zone,
      companyZone: zone,
      today: this.dateAt(now),
      now: new Date(now).toISOString(),
      policy: COLLECTION_POLICY,
      items: this.items.filter(({ outstanding }) => new Exact(outstanding).gt(0)),
      inLegal: 0,
      promises: this.promises,
      disputes: [],
    };
  }

  private async note(what: string): Promise<void> {
    const days = Date.parse(this.dateAt(await this.clock())) - Date.parse(this.dateOf(0));
    this.acts.push(`day ${days / DAY}: ${what}`);
    this.seq += 1;
  }
}
