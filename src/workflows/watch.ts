import {
  condition,
  defineQuery,
  defineSignal,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { ProcessView } from '../domain/process-view.js';
import { PROCESS_CHANGED, SEARCH, WAITING_FOR, type ProcessChanged, type WaitingFor } from './messages.js';

const changedSignal = defineSignal<[ProcessChanged]>(PROCESS_CHANGED);
const waitingForQuery = defineQuery<WaitingFor>(WAITING_FOR);
const SUMMARY_LIMIT = 120;

/**
 * How a process waits: it hears that something changed, or a due time comes, and then it reads again. It keeps no fact of
 * its own, so a lost, late or repeated signal costs at most one reading.
 */
export class Watch {
  private changed = false;
  private shown: ProcessView | null = null;
  private readonly process: string;

  constructor(process: string) {
    this.process = process;
    setHandler(changedSignal, () => {
      this.changed = true;
    });
    setHandler(waitingForQuery, () => ({
      stage: this.shown?.stage ?? 'starting',
      waitingOn: this.shown?.waitingOn ?? [],
      dueAt: this.shown?.dueAt ?? null,
    }));
  }

  /** Reads what is so and shows it to operators. */
  async read<V extends ProcessView>(reading: () => Promise<V>): Promise<V> {
    this.changed = false;
    const view = await reading();
    this.show(view);
    return view;
  }

  /** Waits for news or for the view's next due time. True: time has come, and nothing was heard. */
  async timeCame(view: ProcessView): Promise<boolean> {
    if (view.actAt === null) {
      await condition(() => this.changed);
      return false;
    }
    const left = Date.parse(view.actAt) - Date.now();
    if (left <= 0) return !this.changed;
    return !(await condition(() => this.changed, left, { summary: timerSummary(view) }));
  }

  private show(view: ProcessView): void {
    const before = this.shown;
    this.shown = view;
    if (before?.sentence !== view.sentence) setCurrentDetails(view.sentence);
    if (before && sameAttributes(before, view)) return;
    upsertSearchAttributes([
      { key: SEARCH.process, value: this.process },
      { key: SEARCH.stage, value: view.outcome ? 'done' : view.stage },
      { key: SEARCH.waitingOn, value: view.waitingOn },
      { key: SEARCH.dueAt, value: view.dueAt ? new Date(view.dueAt) : null },
      { key: SEARCH.owner, value: view.owner },
      { key: SEARCH.orgPath, value: view.orgPath },
      { key: SEARCH.amountBase, value: view.amountBase },
      { key: SEARCH.stuck, value: view.stuck },
    ]);
  }
}

/** `<workflow id>/<step>`: the idempotency key of a step that time takes. */
export function stepKey(step: string): { key: string; correlationId: string | null } {
  const { workflowId, memo } = workflowInfo();
  const correlationId = memo?.['correlationId'];
  return {
    key: `${workflowId}/${step}`,
    correlationId: typeof correlationId === 'string' ? correlationId : null,
  };
}

function sameAttributes(a: ProcessView, b: ProcessView): boolean {
  const shape = ({ stage, waitingOn, dueAt, stuck, outcome, amountBase }: ProcessView) =>
    JSON.stringify([stage, waitingOn, dueAt, stuck, outcome, amountBase]);
  return shape(a) === shape(b);
}

function timerSummary(view: ProcessView): string {
  return `${view.stage}: ${view.waitingOn.join(', ') || 'nobody'} until ${view.actAt ?? ''}`.slice(
    0,
    SUMMARY_LIMIT,
  );
}
