import type { DataSource } from 'typeorm';
import { compensateAgain } from '../commands/approval/compensate.js';
import { expireReturned, fireDueRungs, takeEffect } from '../commands/approval/time.js';
import { loadCalendar } from '../commands/calendar.js';
import type { ProcessView } from '../domain/process/view.js';
import { approvalProcess } from '../queries/process/approval-process.js';
import { refusals } from './refusals.js';

/** A step's place in its process: retried, it finds its first answer again. */
export interface StepKey {
  /** `<workflow id>/<step>` */
  key: string;
  correlationId: string | null;
}

export interface ProcessActivities {
  /** What is so with a request and what time does next; null when there is no such request. */
  readApproval(requestId: string): Promise<ProcessView | null>;
  /** Lets the ladder act on whatever is due by Postgres' clock. */
  fireDueRungs(step: StepKey, requestId: string): Promise<void>;
  /** Approves a request whose every stage passed some time ago, when the policy's minutes are over. */
  takeEffect(step: StepKey, requestId: string): Promise<void>;
  /** Undoes what a revoked approval had brought about; repeated until it succeeds. */
  compensate(step: StepKey, requestId: string): Promise<void>;
  /** Ends a returned request that its initiator forgot. */
  expireReturned(step: StepKey, requestId: string): Promise<void>;
}

/** What processes may ask of the world. Each loads, calls one command or query, and returns plain data. */
export function createProcessActivities({ dataSource }: { dataSource: DataSource }): ProcessActivities {
  return refusals<ProcessActivities>({
    async readApproval(requestId) {
      return approvalProcess(dataSource, requestId, await loadCalendar(dataSource.manager));
    },
    async fireDueRungs(step, requestId) {
      await fireDueRungs(dataSource, step, requestId);
    },
    async takeEffect(step, requestId) {
      await takeEffect(dataSource, step, requestId);
    },
    async compensate(step, requestId) {
      // whatever is in the way, a rule too: it is put right by people, and tried again meanwhile (AE-RV-1)
      await compensateAgain(dataSource, step, requestId).catch((error: unknown) => {
        throw new Error(error instanceof Error ? error.message : String(error), { cause: error });
      });
    },
    async expireReturned(step, requestId) {
      await expireReturned(dataSource, step, requestId);
    },
  });
}
