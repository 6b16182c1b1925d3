import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { PROCESS_CHANGED, TASK_QUEUE } from '../workflows/messages.js';
import type { Deliver } from './relay.js';

const DEADLINE_MS = 10_000;

/**
 * Start-or-signal under the deterministic workflow id. A process that has completed needs no more news; one that somebody
 * terminated or that failed is started again, since Postgres says that it still has work.
 */
export function temporalDelivery(client: Client): Deliver {
  return async (workflowId, messages) => {
    const first = messages[0]!;
    const seq = Math.max(...messages.map((message) => message.seq));
    try {
      await client.withDeadline(Date.now() + DEADLINE_MS, () =>
        client.workflow.signalWithStart(first.workflowType, {
          workflowId,
          taskQueue: TASK_QUEUE,
          args: [first.input],
          signal: PROCESS_CHANGED,
          signalArgs: [{ seq }],
          workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
          memo: { correlationId: first.correlationId ?? '' },
        }),
      );
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  };
}
