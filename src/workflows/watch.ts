import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  defineQuery,
  defineSignal,
  isCancellation,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { NextStep, ProcessView } from '../domain/process/view.js';
import { showInSearch } from './search.js';
import { PROCESS_CHANGED, WAITING_FOR, type ProcessChanged, type WaitingFor } from './messages.js';

const changedSignal = defineSignal<[ProcessChanged]>(PROCESS_CHANGED);
const waitingForQuery = defineQuery<WaitingFor>(WAITING_FOR);

/** A step that was refused, or changed nothing, is tried again after this time unless there is news before. */
const STALLED_RETRY_MS = 3_600_000;
/** Keeps a history short; the next run reads everything anew. */
const WAKES_PER_RUN = 400;
const SUMMARY_LIMIT = 120;

interface WatchOptions {
  process: string;
  /** the same reading twice: inside the workflow task, and patiently once that failed */
  read: () => Promise<ProcessView | null>;
  readPatiently: () => Promise<ProcessView | null>;
  /** all news carry the seq of the one aggregate that is read, so news of what was read already need no reading */
  oneAggregate: boolean;
  /** runs are cut after this many wakes; only tests say how many */
  wakesPerRun: number | undefined;
}

export interface ProcessOptions extends WatchOptions {
  /** what time does when a step is due */
  take: (step: NextStep, by: StepKey) => Promise<void>;
  /** the same process with the same input, as a new run */
  again: () => Promise<never>;
}

/**
 * Waits, and takes what time is due to do, until the process has an outcome.
 * @returns that outcome
 */
export async function follow({ take, again, ...options }: ProcessOptions): Promise<string> {
  const watch = new Watch(options);
  for (;;) {
    const view = await watch.read();
    if (view.outcome) return view.outcome;

    const step = await watch.stepDue(view);
    if (step) await watch.take(step, (by) => take(step, by));
    if (watch.isRunLong) await again();
  }
}

/**
 * How a process waits: it hears that something changed, or a due time comes, and then it reads again. It keeps no fact of
 * its own, so a lost, late, forged or repeated signal costs at most one reading.
 */
class Watch {
  private heard = false;
  private shown: ProcessView | null = null;
  private stalled: { key: string; seq: number; code: string } | null = null;
  private correlationId: string | null;
  private wakes = 0;

  constructor(private readonly options: WatchOptions) {
    const told = workflowInfo().memo?.['correlationId'];
    this.correlationId = typeof told === 'string' && told !== '' ? told : null;
    setHandler(changedSignal, (news) => this.hear(news), {
      description: 'Something may have changed: read again',
    });
    setHandler(waitingForQuery, () => this.waitingFor(), {
      description: 'What was read last and is waited for',
    });
  }

  /** Reads what is so and shows it to operators. What Postgres does not know fails: should it come back, it starts anew. */
  async read(): Promise<ProcessView> {
    this.heard = false;
    this.wakes += 1;
    const view = await this.options.read().catch((error: unknown) => {
      if (isCancellation(error)) throw error;
      return this.options.readPatiently();
    });
    if (!view) throw ApplicationFailure.nonRetryable('Postgres knows no such process', 'GONE');
    this.show(view);
    return view;
  }

  /** The step that is due by what was read. Otherwise waits for news or for the next due time, and then there is more to read. */
  async stepDue({ next, seq, waitingOn }: ProcessView): Promise<NextStep | null> {
    if (next === null) {
      await condition(() => this.heard);
      return null;
    }
    const waitMs = this.hasStalled(next, seq) ? STALLED_RETRY_MS : next.inMs;
    if (waitMs <= 0) return next;
    const summary = `${next.kind} ${next.at}, waits for ${waitingOn.join(', ') || 'nobody'}`.slice(
      0,
      SUMMARY_LIMIT,
    );
    const news = await condition(() => this.heard, waitMs, { summary });
    if (!news) this.stalled = null;
    return null;
  }

  /** Takes a step once. What a rule refuses is not retried: what is so has changed, and the next reading shows it. */
  async take(step: NextStep, act: (by: StepKey) => Promise<void>): Promise<void> {
    let code = 'STEP_WITHOUT_EFFECT';
    try {
      await act({ key: `${workflowInfo().workflowId}/${step.key}`, correlationId: this.correlationId });
    } catch (error) {
      code = refusalOf(error);
    }
    this.stalled = { key: step.key, seq: this.shown?.seq ?? 0, code };
  }

  get isRunLong(): boolean {
    return workflowInfo().continueAsNewSuggested || this.wakes >= (this.options.wakesPerRun ?? WAKES_PER_RUN);
  }

  private hear({ seq, correlationId }: ProcessChanged): void {
    if (this.options.oneAggregate && this.shown && seq <= this.shown.seq) return;
    this.heard = true;
    this.correlationId = correlationId ?? this.correlationId;
  }

  private show(view: ProcessView): void {
    const before = this.shown;
    this.shown = view;
    if (before?.sentence !== view.sentence) setCurrentDetails(view.sentence);
    showInSearch(this.options.process, view, this.stuckReason(view));
  }

  /** Nobody can act, or time acted and nothing came of it. */
  private stuckReason({ stuck, next, seq }: ProcessView): string | null {
    return next && this.hasStalled(next, seq) ? this.stalled!.code : stuck;
  }

  private hasStalled(next: NextStep, seq: number): boolean {
    return this.stalled !== null && this.stalled.key === next.key && this.stalled.seq === seq;
  }

  private waitingFor(): WaitingFor {
    const { stage = 'STARTING', waitingOn = [], dueAt = null } = this.shown ?? {};
    return { stage, waitingOn, dueAt };
  }
}

/** The idempotency key of a step that time takes, and whose request it goes back to. */
export interface StepKey {
  key: string;
  correlationId: string | null;
}

/** The code of a rule's refusal; whatever else went wrong is thrown on. */
function refusalOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : null;
  if (cause instanceof ApplicationFailure && cause.nonRetryable) return cause.type ?? 'REFUSED';
  throw error;
}
