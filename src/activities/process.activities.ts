import { ApplicationFailure } from '@temporalio/activity';
import type { DataSource } from 'typeorm';
import { fireDueRungs } from '../commands/approval/time.js';
import { DomainError } from '../domain/errors.js';
import type { ApprovalProcessView } from '../domain/process-view.js';
import { approvalProcess } from '../queries/process/approval-process.js';

/** A step's place in its process: retried, it finds its first answer again. */
export interface StepKey {
  /** `<workflow id>/<step>` */
  key: string;
  correlationId: string | null;
}

/** What approval processes may ask of the world. They load, call one command or query, and return plain data. */
export function createApprovalActivities({ dataSource }: { dataSource: DataSource }) {
  return {
    readApproval: (requestId: string, stage: string): Promise<ApprovalProcessView> =>
      expected(async () => {
        const view = await approvalProcess(dataSource, requestId, stage);
        if (!view) throw new DomainError('NOT_FOUND', { requestId });
        return view;
      }),

    fireApprovalRungs: (requestId: string, step: StepKey): Promise<void> =>
      expected(async () => {
        await fireDueRungs(dataSource, step, requestId);
      }),
  };
}

export type ApprovalActivities = ReturnType<typeof createApprovalActivities>;

/** A rule's refusal will be the same next time: it ends the step instead of being retried. Everything else is retried. */
export async function expected<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'COMMAND_BUSY') {
      throw ApplicationFailure.nonRetryable(error.message, error.code, error.details);
    }
    throw error;
  }
}
