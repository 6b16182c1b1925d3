import { Context } from '@temporalio/activity';
import type { DataSource } from 'typeorm';
import { applyStaffChange } from '../commands/approval/staff-change.js';
import type { ProcessView } from '../domain/process/view.js';
import { staffProcess } from '../queries/process/staff-process.js';
import type { StepKey } from './process.activities.js';
import { refusals } from './refusals.js';

export interface PeopleActivities {
  /** What is so with a change of a person; null when there is no such change. */
  readStaffChange(changeId: string): Promise<ProcessView | null>;
  /** Hands the person's seats on, request by request. Progress is in Postgres: a repeat goes on where it was. */
  applyStaffChange(step: StepKey, changeId: string): Promise<void>;
}

export function createPeopleActivities({ dataSource }: { dataSource: DataSource }): PeopleActivities {
  return refusals<PeopleActivities>({
    readStaffChange(changeId) {
      return staffProcess(dataSource, changeId);
    },
    async applyStaffChange(step, changeId) {
      await applyStaffChange(dataSource, step, changeId, beat);
    },
  });
}

function beat(requestId: string): void {
  Context.current().heartbeat(requestId);
  Context.current().cancellationSignal.throwIfAborted();
}
