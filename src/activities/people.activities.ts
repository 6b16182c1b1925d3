import { Context } from '@temporalio/activity';
import type { DataSource } from 'typeorm';
import { applyAbsence } from '../commands/approval/absence.js';
import { handOverContract } from '../commands/contract/hand-over.js';
import { handOverAllOf } from '../commands/contract/leaver.js';
import { applyStaffChange } from '../commands/approval/staff-change.js';
import { handOverQuote } from '../commands/quote/hand-over.js';
import type { ProcessView } from '../domain/process/view.js';
import { absenceProcess } from '../queries/process/absence-process.js';
import { staffProcess } from '../queries/process/staff-process.js';
import type { StepKey } from './process.activities.js';
import { refusals } from './refusals.js';

export interface PeopleActivities {
  /** What is so with a change of a person; null when there is no such change. */
  readStaffChange(changeId: string): Promise<ProcessView | null>;
  /** Hands the person's seats on, request by request, and of a leaver quotations and contracts. Progress is in Postgres: a repeat goes on where it was. */
  applyStaffChange(step: StepKey, changeId: string): Promise<void>;
  /** The quotation of somebody who has left goes to their heir. */
  handOverQuote(step: StepKey, quoteId: string): Promise<void>;
  /** Likewise a contract. */
  handOverContract(step: StepKey, contractId: string): Promise<void>;
  /** What is so with an absence; null when there is no such absence. */
  readAbsence(absenceId: string): Promise<ProcessView | null>;
  /** Moves seats as the absence says now: over to the stand-in, or back. As above, a repeat goes on where it was. */
  applyAbsence(step: StepKey, absenceId: string): Promise<void>;
}

export function createPeopleActivities({ dataSource }: { dataSource: DataSource }): PeopleActivities {
  return refusals<PeopleActivities>({
    readStaffChange(changeId) {
      return staffProcess(dataSource, changeId);
    },
    async applyStaffChange(step, changeId) {
      await applyStaffChange(dataSource, step, changeId, beat);
      await handOverAllOf(dataSource, step, changeId, beat);
    },
    async handOverQuote(step, quoteId) {
      await handOverQuote(dataSource, step, quoteId);
    },
    async handOverContract(step, contractId) {
      await handOverContract(dataSource, step, contractId);
    },
    readAbsence(absenceId) {
      return absenceProcess(dataSource, absenceId);
    },
    async applyAbsence(step, absenceId) {
      await applyAbsence(dataSource, step, absenceId, beat);
    },
  });
}

function beat(requestId: string): void {
  Context.current().heartbeat(requestId);
  Context.current().cancellationSignal.throwIfAborted();
}
