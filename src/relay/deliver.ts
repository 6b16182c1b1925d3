import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import {
  PROCESS_CHANGED,
  SEARCH,
  TASK_QUEUE,
  type GeneralApprovalInput,
  type ProcessChanged,
} from '../workflows/messages.js';
import type { DueMessage } from './claim.js';
import { headlineOf } from './headline.js';
import type { Deliver } from './relay.js';

/** Shorter than a claim's lease. */
const DEADLINE_MS = 5_000;

/**
 * Start-or-signal under the deterministic workflow id. A process that has completed needs no more news; one that somebody
 * terminated or that failed is started again, since Postgres says that it still has work; so is one that has completed when
 * what it decided is decided anew.
 */
export function temporalDelivery(client: Client, db: DataSource): Deliver {
  return async (workflowId, messages) => {
    const [first] = messages;
    if (!first) return;
    const correlationId = messages.at(-1)?.correlationId ?? undefined;
    const news: ProcessChanged = { seq: Math.max(...messages.map(({ seq }) => seq)), correlationId };
    const { summary, details, owner } = await headlineOf(db, first);
    try {
      await client.withDeadline(Date.now() + DEADLINE_MS, () =>
        client.workflow.signalWithStart(first.workflowType, {
          workflowId,
          taskQueue: TASK_QUEUE,
          args: [first.input],
          signal: PROCESS_CHANGED,
          signalArgs: [news],
          workflowIdReusePolicy: messages.some(isReopening)
            ? 'ALLOW_DUPLICATE'
            : 'ALLOW_DUPLICATE_FAILED_ONLY',
          workflowIdConflictPolicy: 'USE_EXISTING',
          staticSummary: summary,
          staticDetails: details,
          typedSearchAttributes: [
            { key: SEARCH.process, value: first.workflowType },
            ...(owner === null ? [] : [{ key: SEARCH.owner, value: owner }]),
          ],
          memo: { correlationId: first.correlationId ?? '' },
        }),
      );
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  };
}

function isReopening({ input }: DueMessage): boolean {
  return (input as Partial<GeneralApprovalInput>).reopened === true;
}
