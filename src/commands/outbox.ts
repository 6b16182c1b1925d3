import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { prepared } from '../db/prepared.js';
import type { ProcessMessage } from '../workflows/messages.js';

export const OUTBOX_CHANNEL = 'sealflow_outbox';

/**
 * Tells a process, in the command's own transaction, that what it waits for changed. The relay starts the workflow
 * if it does not run and signals it otherwise; several waiting messages for one workflow become one signal.
 */
export async function tellProcess(
  tx: EntityManager,
  message: ProcessMessage,
  correlationId: string | null,
): Promise<void> {
  await prepared(
    tx,
    `WITH added AS (
       INSERT INTO outbox (id, workflow_type, workflow_id, input, seq, correlation_id) VALUES ($1, $2, $3, $4, $5, $6)
     ) SELECT pg_notify('${OUTBOX_CHANNEL}', '')`,
    [
      uuidv7(),
      message.workflowType,
      message.workflowId,
      JSON.stringify(message.input),
      message.seq,
      correlationId,
    ],
  );
}
